package fourways.report;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./compare soak}: whether an architecture lives through a fault every second. */
@Command(
        name = "soak",
        description = {
            "Strikes each hardened variant with a random fault every second, under a light load, and then looks whether every cent is there,",
            "every shard serves, and nothing has grown: processes, threads, descriptors, heap, disk. One after the other, each in a JVM of its own.",
            "Which faults strike whom, and why, is in docs/soak.md."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = CompareCommand.Version.class)
final class SoakCommand implements Callable<Integer> {

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
    private RunOptions options = new RunOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        RunOptions.refuseOptionsBefore(spec);
        if (!(minutes >= MIN_MINUTES && minutes <= MAX_MINUTES)) {
            throw new UsageException("--minutes is " + minutes + ", allowed are " + MIN_MINUTES + " to " + MAX_MINUTES);
        }
        List<Contender> soaked = options.soaked();
        if (soaked.isEmpty()) {
            throw new UsageException("no variant " + Contender.HARDENED
                    + " was found, needed is one, or --only with an architecture and a variant");
        }
        return options.run(Plan.soaks(soaked, Duration.ofMillis((long) (minutes * MILLIS_PER_MINUTE))), PROFILE);
    }
}
