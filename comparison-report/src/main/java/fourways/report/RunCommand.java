package fourways.report;

import java.io.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** What all commands that make a run have in common: a plan, a folder, and that a run which was cut off goes on where it was. */
@Command(sortOptions = false, mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class RunCommand implements Callable<Integer> {

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * The trials in their order; the same each time that the same command is given.
     *
     * @throws UsageException if what was asked for cannot be done
     */
    abstract List<TrialSpec> plan();

    /** As in {@link Results#profile}. */
    abstract String profile();

    final long seed() {
        return options.seed();
    }

    final CommandSpec spec() {
        return spec;
    }

    /** Who tells the user how the run goes on. */
    RunListener listener(List<TrialSpec> plan, boolean terminal) {
        return new Progress(System.out, terminal, plan);
    }

    /** Tells the user what came of it. */
    void tell(Results results, boolean terminal) {
        System.out.print(TerminalTable.render(results, terminal));
    }

    @Override
    public Integer call() throws Exception {
        refuseOptionsBefore(spec);
        List<TrialSpec> plan = plan();
        RunManifest manifest =
                RunManifest.ofNow(spec.root().commandLine().getParseResult().originalArgs(), seed());
        try (GracefulEnd end = GracefulEnd.guard();
                RunFolder folder = RunFolder.create(options.outputFolder())) {
            return execute(plan, manifest, folder, end);
        }
    }

    /** Goes on with a run that was begun by a command like this one. */
    final int resume(RunFolder folder, RunManifest manifest, GracefulEnd end) throws Exception {
        return execute(plan(), manifest, folder, end);
    }

    private int execute(List<TrialSpec> plan, RunManifest manifest, RunFolder folder, GracefulEnd end)
            throws Exception {
        boolean terminal = isTerminal();
        RunListener listener = listener(plan, terminal);
        manifest.write(folder);
        Results results = new Run(plan, profile(), manifest, folder, listener).execute(end);
        listener.end();
        Path page = folder.resolve(Page.NAME);
        Page.write(results, page);
        Summary.write(results, folder.resolve(Summary.NAME));
        tell(results, terminal);
        System.out.println("The page is at " + page);
        if (results.interrupted()) {
            System.out.println("To go on where it was interrupted: " + ResumeOption.command(folder.root()));
        }
        return results.status() == Status.VALID ? Main.VALID : Main.INVALID;
    }

    /** Sees to it that no option of the comparison is silently ignored because it stands before the name of a subcommand. */
    static void refuseOptionsBefore(CommandSpec spec) {
        CommandSpec parent = spec.parent();
        if (parent != null
                && !parent.commandLine().getParseResult().matchedOptions().isEmpty()) {
            throw new UsageException("options of " + spec.name() + " stand behind its name, allowed are "
                    + PageWords.and(
                            spec.options().stream().map(OptionSpec::longestName).toList()));
        }
    }

    // There is none where input or output is redirected; what the check says of newer versions is true of some only.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
