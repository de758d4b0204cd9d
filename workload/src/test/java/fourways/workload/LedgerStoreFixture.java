package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A ledger in a directory of its own, for tests of who may open it. */
abstract class LedgerStoreFixture {

    static final Peers NO_PEERS = new NoPeers();

    @TempDir
    Path directory;

    LedgerConfig config() {
        return configIn(directory.resolve("ledger"));
    }

    static LedgerConfig configIn(Path ledger) {
        return LedgerConfig.in(ledger).withAccounts(10, 2).withCapacity(4).withSegments(4_096, false);
    }

    static String refusalOf(LedgerConfig config) {
        return String.valueOf(assertThrows(LedgerOpenException.class, () -> LedgerStore.open(config))
                .getMessage());
    }

    static void assertContains(String message, String... parts) {
        for (String part : parts) {
            assertTrue(message.contains(part), () -> "'" + part + "' is missing in: " + message);
        }
    }

    List<Path> everything() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.sorted().toList();
        }
    }

    static void openAndClose(LedgerConfig config) {
        LedgerStore.open(config).close();
    }
}
