package fourways.report;

import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./compare soak}: whether an architecture lives through a fault every second. */
@Command(
        name = "soak",
        description = {
            "Strikes each hardened variant with a random fault every second, under a light load, and then looks what is left of it.",
            "Whether every cent is there, every shard serves, and nothing has grown: processes, threads, descriptors, heap, disk. One after the other, each in a JVM of its own.",
            "Which faults strike whom, and why, is in docs/soak.md."
        })
final class SoakCommand extends RunCommand {

    static final String PROFILE = "soak";

    private static final double MIN_MINUTES = 0.1;

    /** The history of all requests is kept in memory. */
    private static final double MAX_MINUTES = 120;

    private static final long MILLIS_PER_MINUTE = 60_000;

    @Option(
            names = "--minutes",
            paramLabel = "NUMBER",
            description = "For how long, each. By default ${DEFAULT-VALUE}.")
    private double minutes = 10;

    @Mixin
    private OnlyOption only = new OnlyOption();

    @Override
    List<TrialSpec> plan() {
        if (!(minutes >= MIN_MINUTES && minutes <= MAX_MINUTES)) {
            throw new UsageException("--minutes is " + minutes + ", allowed are " + MIN_MINUTES + " to " + MAX_MINUTES);
        }
        List<Contender> soaked = only.soaked();
        if (soaked.isEmpty()) {
            throw new UsageException("no variant " + Contender.HARDENED
                    + " was found, needed is one, or --only with an architecture and a variant");
        }
        return Plan.soaks(soaked, Duration.ofMillis((long) (minutes * MILLIS_PER_MINUTE)));
    }

    @Override
    String profile() {
        return PROFILE;
    }
}
