package fourways.report;

import fourways.report.Target.Owner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** SIGKILL to the trial's own JVM, where that is not the process that runs the victim. Those that are left alone must end by themselves. */
final class SupervisorKill implements Injection {

    private static final Duration DEATH_PATIENCE = Duration.ofSeconds(2);

    /** Many times what it may take them; after that the trial ends them. */
    private static final Duration ORPHANS_PATIENCE = Duration.ofSeconds(4);

    private final Target target;
    private List<ProcessHandle> orphans = List.of();
    private long atNanos;

    SupervisorKill(Target target) {
        this.target = target;
    }

    @Override
    public List<Integer> victims() {
        return List.of(target.shard());
    }

    @Override
    public void aim() throws InterruptedException {
        Owner owner = target.locate();
        if (target.isTopmost(owner.process())) {
            throw new NotApplicableException("process " + owner.process().pid()
                    + ", which runs the shards, is the only one: nobody in it stands above another. The nearest to it is "
                    + Catalogue.KILL);
        }
    }

    @Override
    public void inflict() {
        // Before: nobody tells later whose children they were.
        orphans = target.jvm().tree().alive().stream()
                .filter(process -> !target.isTopmost(process))
                .toList();
        atNanos = System.nanoTime();
        target.jvm().kill();
    }

    @Override
    public @Nullable String proof() throws InterruptedException {
        Integer status = target.jvm().exitWithin(DEATH_PATIENCE);
        if (status == null) {
            return null;
        }
        String death =
                "process " + target.jvm().pid() + ", which supervises, was sent SIGKILL and is gone, with exit status "
                        + Deaths.inWords(status) + "; its " + orphans.size() + " children ";
        boolean ended = ProcessTree.awaitEnd(orphans, ORPHANS_PATIENCE);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - atNanos);
        long left = orphans.stream().filter(ProcessTree::isAlive).count();
        return death + (ended ? "had all ended by themselves " : "had not all ended, " + left + " were left, ") + millis
                + " ms later";
    }
}
