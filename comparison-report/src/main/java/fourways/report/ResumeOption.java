package fourways.report;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The option that goes on with a run of whatever kind. */
final class ResumeOption {

    /** Set by the script that starts this program: how its user called it. */
    private static final String SCRIPT = "fourways.script";

    @Option(
            names = "--resume",
            paramLabel = "DIRECTORY",
            description =
                    "Go on with a run that was cut off, of whatever kind, in its folder: what is done is kept as it is. Stands alone, for the folder keeps the run's options.")
    private @Nullable Path folder;

    boolean isGiven() {
        return folder != null;
    }

    /** What to type to go on with the run in a folder. */
    static String command(Path root) {
        return quoted(System.getProperty(SCRIPT, "./compare")) + " --resume " + quoted(root.toString());
    }

    /** As a shell wants it. */
    private static String quoted(String word) {
        return word.matches("[\\w./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Goes on; returns the exit status. */
    int resume(CommandSpec given) throws Exception {
        Path root = folder;
        if (root == null) {
            throw new IllegalStateException("--resume is not given");
        }
        if (given.commandLine().getParseResult().matchedOptions().size() > 1) {
            throw new UsageException("--resume stands alone, for the folder keeps the options of its run");
        }
        if (!Files.isDirectory(root)) {
            throw new UsageException("--resume is " + root + ", which is "
                    + (Files.exists(root) ? "a file" : "not there") + ", allowed is a run's folder");
        }
        try (GracefulEnd end = GracefulEnd.guard();
                RunFolder opened = RunFolder.open(root)) {
            RunManifest manifest = RunManifest.toResume(root);
            return begunBy(manifest).resume(opened, manifest, end);
        }
    }

    /** The command that began the run, with its options. */
    private static RunCommand begunBy(RunManifest manifest) {
        CommandLine line = Main.commandLine();
        ParseResult parsed = line.parseArgs(manifest.arguments().toArray(String[]::new));
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        return (RunCommand) parsed.commandSpec().userObject();
    }
}
