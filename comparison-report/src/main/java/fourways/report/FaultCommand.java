package fourways.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./compare fault}: one fault on one variant of an architecture, told while it happens. */
@Command(
        name = "fault",
        description = {
            "Injects one fault into one variant of an architecture and tells what happens while it happens.",
            "Who runs the victim, that the fault fired, who noticed, what the neighbours saw, what recovered, and whether every cent is there. The same time without a fault comes first, to compare with."
        })
final class FaultCommand extends RunCommand {

    static final String PROFILE = "fault";

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The fault. See ./compare --list.")
    private @Nullable String name;

    @Option(names = "--architecture", paramLabel = "ARCHITECTURE", description = "Who is to suffer it.")
    private @Nullable String architecture;

    @Option(names = "--variant", paramLabel = "VARIANT", description = "By default the architecture's first.")
    private @Nullable String variant;

    @Override
    List<TrialSpec> plan() {
        String fault = oneOf("NAME", name, Catalogue.names());
        List<Contender> all = Contenders.find();
        String chosen = oneOf(
                "--architecture",
                architecture,
                all.stream().map(Contender::architecture).distinct().toList());
        List<Contender> variants = all.stream()
                .filter(contender -> contender.architecture().equals(chosen))
                .toList();
        Contender contender = variants.getFirst();
        if (variant != null) {
            String wanted = oneOf(
                    "--variant",
                    variant,
                    variants.stream().map(Contender::variant).toList());
            contender = variants.stream()
                    .filter(one -> one.variant().equals(wanted))
                    .findFirst()
                    .orElseThrow();
        }
        return Plan.cell(contender, fault, seed(), Effort.STANDARD);
    }

    private static String oneOf(String what, @Nullable String given, List<String> allowed) {
        if (given == null || !allowed.contains(given)) {
            throw new UsageException(what + (given == null ? " is missing" : " is '" + given + "'") + ", allowed are "
                    + String.join(", ", allowed));
        }
        return given;
    }

    @Override
    String profile() {
        return PROFILE;
    }

    @Override
    RunListener listener(List<TrialSpec> plan, boolean terminal) {
        return new Story(System.out);
    }

    @Override
    void tell(Results results, boolean terminal) {
        Story.outcome(results).forEach(System.out::println);
    }
}
