package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import fourways.workload.Command.Deposit;
import fourways.workload.Entry.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which directory may be used, and what may be found in it. */
class LedgerStoreTest extends LedgerStoreFixture {

    @Test
    void aMissingDirectoryIsMadeForItsOwnerOnly() throws IOException {
        LedgerConfig config = configIn(directory.resolve("a/b/ledger"));

        try (ShardCluster cluster = new ShardCluster(config)) {
            cluster.call(new Deposit(1, 1, 50));
        }

        for (Path path : everything()) {
            String allowed = Files.isDirectory(path) ? "rwx------" : "rw-------";
            assertEquals(allowed, PosixFilePermissions.toString(Files.getPosixFilePermissions(path)), path.toString());
        }
        assertTrue(everything().size() > 10);
    }

    @Test
    void aDirectoryMayBeNamedByDetours() throws IOException {
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere/deep"));
        Path detour =
                Files.createSymbolicLink(directory.resolve("detour"), elsewhere).resolve("../ledger");

        try (ShardCluster cluster = new ShardCluster(configIn(detour))) {
            cluster.call(new Deposit(1, 1, 50));
        }

        try (ShardCluster cluster = new ShardCluster(configIn(directory.resolve("elsewhere/ledger")))) {
            assertEquals(100_050, cluster.balance(1));
        }
        openAndClose(configIn(directory.resolve("missing/../other")));
    }

    @Test
    void anotherShapeIsRefusedWithWhatIsThereAndWhatWasWanted() throws IOException {
        openAndClose(config());
        List<Path> before = everything();

        assertContains(refusalOf(config().withAccounts(10, 5)), "ledger.properties", "shards is 2, wanted is 5");
        assertContains(refusalOf(config().withAccounts(12, 2)), "accounts is 10, wanted is 12");
        assertContains(refusalOf(config().withInitialBalanceCents(7)), "initialBalanceCents is 100000, wanted is 7");
        LedgerOpenException refusal =
                assertThrows(LedgerOpenException.class, () -> LedgerStore.join(config().withAccounts(12, 2)));
        assertContains(String.valueOf(refusal.getMessage()), "accounts is 10, wanted is 12");

        assertEquals(before, everything());
        openAndClose(config());
    }

    @Test
    void aDescriptionThatMakesNoSenseIsRefused() throws IOException {
        openAndClose(config());
        Path manifest = directory.resolve("ledger/ledger.properties");
        String text = Files.readString(manifest);

        for (String wrong : List.of(
                text.replace("format=1", "format=2"),
                text.replace("format=1", ""),
                text.replace("accounts=10", "accounts=ten"),
                "",
                "\\u00zz",
                text + "#".repeat(5_000))) {
            Files.writeString(manifest, wrong);
            assertContains(refusalOf(config()), manifest.toString());
        }
        Files.delete(manifest);
        Files.createDirectory(manifest);
        assertContains(refusalOf(config()), manifest.toString());
        Files.delete(manifest);
        Files.writeString(manifest, text);
        openAndClose(config());
    }

