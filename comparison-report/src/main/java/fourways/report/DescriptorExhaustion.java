package fourways.report;

import fourways.report.Sabotaging.Struck;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets a handler open files until its process may open no more. Before that, the limits of the trial's processes, and of no others, are lowered to a little more than they have open:
 * so nothing is taken from the machine. Who is not hit has room enough to start others.
 */
final class DescriptorExhaustion implements Injection {

    static final String NAME = "descriptor-exhaustion";

    /** Until every journal needs a new file, which is when it shows: they take about three seconds to be full. */
    static final Duration WINDOW = Duration.ofSeconds(4);

    /** What a new worker needs, twice. */
    private static final int ROOM = 128;

    private final Target target;
    private final Sabotaging sabotaging;

    DescriptorExhaustion(Target target) {
        this.target = target;
        this.sabotaging = new Sabotaging(NAME, target, Victims::one, DescriptorExhaustion::exhausted);
    }

    @Override
    public List<Integer> victims() {
        return sabotaging.victims();
    }

    @Override
    public void aim() throws InterruptedException, IOException {
        sabotaging.aim();
        for (ProcessHandle process : target.jvm().tree().alive()) {
            Signals.limitDescriptors(process, Proc.descriptors(List.of(process)) + ROOM);
        }
    }

    @Override
    public void inflict() throws IOException {
        sabotaging.inflict();
    }

    @Override
    public @Nullable String proof() throws InterruptedException, IOException {
        return sabotaging.proof();
    }

    private static @Nullable String exhausted(Struck struck) throws InterruptedException, IOException {
        String said = Evidences.said(struck);
        ProcessHandle process = struck.hits().getFirst().owner().process();
        OptionalLong limit = Proc.descriptorLimit(process);
        if (said == null || limit.isEmpty()) {
            // Whoever has ended meanwhile has nothing open, and nothing left to see but what it said.
            return said;
        }
        return said + "; process " + process.pid() + " has " + Proc.descriptors(List.of(process))
                + " descriptors open, and may have " + limit.getAsLong();
    }
}
