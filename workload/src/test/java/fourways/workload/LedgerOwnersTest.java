package fourways.workload;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.Outcome.Accepted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may use a ledger, and each of its shards: one owner at a time. */
class LedgerOwnersTest extends LedgerStoreFixture {

    /** A process that claims a ledger and opens a shard of it, until it is killed. */
    static final class Holder {
        public static void main(String[] arguments) throws InterruptedException {
            ChildJvm.endWithParent();
            LedgerConfig config = configIn(Path.of(arguments[0]));
            LedgerStore store = arguments[1].equals("join") ? LedgerStore.join(config) : LedgerStore.open(config);
            Shard shard = Shard.open(store, 1, NO_PEERS);
            shard.handle(new Deposit(1, 1, 50), outcome -> System.out.println("ready"));
            Thread.currentThread().join();
        }
    }

    private ChildJvm holder(String how) throws IOException {
        ChildJvm child =
                ChildJvm.start(directory.resolve("output"), List.of(), Holder.class, directory.resolve("ledger"), how);
        await().atMost(ChildJvm.PATIENCE).until(() -> child.output().contains("ready") || !child.isAlive());
        assertTrue(child.isAlive(), child.output());
        return child;
    }

    @Test
    void aLedgerThatRunsInThisProcessIsRefusedAndUnharmedAndOpensAgainAfterwards() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("ledger"));
        try (ShardCluster cluster = new ShardCluster(config())) {
            assertContains(
                    refusalOf(config()),
                    directory.resolve("ledger").toString(),
                    "in use by this process, " + ProcessHandle.current().pid());
            assertContains(refusalOf(configIn(link)), "in use by this process");

            try (ChildJvm other = ChildJvm.start(
                    directory.resolve("output"), List.of(), Holder.class, directory.resolve("ledger"), "open")) {
                assertEquals(1, other.end(), "the lock still holds against another process");
                assertContains(
                        other.output(),
                        "in use by process " + ProcessHandle.current().pid());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertEquals(new Accepted(100_050), cluster.call(new Deposit(1, 1, 50)));
        }

        openAndClose(config());
    }

    @Test
    void aLedgerThatRunsInAnotherProcessIsRefusedByItsIdAndOpensAfterAKill() throws Exception {
        try (ChildJvm child = holder("open")) {
            List<Path> before = everything();

            assertContains(refusalOf(config()), "in use by process " + child.pid());

            assertEquals(before, everything());
            child.kill();
        }

        try (ShardCluster cluster = new ShardCluster(config())) {
            assertEquals(100_050, cluster.balance(1));
        }
    }

    @Test
    void aShardHasOneOwnerInOneProcess() {
        try (LedgerStore store = LedgerStore.open(config());
                LedgerStore joined = LedgerStore.join(config())) {
            Shard shard = Shard.open(store, 1, NO_PEERS);

            for (LedgerStore any : List.of(store, joined)) {
                LedgerOpenException refusal =
                        assertThrows(LedgerOpenException.class, () -> Shard.open(any, 1, NO_PEERS));
                assertContains(String.valueOf(refusal.getMessage()), "shard 1", "in use by this process");
            }
            shard.close();
            Shard.open(joined, 1, NO_PEERS).close();
        }
    }

    @Test
    void aShardThatAnotherProcessOwnsIsWaitedForAndThenRefused() throws Exception {
        openAndClose(config());
        try (ChildJvm child = holder("join");
                LedgerStore store = LedgerStore.open(config())) {
            LedgerOpenException refusal = assertThrows(LedgerOpenException.class, () -> Shard.open(store, 1, NO_PEERS));
            assertContains(String.valueOf(refusal.getMessage()), "shard 1", "in use by process " + child.pid());

            // From now on it may end at any moment, before the shard is opened or while that waits.
            Thread ending = Thread.ofVirtual().start(() -> {
                try {
                    child.kill();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            Shard.open(store, 1, NO_PEERS).close();
            ending.join();
        }
    }

    @Test
    void closingTheStoreFencesOffAnOwnerThatStillHasAShard() {
        for (JournalMode mode : JournalMode.values()) {
            LedgerConfig config = config().withJournal(mode, directory.resolve("ledger"));
            LedgerStore store = LedgerStore.open(config);
            Shard shard = Shard.open(store, 1, NO_PEERS);
            List<Outcome> answers = new ArrayList<>();

            store.close();

            assertThrows(
                    IllegalStateException.class, () -> shard.handle(new Deposit(1, 1, 50), answers::add), mode.name());
            assertThrows(
                    IllegalStateException.class,
                    () -> shard.handle(new Command.ReadBalance(2, 1), answers::add),
                    mode.name());
            assertEquals(List.of(), answers);
            assertThrows(LedgerOpenException.class, () -> Shard.open(store, 1, NO_PEERS));
            shard.close();
        }
        try (ShardCluster cluster = new ShardCluster(config())) {
            assertEquals(100_000, cluster.balance(1));
        }
    }
}
