package fourways.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A class whose static initializer fails the first time that this ledger needs it, as one does that meets a file which is still locked or a service that is not up yet. The JVM does not
 * try again: in this process whoever needs the class gets a {@link NoClassDefFoundError} for ever. In the next one all is well. A file in the ledger's directory
 * tells the first time from the second.
 *
 * <p>So a further strike is a probe: it fails where the class is dead, and returns where it is not.
 */
final class PoisonedClass {

    private static final String MARKER = "poisoned-class.marker";

    /** For the initializer, which takes no arguments. */
    private static volatile @Nullable Path markerFile;

    private PoisonedClass() {}

    static void strike(Scene scene) {
        Path directory = scene.directory();
        if (directory == null) {
            throw new IllegalStateException("needs a ledger with a directory, to remember that it struck");
        }
        markerFile = directory.resolve(MARKER);
        try {
            Fragile.use();
        } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
            scene.fired("the class is dead: " + e);
            throw e;
        }
    }

    /** Initialized when it is first used. */
    private static final class Fragile {

        static {
            Path marker = markerFile;
            if (marker != null && isFirst(marker)) {
                throw new IllegalStateException("sabotaged: the static initializer failed");
            }
        }

        private static boolean isFirst(Path marker) {
            try {
                Files.createFile(marker);
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** What a handler may need a class for. */
        static void use() {}
    }
}
