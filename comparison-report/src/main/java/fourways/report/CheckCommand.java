package fourways.report;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./compare check}: the check of each trial once more, from its raw data. */
@Command(
        name = "check",
        description = {
            "Checks the raw data of a run once more: every command that clients were told of, against the journals and the balances that were read.",
            "Nothing is run. What is found must be what the trial's record says. The files are described in docs/raw-data.md."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:nothing is violated, and the records say the same",
            "1:a violation, or a record that says something else",
            "2:wrong usage, or a file that is not what it should be"
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class CheckCommand implements Callable<Integer> {

    private static final String ALLOWED =
            "allowed is the folder of a run, or one of the folders *" + RawFolder.SUFFIX + " in its trials";

    @Parameters(
            arity = "0..1",
            paramLabel = "DIRECTORY",
            description =
                    "The folder of a run, all of whose trials are checked that have raw data, or one of the folders"
                            + " trials/*.raw in it.")
    private @Nullable Path directory;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        RunCommand.refuseOptionsBefore(spec);
        int status = Main.VALID;
        for (Path folder : folders()) {
            status = Math.max(status, check(folder));
        }
        return status;
    }

    private List<Path> folders() throws IOException {
        Path asked = directory;
        if (asked == null) {
            throw new UsageException("check needs a directory, " + ALLOWED);
        } else if (!Files.isDirectory(asked)) {
            throw new UsageException(asked + " is no directory, " + ALLOWED);
        } else if (Files.exists(asked.resolve(RawTrial.NAME))
                || asked.toString().endsWith(RawFolder.SUFFIX)) {
            return List.of(asked);
        }
        Path trials = asked.resolve("trials");
        List<Path> found = List.of();
        if (Files.isDirectory(trials)) {
            try (Stream<Path> all = Files.list(trials)) {
                found = all.filter(folder -> folder.toString().endsWith(RawFolder.SUFFIX))
                        .sorted()
                        .toList();
            }
        }
        if (found.isEmpty()) {
            throw new UsageException(asked + " has no raw data of any trial, " + ALLOWED);
        }
        return found;
    }

    /** What is wrong with one folder does not keep the others from being checked. */
    private int check(Path folder) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            RawCheck check = RawCheck.of(folder);
            out.println(check.line());
            out.flush();
            return check.isSound() ? Main.VALID : Main.INVALID;
        } catch (UsageException e) {
            return Main.refuse(spec.commandLine().getErr(), String.valueOf(e.getMessage()));
        }
    }
}
