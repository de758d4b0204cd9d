package fourways.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What a worker's JVM need not find out anew each time it starts: its classes, loaded and linked, and which of their methods count. An ahead-of-time cache of the JVM's own kind (JEP 483, 514, 515) that
 * lies beside the jars; {@link StartRecording} makes it. Nobody needs it: a worker for which there is none, or none that its JVM can use, only starts later.
 *
 * <p>It bears a checksum of the jars in its name, because the JVM itself does not notice that a jar has changed, and runs the classes that were recorded.
 */
final class StartCache {

    private StartCache() {}

    /** What a command line says to use the one of these jars; nothing if there is none. */
    static List<String> options(List<Path> jars) {
        if (!jars.stream().allMatch(Files::isRegularFile)) {
            return List.of();
        }
        Path file = file(jars);
        // With the name of a file that is not there, the JVM would do without what it brings along for its own classes.
        return Files.isReadable(file) ? List.of("-XX:AOTCache=" + file) : List.of();
    }

    /** Where it is, or is to be. */
    static Path file(List<Path> jars) {
        CRC32C content = new CRC32C();
        try {
            for (Path jar : jars) {
                content.update(Files.readAllBytes(jar));
            }
        } catch (IOException e) {
            // Then nobody can take classes from it either.
            throw new UncheckedIOException("cannot read the jars of workers", e);
        }
        return jars.getFirst().resolveSibling("worker-" + Long.toHexString(content.getValue()) + ".aot");
    }

    /** Removes this one, and all of jars that lay there before. */
    static void removeBeside(Path file) throws IOException {
        try (DirectoryStream<Path> caches =
                Files.newDirectoryStream(file.toAbsolutePath().getParent(), "worker-*.aot")) {
            for (Path cache : caches) {
                Files.delete(cache);
            }
        }
    }
}
