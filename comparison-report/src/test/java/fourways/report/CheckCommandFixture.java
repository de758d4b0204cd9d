package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Checks raw data of trials, and keeps what is said to that. */
abstract class CheckCommandFixture {

    /** Made once, and copied for each test. */
    @TempDir
    static Path samples;

    @TempDir
    Path directory;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @AfterEach
    void nothingUnpackedStaysBehind() throws IOException {
        String prefix = RawCheck.TEMPORARY + ProcessHandle.current().pid();
        try (Stream<Path> temporary = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertEquals(
                    List.of(),
                    temporary
                            .filter(file -> file.getFileName().toString().startsWith(prefix))
                            .toList());
        }
    }

    Path sample(String variant) throws IOException, InterruptedException {
        Path folder = Files.createDirectory(directory.resolve("001-x.raw"));
        Path made = samples.resolve(variant + RawFolder.SUFFIX);
        if (!Files.exists(made)) {
            RawSample.write(samples.resolve(variant), made, variant);
        }
        try (Stream<Path> files = Files.list(made)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        return folder;
    }

    static void edit(Path file, UnaryOperator<String> change) throws IOException {
        String text;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String changed = change.apply(text);
        assertTrue(!changed.equals(text), "nothing was changed");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write(changed.getBytes(StandardCharsets.UTF_8));
        }
    }

    int check(Path folder) {
        return execute("check", folder.toString());
    }

    int execute(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    String output() {
        return out + "\n" + err;
    }
}