    @Test
    void directoriesThatCannotBeUsedAreRefusedAndNothingStaysBehind() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");
        Path full = Files.createDirectory(directory.resolve("full"));
        Files.writeString(full.resolve("letter.txt"), "x");
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("nowhere"));
        List<Path> before = everything();

        assertContains(refusalOf(configIn(file)), file.toString(), "is a file", "allowed");
        assertContains(refusalOf(configIn(file.resolve("ledger"))), file.toString(), "allowed");
        assertContains(refusalOf(configIn(full)), full.toString(), "letter.txt", "allowed");
        assertContains(refusalOf(configIn(dangling)), dangling.toString(), "allowed");
        // Nobody may make files there, not even root.
        assertContains(refusalOf(configIn(Path.of("/proc/self"))), "/proc/self", "allowed");
        assertContains(refusalOf(configIn(Path.of("/proc/self/ledger"))), "/proc/self/ledger", "allowed");

        assertEquals(before, everything());
    }

    @Test
    void aDirectoryWithoutWritePermissionIsRefused() throws IOException {
        Path readOnly = Files.createDirectory(
                directory.resolve("read-only"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-x------")));
        assumeFalse(Files.isWritable(readOnly), "root may write everywhere");

        assertContains(refusalOf(configIn(readOnly)), readOnly.toString(), "may not write", "allowed");
    }

    @Test
    void joiningNeedsALedger() {
        LedgerOpenException refusal = assertThrows(LedgerOpenException.class, () -> LedgerStore.join(config()));

        assertContains(
                String.valueOf(refusal.getMessage()),
                directory.resolve("ledger").toString(),
                "no ledger");
        assertFalse(Files.exists(directory.resolve("ledger")));
    }

    @Test
    void filesOfOthersInAShardsFolderAreLeftAloneUnlessTheyCouldBeSegments() throws IOException {
        openAndClose(config());
        Path folder = Files.createDirectory(directory.resolve("ledger/shard-0001"));
        Path note = Files.writeString(folder.resolve("note.txt"), "x");
        Path unfinished = Files.writeString(folder.resolve("0000000007.unfinished"), "x");
        try (LedgerStore store = LedgerStore.open(config())) {
            Shard.open(store, 1, NO_PEERS).close();
            assertTrue(Files.exists(note));
            assertFalse(Files.exists(unfinished), "a segment that was being made when the process died");

            for (String name : List.of("2.log", "00000000021.log", "copy.log")) {
                Path segment = Files.writeString(folder.resolve(name), "x");
                LedgerOpenException refusal =
                        assertThrows(LedgerOpenException.class, () -> Shard.open(store, 1, NO_PEERS));
                assertContains(String.valueOf(refusal.getMessage()), segment.toString());
                Files.delete(segment);
            }
            Path segment = Files.createDirectory(folder.resolve("0000000002.log"));
            assertThrows(LedgerOpenException.class, () -> Shard.open(store, 1, NO_PEERS));
            Files.delete(segment);
            Shard.open(store, 1, NO_PEERS).close();
        }
    }

    @Test
    void aShardInMemoryCannotBeRecovered() {
        try (LedgerStore store = LedgerStore.open(LedgerConfig.inMemory())) {
            Shard.open(store, 1, NO_PEERS).close();

            LedgerOpenException refusal = assertThrows(LedgerOpenException.class, () -> Shard.open(store, 1, NO_PEERS));

            assertContains(String.valueOf(refusal.getMessage()), "shard 1", "MEMORY");
            Shard.open(store, 2, NO_PEERS).close();
        }
        LedgerStore.join(LedgerConfig.inMemory()).close();
    }

    @Test
    void shardsThatDoNotExistAreRefused() {
        Function<Integer, String> refusal = shard -> {
            try (LedgerStore store = LedgerStore.open(config())) {
                return String.valueOf(assertThrows(
                                LedgerOpenException.class, () -> store.openJournal(shard, new Books(config(), 0)))
                        .getMessage());
            }
        };

        assertContains(refusal.apply(-1), "shard -1", "0 to 1");
        assertContains(refusal.apply(2), "shard 2", "0 to 1");
    }

    @Test
    void aSmallerCapacityThanBeforeStillHoldsWhatIsUnderWay() {
        LedgerConfig large = config().withCapacity(100).withSegments(1 << 16, false);
        try (ShardCluster cluster = new ShardCluster(large)) {
            for (int id = 1; id <= 200; id++) {
                assertFalse(cluster.submit(new Command.Transfer(id, 1, 2, 5)).isDone());
            }
        }
        LedgerConfig small = config().withCapacity(1);
        try (ShardCluster cluster = new ShardCluster(small)) {
            cluster.lose(message -> true);
            // Rolls, with all of them in the snapshot.
            for (int id = 201; id <= 3_000; id++) {
                cluster.call(new Deposit(id, 1, 1));
            }
        }

        try (ShardCluster cluster = new ShardCluster(small)) {
            cluster.settle();
            assertEquals(100_000 - 1_000 + 2_800, cluster.balance(1));
            assertEquals(100_000 + 1_000, cluster.balance(2));
        }
    }

    @Test
    void anEntryIsFoundAgainAfterTheKindsWereReordered() {
        assertEquals(
                List.of(1, 2, 3, 4, 5, 6),
                Stream.of(Kind.DEPOSIT, Kind.WITHDRAW, Kind.MOVE, Kind.DEBIT, Kind.CREDIT, Kind.SETTLE)
                        .map(kind -> kind.code)
                        .toList());
    }
}
