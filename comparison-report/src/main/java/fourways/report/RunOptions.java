package fourways.report;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The options that every run has, and the run itself. */
final class RunOptions {

    private static final DateTimeFormatter FOLDER_NAME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss");

    @Option(
            names = "--only",
            paramLabel = "ARCHITECTURE[:VARIANT][,…]",
            split = ",",
            description =
                    "Run these only; an architecture stands for all its variants. A comparison has by default the first and"
                            + " the hardened one of each, and others suffer no faults unless they are named themselves. See --list.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "DIRECTORY",
            description =
                    "Where the results go: a new or empty directory. By default one under runs/, named by the time.")
    private @Nullable Path output;

    @Option(
            names = "--seed",
            paramLabel = "INTEGER",
            description =
                    "What the load is generated from, and the victim of faults chosen by. By default ${DEFAULT-VALUE}.")
    private long seed = 1;

    long seed() {
        return seed;
    }

    /** Whatever was asked for by name, or else all there are. */
    List<Contender> contenders() {
        return Contenders.select(Contenders.find(), only);
    }

    /** Whatever was asked for by name, or else of each architecture its default variant and its hardened one: all others would take too long. */
    List<Contender> standard() {
        return only.isEmpty() ? sufferers() : contenders();
    }

    /** Those that suffer faults: of each architecture its default variant and its hardened one, and whichever other one was asked for by name. */
    List<Contender> sufferers() {
        return contenders().stream()
                .filter(contender ->
                        contender.byDefault() || contender.isHardened() || only.contains(contender.label()))
                .toList();
    }

    /** Those that a soak is for: the hardened variants, and whichever other one was asked for by name. */
    List<Contender> soaked() {
        return contenders().stream()
                .filter(contender -> contender.isHardened() || only.contains(contender.label()))
                .toList();
    }

    /** One an architecture: its default variant, or those that were asked for by name. */
    List<Contender> samples() {
        return contenders().stream()
                .filter(contender -> contender.byDefault() || only.contains(contender.label()))
                .toList();
    }

    /**
     * Sees to it that no option of the comparison is silently ignored.
     *
     * @throws UsageException if one stands before the name of this subcommand
     */
    static void refuseOptionsBefore(CommandSpec subcommand) {
        if (!subcommand.parent().commandLine().getParseResult().matchedOptions().isEmpty()) {
            throw new UsageException("options of " + subcommand.name() + " stand behind its name, allowed are "
                    + PageWords.and(subcommand.options().stream()
                            .map(OptionSpec::longestName)
                            .toList()));
        }
    }

    /** Runs a plan, writes the page and prints the table; returns the exit status. */
    int run(List<TrialSpec> plan, String profile) throws Exception {
        Path root = outputFolder();
        boolean terminal = isTerminal();
        try (GracefulEnd end = GracefulEnd.guard();
                RunFolder folder = RunFolder.create(root)) {
            Progress progress = new Progress(System.out, terminal, plan);
            Results results = new Run(plan, profile, seed, folder, progress).execute(end);
            progress.end();
            Path page = folder.resolve(Page.NAME);
            Page.write(results, page);
            Summary.write(results, folder.resolve(Summary.NAME));
            System.out.print(TerminalTable.render(results, terminal));
            System.out.println("The page is at " + page);
            return results.status() == Status.VALID ? Main.VALID : Main.INVALID;
        }
    }

    // There is none where input or output is redirected; what the check says of newer versions is true of some only.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private Path outputFolder() throws IOException {
        Path asked = output;
        if (asked == null) {
            return unused(Path.of("runs", FOLDER_NAME.format(LocalDateTime.now(ZoneId.systemDefault()))));
        }
        if (Files.exists(asked) && !(Files.isDirectory(asked) && RunFolder.isEmpty(asked))) {
            throw new UsageException("--output is " + asked + ", which is "
                    + (Files.isDirectory(asked) ? "not empty" : "a file") + ", allowed is a new or empty directory");
        }
        return asked;
    }

    /** Two runs may start within one second. */
    private static Path unused(Path wanted) {
        Path unused = wanted;
        for (int i = 2; Files.exists(unused); i++) {
            unused = wanted.resolveSibling(wanted.getFileName() + "-" + i);
        }
        return unused;
    }
}
