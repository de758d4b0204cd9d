package fourways.report;

import fourways.report.Plan.Suffering;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./compare}: throughput and faults of all architectures. */
@Command(
        name = "compare",
        description = {
            "Runs the same bank ledger on every architecture, measures throughput, injects faults, checks that no cent was lost, and draws a page.",
            "Without options it takes less than eight minutes on two cores; each trial runs in a JVM of its own."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all trials valid, or not applicable",
            "1:a trial invalid or failed",
            "2:wrong usage",
            "130:interrupted; what was found out so far is in the results, and --resume goes on"
        },
        subcommands = {
            FaultCommand.class,
            FloorsCommand.class,
            HardeningCommand.class,
            SoakCommand.class,
            CheckCommand.class
        })
final class CompareCommand extends RunCommand {

    @Option(names = "--smoke", description = "Everything once and short, in less than a minute: is it all working?")
    private boolean smoke;

    @Option(
            names = "--full",
            description =
                    "Every fault on every variant, three times, with another victim each time. Takes more than an hour; --resume goes on if it is cut off.")
    private boolean full;

    @Mixin
    private ResumeOption resume = new ResumeOption();

    @Mixin
    private OnlyOption only = new OnlyOption();

    @Option(
            names = "--faults",
            paramLabel = "FAULT[,…]",
            split = ",",
            description = "Inject these, in this order. By default a sample, and with --full every one. See --list.")
    private List<String> faults = List.of();

    @Option(names = "--list", description = "List the architectures, their variants and the faults, and run nothing.")
    private boolean list;

    @Override
    public Integer call() throws Exception {
        if (list) {
            list(spec().commandLine().getOut());
            return Main.VALID;
        }
        return resume.isGiven() ? resume.resume(spec()) : super.call();
    }

    @Override
    List<TrialSpec> plan() {
        if (smoke && full) {
            throw new UsageException("--smoke and --full were both given, allowed is one of them");
        }
        List<String> allowed = Catalogue.names();
        for (String fault : faults) {
            if (!allowed.contains(fault)) {
                throw new UsageException("--faults names '" + fault + "', allowed are " + String.join(", ", allowed));
            }
        }
        List<Contender> contenders = smoke ? only.samples() : full ? only.contenders() : only.standard();
        return Plan.comparison(contenders, sufferings(contenders), seed(), effort());
    }

    private List<Suffering> sufferings(List<Contender> contenders) {
        if (smoke) {
            return Suffering.ofAll(faults.isEmpty() ? FaultSample.SMOKE : faults, contenders);
        } else if (full) {
            return Suffering.ofAll(faults.isEmpty() ? Catalogue.names() : faults, contenders);
        } else if (!faults.isEmpty()) {
            return Suffering.ofAll(faults, only.sufferers());
        }
        return FaultSample.of(only.samples(), only.sufferers());
    }

    private Effort effort() {
        return smoke ? Effort.SMOKE : full ? Effort.FULL : Effort.STANDARD;
    }

    @Override
    String profile() {
        return effort().name();
    }

    private void list(PrintWriter out) {
        out.println("Architectures and their variants, the first being the default:");
        only.contenders().forEach(contender -> out.println("  " + contender.label()));
        out.println("Faults:");
        Catalogue.names()
                .forEach(fault ->
                        out.println("  " + fault + ": " + Catalogue.entry(fault).how()));
    }
}
