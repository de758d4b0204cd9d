package fourways.workload;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Transfer;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is full: new work is refused, promises are kept, nothing is lost, and it goes on by itself when there is space again. In a child JVM, on a file system
 * of its own that is really filled, where the kernel lets an ordinary user mount one; and, everywhere on Linux, with the file size limit of the child lowered, which
 * makes the same writes fail.
 */
class FullDiskTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SEGMENT_BYTES = 16_384;
    private static final int MORE_THAN_A_SEGMENT_HOLDS = SEGMENT_BYTES / Replay.ENTRY_RECORD_BYTES;

    @TempDir
    private Path directory;

    /** What can be filled and freed. */
    private interface Disk {
        void fill() throws IOException;

        void free() throws IOException;
    }

    private record FileSystem(Path ballast) implements Disk {
        @Override
        public void fill() throws IOException {
            try (OutputStream file = Files.newOutputStream(ballast)) {
                byte[] block = new byte[4_096];
                IOException full = assertThrows(IOException.class, () -> {
                    while (true) {
                        file.write(block);
                    }
                });
                assertTrue(String.valueOf(full.getMessage()).contains("No space left"), full::toString);
            }
        }

        @Override
        public void free() throws IOException {
            Files.delete(ballast);
        }
    }

    private record SizeLimit() implements Disk {
        @Override
        public void fill() throws IOException {
            // Enough for descriptions and locks, not for a segment.
            prlimit("4096:");
        }

        @Override
        public void free() throws IOException {
            prlimit("unlimited:");
        }

        private static void prlimit(String softLimit) throws IOException {
            String pid = Long.toString(ProcessHandle.current().pid());
            Process process = new ProcessBuilder("prlimit", "--pid", pid, "--fsize=" + softLimit)
                    .inheritIO()
                    .start();
            assertEquals(0, process.onExit().join().exitValue());
        }
    }

    /** The child: the whole story, once. */
    static final class Story {
        private final Disk disk;
        private final Path ledger;
        private final LedgerConfig config;
        private long id;

        private Story(Path directory, Disk disk) {
            this.disk = disk;
            this.ledger = directory.resolve("ledger");
            this.config =
                    LedgerConfig.in(ledger).withAccounts(4, 2).withCapacity(16).withSegments(SEGMENT_BYTES, false);
        }

        public static void main(String[] arguments) throws IOException {
            ChildJvm.endWithParent();
            Path directory = Path.of(arguments[0]);
            Story story = new Story(
                    directory,
                    arguments[1].equals("limit") ? new SizeLimit() : new FileSystem(directory.resolve("ballast")));
            story.aLedgerCannotBeMade();
            long[] balances = story.newWorkIsRefusedAndPromisesAreKept();
            story.itOpensAgainAndGoesOnWithSpace(balances);
            story.promisesWithoutRoomAreKeptLater();
            story.whoHasTwoFilesNeedsNoMoreSpace();
            System.out.println("told to the end");
        }

        private void aLedgerCannotBeMade() throws IOException {
            disk.fill();
            assertThrows(LedgerOpenException.class, () -> new ShardCluster(config));
            if (disk instanceof FileSystem) {
                assertFalse(Files.exists(ledger), "not even its description can be written");
            } else {
                try (Stream<Path> files = Files.walk(ledger)) {
                    assertEquals(
                            List.of(),
                            files.filter(file -> file.toString().matches(".*(log|unfinished)"))
                                    .toList());
                }
            }
            disk.free();
        }

        private long[] newWorkIsRefusedAndPromisesAreKept() throws IOException {
            try (ShardCluster cluster = new ShardCluster(config)) {
                CompletableFuture<Outcome> promise = cluster.submit(new Transfer(++id, 1, 2, 70));
                disk.fill();
                long deposited0 = depositUntilRefused(cluster, 0);
                long deposited1 = depositUntilRefused(cluster, 1);

                assertRollingIsNotTriedForEveryRequest(cluster);

                // The credit needs room on the one shard, and settling it on the other.
                cluster.deliverAll();

                assertEquals(new Accepted(100_000 - 70), promise.join());
                assertEquals(100_000 + deposited0, cluster.balance(0));
                assertEquals(100_000 + deposited1 - 70, cluster.balance(1));
                assertEquals(100_000 + 70, cluster.balance(2));
                assertRefused(cluster.call(new Transfer(++id, 1, 2, 1)));
                assertRefused(cluster.call(new Transfer(++id, 1, 3, 1)));
                return balances(cluster);
            }
        }

        private long depositUntilRefused(ShardCluster cluster, int account) {
            long deposited = 0;
            while (cluster.call(new Deposit(++id, account, 1)) instanceof Accepted) {
                deposited++;
            }
            assertRefused(cluster.call(new Deposit(++id, account, 1)));
            return deposited;
        }

        /** Each attempt makes a file in the shard's folder and removes it again, which changes the folder. */
        private void assertRollingIsNotTriedForEveryRequest(ShardCluster cluster) throws IOException {
            Path folder = SegmentFolder.of(ledger, 0).path();
            Set<FileTime> changes = new HashSet<>();
            long beganNanos = System.nanoTime();
            for (int request = 0; request < 1_000; request++) {
                assertRefused(cluster.call(new Deposit(++id, 0, 1)));
                changes.add(Files.getLastModifiedTime(folder));
            }
            long periods =
                    (System.nanoTime() - beganNanos) / Duration.ofMillis(100).toNanos();

            // One is the state before, one an attempt in the first period.
            assertTrue(changes.size() <= periods + 2, () -> changes.size() + " changes in " + periods + " periods");
        }

        private static void assertRefused(Outcome outcome) {
            Refused refused = assertInstanceOf(Refused.class, outcome);
            assertEquals(Reason.UNAVAILABLE, refused.reason());
            assertTrue(refused.detail().contains("full"), refused::detail);
        }

        private long[] balances(ShardCluster cluster) {
            long[] balances = new long[config.accounts()];
            for (int account = 0; account < balances.length; account++) {
                balances[account] = cluster.balance(account);
            }
            return balances;
        }

        private void itOpensAgainAndGoesOnWithSpace(long[] balances) throws IOException {
            try (ShardCluster cluster = new ShardCluster(config)) {
                assertEquals(List.of(balances[0], balances[1], balances[2], balances[3]), boxed(balances(cluster)));
                assertRefused(cluster.call(new Deposit(++id, 1, 1)));
                assertEquals(List.of(), unfinished());

                disk.free();

                // Within the time after which rolling is tried again.
                await().atMost(PATIENCE).until(() -> cluster.call(new Deposit(++id, 1, 1)) instanceof Accepted);
                assertEquals(balances[1] + 1, cluster.balance(1));
            }
            try (ShardCluster cluster = new ShardCluster(config)) {
                assertEquals(balances[1] + 1, cluster.balance(1));
            }
        }

        private static List<Long> boxed(long[] values) {
            List<Long> boxed = new ArrayList<>();
            for (long value : values) {
                boxed.add(value);
            }
            return boxed;
        }

        private List<Path> unfinished() throws IOException {
            try (Stream<Path> files = Files.walk(ledger)) {
                return files.filter(file -> file.toString().endsWith("unfinished"))
                        .toList();
            }
        }

        /** Shard 1 has room, shard 0 has not even its reserve left. */
        private void promisesWithoutRoomAreKeptLater() throws IOException {
            // Who keeps all files needs another one each time.
            try (ShardCluster cluster = new ShardCluster(config.withSegments(SEGMENT_BYTES, true))) {
                await().atMost(PATIENCE).until(() -> cluster.call(new Deposit(++id, 0, 1)) instanceof Accepted);
                long before = cluster.balance(2) + cluster.balance(1);
                disk.fill();
                depositUntilRefused(cluster, 0);
                assertThrows(JournalFullException.class, () -> {
                    while (true) {
                        cluster.call(new Transfer(++id, 1, 2, 1));
                    }
                });
                assertThrows(LedgerOpenException.class, () -> cluster.recover(0));
                disk.free();
                cluster.recover(0);
                cluster.settle();
                assertEquals(before, cluster.balance(2) + cluster.balance(1));
            }
        }

        private void whoHasTwoFilesNeedsNoMoreSpace() throws IOException {
            try (ShardCluster cluster = new ShardCluster(config)) {
                deposit(cluster, MORE_THAN_A_SEGMENT_HOLDS);
                disk.fill();

                deposit(cluster, 3 * MORE_THAN_A_SEGMENT_HOLDS);

                disk.free();
            }
        }

        private void deposit(ShardCluster cluster, int deposits) {
            for (int deposit = 0; deposit < deposits; deposit++) {
                assertInstanceOf(Accepted.class, cluster.call(new Deposit(++id, 0, 1)));
            }
        }
    }

    private void tell(Path where, String disk, List<String> wrapper) throws Exception {
        try (ChildJvm child = ChildJvm.start(directory.resolve("output"), wrapper, Story.class, where, disk)) {
            assertEquals(0, child.end(), child.output());
            assertTrue(child.output().contains("told to the end"), child.output());
        }
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aFullFileSystemRefusesNewWorkKeepsPromisesAndLosesNothing() throws Exception {
        Path mount = Files.createDirectory(directory.resolve("mount"));
        List<String> inNamespace = List.of("unshare", "--user", "--map-root-user", "--mount");
        String mountIt = "mount -t tmpfs -o size=256k tmpfs " + mount;
        List<String> probe = new ArrayList<>(inNamespace);
        probe.addAll(List.of("sh", "-c", mountIt));
        assumeTrue(succeeds(probe.toArray(String[]::new)), "this kernel lets nobody but root mount a file system");
        List<String> wrapper = new ArrayList<>(inNamespace);
        wrapper.addAll(List.of("sh", "-c", mountIt + " && exec \"$@\"", "sh"));

        tell(mount, "file-system", wrapper);
    }

    @Test
    void aSegmentThatCannotBeWrittenRefusesNewWorkKeepsPromisesAndLosesNothing() throws Exception {
        assumeTrue(succeeds("prlimit", "--version"), "there is no prlimit here");

        tell(directory, "limit", List.of());
    }
}
