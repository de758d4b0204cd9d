package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That workers are started with it is tested where there are jars: in the assembled application. */
class StartCacheTest {

    @TempDir
    Path directory;

    private Path jar;
    private List<Path> jars;
    private Path cache;

    @BeforeEach
    void recordJars() throws IOException {
        jar = Files.writeString(directory.resolve("worker.jar"), "old classes");
        jars = List.of(jar, Files.writeString(directory.resolve("ledger.jar"), "more classes"));
        cache = Files.createFile(StartCache.file(jars));
    }

    @Test
    void isUsedWhereItLiesBesideItsJars() {
        assertEquals(List.of("-XX:AOTCache=" + cache), StartCache.options(jars));
        assertEquals(directory, cache.getParent());
    }

    @Test
    void isNotNamedWhereItDoesNotLie() throws IOException {
        Files.delete(cache);

        assertEquals(List.of(), StartCache.options(jars));
    }

    /** The JVM would run the old ones. */
    @Test
    void isNotUsedForJarsThatHaveChanged() throws IOException {
        FileTime recorded = Files.getLastModifiedTime(jar);
        Files.writeString(jar, "new classes");
        Files.setLastModifiedTime(jar, recorded);

        assertEquals(List.of(), StartCache.options(jars));
    }

    @Test
    void thoseOfEarlierJarsAreRemoved() throws IOException {
        Files.writeString(jar, "new classes");

        StartCache.removeBeside(StartCache.file(jars));

        assertFalse(Files.exists(cache));
        assertTrue(Files.exists(jar));
    }

    @Test
    void thereIsNoneForClassesInFolders() {
        assertEquals(List.of(), StartCache.options(List.of(jar, directory)));
    }
}
