package fourways.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.IVersionProvider;

/** Which program this is: the version of the jar's manifest, which a directory of classes has not, and the build, which is all code on the class path. */
final class Version implements IVersionProvider {

    /** Enough to tell builds apart, and to be read out. */
    private static final int BUILD_DIGITS = 12;

    @Override
    public String[] getVersion() {
        return new String[] {inWords()};
    }

    static String inWords() {
        String version = Main.class.getPackage().getImplementationVersion();
        return "Four Ways " + (version == null ? "(not packaged)" : version) + ", build " + build();
    }

    /** Equal sources make equal jars, so a second build of them is the same one. */
    private static String build() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files()) {
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, BUILD_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the class path cannot be read", e);
        }
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(System.getProperty("path.separator"), -1)) {
            Path path = Path.of(entry);
            if (Files.exists(path)) {
                try (Stream<Path> found = Files.walk(path)) {
                    found.filter(Files::isRegularFile).sorted().forEach(files::add);
                }
            }
        }
        // A JVM lists the jars of a directory in no order of its own.
        files.sort(null);
        return files;
    }
}
