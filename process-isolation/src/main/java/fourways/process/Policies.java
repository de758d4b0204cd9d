package fourways.process;

import fourways.workload.Admission;
import fourways.workload.Blame;
import fourways.workload.JournalMode;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerOpenException;
import fourways.workload.RestartBackoff;
import fourways.workload.Restarts;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a variant does about workers that fail; all else is the same in each. A set belongs to one supervisor, which closes it.
 *
 * @param recruits where workers come from
 * @param restarts makes, for each seat, what decides when a lost one is replaced
 * @param heartbeat finds those that exist and do not work
 * @param openPatience how long a worker may take from one open shard to the next
 * @param blame what becomes of a request that was in flight at a failure
 */
record Policies(Recruits recruits, Supplier<Restarts> restarts, Heartbeat heartbeat, Duration openPatience, Blame blame)
        implements AutoCloseable {

    /** What a competent newcomer does: whoever is gone is replaced. */
    static Policies plain(LedgerConfig config, Frame.Job job, Class<?> main) {
        return new Policies(
                Recruits.onDemand(Launch.plain(config, main)),
                restarts(config, job, RestartLimit::new),
                Heartbeat.none(),
                Duration.ofMillis(WorkerSettings.OPEN_MILLIS),
                Blame.NOBODY);
    }

    /** All that a supervisor can do. */
    static Policies hardened(LedgerConfig config, Class<?> main) {
        WorkerSettings settings = WorkerSettings.of(config);
        return new Policies(
                hardened(config, settings, main),
                restarts(config, Frame.Job.LEDGER, () -> Restarts.withBackoff(RestartBackoff.Settings.usual())),
                QueueHeartbeat.start(config.deadlineMillis()),
                Duration.ofMillis(settings.openMillis()),
                Admission::blame);
    }

    private static Recruits hardened(LedgerConfig config, WorkerSettings settings, Class<?> main) {
        try {
            RunDirectory run = RunDirectory.create();
            Launch launch = new HardenedLaunch(settings, main, run);
            return settings.spares() == 0
                    ? Recruits.onDemand(launch)
                    : new WarmSpare(launch, run, config.deadlineMillis(), Spare.Practice.usual());
        } catch (IOException e) {
            throw new LedgerOpenException("cannot make a directory for the sockets of workers: " + e, e);
        }
    }

    private static Supplier<Restarts> restarts(LedgerConfig config, Frame.Job job, Supplier<Restarts> otherwise) {
        return job == Frame.Job.LEDGER && config.journal() == JournalMode.MEMORY ? Restarts::never : otherwise;
    }

    @Override
    public void close() {
        heartbeat.close();
        recruits.close();
    }
}
