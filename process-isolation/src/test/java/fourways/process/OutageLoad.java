package fourways.process;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Located;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** Open loop: every millisecond a request to each shard of the victim, every fourth one to all others too, whatever came of the ones before. One thread drives it. */
final class OutageLoad {

    /** Of no worker. */
    private static final int NOBODY = -1;

    private static final long TICK_NANOS = Duration.ofMillis(1).toNanos();
    private static final int TICKS_OF_OTHERS = 4;

    /** One request to a shard of the victim. What became of it is there when the answer is, or never. */
    static final class Probe {

        private final int shard;
        private boolean accepted;
        private volatile long answeredNanos;

        private Probe(int shard) {
            this.shard = shard;
        }

        int shard() {
            return shard;
        }

        /** 0 until then. */
        long answeredNanos() {
            return answeredNanos;
        }

        boolean isFailed() {
            return answeredNanos != 0 && !accepted;
        }

        boolean isAccepted() {
            return answeredNanos != 0 && accepted;
        }
    }

    private final LedgerConfig config;
    private final Ledger ledger;
    private long nextId;
    private long neighborRequests;

    /** Requests to other workers' shards that were not accepted. Guarded by this. */
    private final List<Outcome> affected = new ArrayList<>();

    OutageLoad(LedgerConfig config, Ledger ledger) {
        this.config = config;
        this.ledger = ledger;
    }

    /** With nobody for a victim. */
    void drive(Duration duration) {
        probe(NOBODY, duration);
    }

    /** Returns what was sent to the victim's shards. */
    List<Probe> probe(int victim, Duration duration) {
        List<Probe> probes = new ArrayList<>();
        long startNanos = System.nanoTime();
        for (long tick = 0; tick * TICK_NANOS < duration.toNanos(); tick++) {
            for (int shard = 0; shard < config.shards(); shard++) {
                if (shard % config.workers() == victim) {
                    probes.add(sent(new Probe(shard)));
                } else if (tick % TICKS_OF_OTHERS == 0) {
                    neighborRequests++;
                    var _ = ledger.submit(new Deposit(nextId++, shard, 1)).thenAccept(this::neighborAnswered);
                }
            }
            for (long left = 1; left > 0; ) {
                left = startNanos + (tick + 1) * TICK_NANOS - System.nanoTime();
                LockSupport.parkNanos(left);
            }
        }
        return probes;
    }

    private Probe sent(Probe probe) {
        var _ = ledger.submit(new Deposit(nextId++, probe.shard, 1)).thenAccept(outcome -> {
            probe.accepted = outcome instanceof Accepted;
            probe.answeredNanos = System.nanoTime();
        });
        return probe;
    }

    private synchronized void neighborAnswered(Outcome outcome) {
        if (!(outcome instanceof Accepted)) {
            affected.add(outcome);
        }
    }

    long pid(int worker) {
        if (ledger.submit(new Locate(nextId++, worker)).join() instanceof Located located) {
            return located.pid();
        }
        throw new IllegalStateException("worker " + worker + " does not serve");
    }

    /** What came of the requests to others than the victim, in a line. */
    synchronized String neighbors() {
        return String.format(
                Locale.ROOT,
                "%d requests to other workers' shards, %d of them not accepted%s%n",
                neighborRequests,
                affected.size(),
                affected.isEmpty() ? "" : ", such as " + affected.getFirst());
    }
}
