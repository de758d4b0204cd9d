package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentFolderTest {

    @TempDir
    Path directory;

    private SegmentFolder folder = new SegmentFolder(Path.of(""));

    @BeforeEach
    void createFolder() throws IOException {
        folder = SegmentFolder.of(directory, 7);
        Files.createDirectory(folder.path());
    }

    @Test
    void segmentsAreFoundByNumber() throws IOException {
        Files.createFile(folder.path().resolve("0000000010.log"));
        Files.createFile(folder.path().resolve("0000000009.log"));
        Files.createFile(folder.path().resolve("0000000011.unfinished"));
        Files.createFile(folder.path().resolve("notes.txt"));

        assertEquals(List.of(9L, 10L), List.copyOf(folder.segments().keySet()));
        assertEquals(directory.resolve("shard-0007"), folder.path());
        assertEquals(folder.file(10), folder.segments().get(10L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notes.log",
                "1.log",
                ".log",
                "00000000-1.log",
                "+000000001.log",
                "00000000001.log",
                "\u0661000000000.log"
            })
    void whatOnlyEndsLikeASegmentIsRefused(String name) throws IOException {
        Path stranger = Files.createFile(folder.path().resolve(name));

        IOException refusal = assertThrows(IOException.class, folder::segments);

        assertEquals(
                stranger + " is not a journal file: those are called 0000000001.log and so on; move it elsewhere",
                refusal.getMessage());
    }

    @Test
    void aFileThatIsLargerThanAnySegmentIsRefused() throws IOException {
        LedgerConfig config = LedgerConfig.in(directory.resolve("ledger")).withAccounts(8, 8);
        try (LedgerStore store = LedgerStore.open(config)) {
            Books books = new Books(config, 7);
            store.openJournal(7, books).close();
            Path file = SegmentFolder.of(directory.resolve("ledger"), 7).file(1);
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(Integer.MAX_VALUE + 1L);
            }

            LedgerOpenException refusal =
                    assertThrows(LedgerOpenException.class, () -> store.openJournal(7, new Books(config, 7)));

            String message = String.valueOf(refusal.getMessage());
            assertTrue(message.contains(file + " has 2147483648 bytes, a journal file at most 2147483647"), message);
        }
    }
}
