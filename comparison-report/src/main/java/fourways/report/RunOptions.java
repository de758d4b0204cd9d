package fourways.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every run has. */
final class RunOptions {

    private static final DateTimeFormatter FOLDER_NAME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss");

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

    /** @throws UsageException if the one that was asked for holds something already */
    Path outputFolder() throws IOException {
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
