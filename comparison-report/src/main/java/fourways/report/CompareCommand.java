package fourways.report;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./compare}: throughput and faults of all architectures. */
@Command(
        name = "compare",
        description = {
            "Runs the same bank ledger on every architecture, measures throughput, injects faults, checks that no cent was lost, and draws a page.",
            "Without options it takes a few minutes; each trial runs in a JVM of its own."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all trials valid",
            "1:a trial invalid or failed",
            "2:wrong usage",
            "130:interrupted; what was found out so far is in the results"
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = CompareCommand.Version.class,
        subcommands = {FloorsCommand.class, HardeningCommand.class, SoakCommand.class})
final class CompareCommand implements Callable<Integer> {

    private static final List<String> STANDARD_FAULTS = List.of("exception", "busy-loop", "kill");

    /** The one that asks for most: a death, a restart, a recovery, and that nothing is lost. A second one would take longer than a minute on two cores. */
    private static final List<String> SMOKE_FAULTS = List.of("kill");

    @Option(names = "--smoke", description = "Everything once and short, in less than a minute: is it all working?")
    private boolean smoke;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(
            names = "--faults",
            paramLabel = "FAULT[,…]",
            split = ",",
            description = "Inject these, in this order. By default exception,busy-loop,kill. See --list.")
    private List<String> faults = List.of();

    @Option(names = "--list", description = "List the architectures, their variants and the faults, and run nothing.")
    private boolean list;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (list) {
            list(spec.commandLine().getOut());
            return Main.VALID;
        }
        List<String> allowed = Injection.faults();
        for (String fault : faults) {
            if (!allowed.contains(fault)) {
                throw new UsageException("--faults names '" + fault + "', allowed are " + String.join(", ", allowed));
            }
        }
        Effort effort = smoke ? Effort.SMOKE : Effort.STANDARD;
        List<Contender> contenders = smoke ? options.samples() : options.standard();
        List<Contender> sufferers = smoke ? contenders : options.sufferers();
        return options.run(
                Plan.comparison(contenders, sufferers, faultsToInject(), options.seed(), effort), effort.name());
    }

    private List<String> faultsToInject() {
        if (!faults.isEmpty()) {
            return faults.stream().distinct().toList();
        }
        return smoke ? SMOKE_FAULTS : STANDARD_FAULTS;
    }

    private void list(PrintWriter out) {
        out.println("Architectures and their variants, the first being the default:");
        options.contenders().forEach(contender -> out.println("  " + contender.label()));
        out.println("Faults:");
        Injection.faults().forEach(fault -> out.println("  " + fault));
    }

    /** From the jar's manifest; a directory of classes has none. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"Four Ways " + (version == null ? "(not packaged)" : version)};
        }
    }
}
