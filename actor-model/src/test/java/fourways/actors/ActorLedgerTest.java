package fourways.actors;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Admission;
import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.JournalFiles;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerOpenException;
import fourways.workload.LedgerStore;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import fourways.workload.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a ledger of actors begins and ends, and on which threads it lives. */
final class ActorLedgerTest {

    @TempDir
    Path directory;

    @Test
    void shardsAreServedByAsManyThreadsAsThereAreWorkers() {
        int workers = 3;
        try (Ledger ledger =
                new ActorArchitecture().open(LedgerConfig.inMemory().withWorkers(workers))) {
            List<CompletableFuture<Outcome>> located = new ArrayList<>();
            for (int id = 0; id < 20_000; id++) {
                located.add(ledger.submit(new Locate(id, id % 64)));
            }

            Set<String> threads = located.stream()
                    .map(future -> ((Located) answer(future)).threadName())
                    .collect(Collectors.toCollection(HashSet::new));

            assertTrue(threads.size() <= workers, threads::toString);
        }
    }

    @Test
    void closeLeavesNoThreadBehind() {
        Set<String> before = threads();

        Ledger ledger = new ActorArchitecture().open(LedgerConfig.in(directory));
        assertFalse(threadsOtherThan(before).isEmpty());
        ledger.close();

        Awaitility.await().atMost(20, SECONDS).untilAsserted(() -> assertEquals(Set.of(), threadsOtherThan(before)));
    }

    @Test
    void aJournalThatCannotBeReplayedLeavesNoThreadBehind() throws Exception {
        new ActorArchitecture().open(LedgerConfig.in(directory)).close();
        Set<String> before = threads();

        JournalFiles.flipSnapshotBit(directory, 5);
        LedgerOpenException refused =
                assertThrows(LedgerOpenException.class, () -> new ActorArchitecture().open(LedgerConfig.in(directory)));

        assertTrue(String.valueOf(refused.getMessage()).contains("shard 5"), refused::getMessage);
        Awaitility.await().atMost(20, SECONDS).untilAsserted(() -> assertEquals(Set.of(), threadsOtherThan(before)));
    }

    @Test
    void aStuckActorDoesNotKeepTheDirectoryWhenTheLedgerCloses() {
        LedgerConfig config = LedgerConfig.in(directory).withAccounts(80, 8);
        Ledger stuck = new ActorArchitecture().open(config);
        answer(stuck.submit(new Deposit(1, 0, 5)));
        CompletableFuture<Outcome> never = stuck.submit(new Sabotage(2, 0, "blocking-call"));

        stuck.close();

        assertInstanceOf(Indeterminate.class, answer(never));
        try (Ledger next = new ActorArchitecture().open(config)) {
            assertEquals(new Accepted(100_005), answer(next.submit(new ReadBalance(3, 0))));
        }
    }

    @Test
    void aRequestForAnActorThatHasStoppedIsRefused() {
        LedgerConfig config = LedgerConfig.inMemory();
        Admission admission = new Admission(config);
        CompletableFuture<ShardRefs> opened = new CompletableFuture<>();
        ActorSystem<Guardian.Message> system = ActorSystems.start(
                Guardian.create(config.shards(), new PlainSupervision(LedgerStore.open(config), admission), opened),
                config,
                Policies.plain().settings());
        try {
            ShardRefs shards = opened.orTimeout(20, SECONDS).join();

            Adapter.toClassic(shards.all().get(7)).tell(PoisonPill.getInstance(), ActorRef.noSender());
            Request request = admission.admit(new ReadBalance(1, 7));
            shards.serve(request);

            assertEquals(
                    Reason.UNAVAILABLE,
                    assertInstanceOf(Refused.class, answer(request)).reason());
        } finally {
            ActorSystems.stop(system);
        }
    }

    @Test
    void aRequestThatFindsTheMailboxFullIsRefused() throws InterruptedException {
        LedgerConfig config = LedgerConfig.inMemory().withAccounts(10, 1).withCapacity(1);
        // More than the mailboxes of that ledger are made for.
        Admission admission = new Admission(config.withCapacity(1_000));
        CompletableFuture<ShardRefs> opened = new CompletableFuture<>();
        ActorSystem<Guardian.Message> system = ActorSystems.start(
                Guardian.create(1, new PlainSupervision(LedgerStore.open(config), admission), opened),
                config,
                Policies.plain().settings());
        try {
            ShardRefs shards = opened.orTimeout(20, SECONDS).join();
            CountDownLatch release = Holdup.of(() -> served(shards, admission.admit(new ReadBalance(0, 0))));

            List<Request> requests = IntStream.range(0, 100)
                    .mapToObj(id -> served(shards, admission.admit(new ReadBalance(id, 0))))
                    .toList();
            Awaitility.await()
                    .atMost(20, SECONDS)
                    .until(() -> requests.stream()
                            .anyMatch(request -> request.getNow(new Accepted(0)) instanceof Refused refused
                                    && refused.detail().contains("mailbox is full")));
            release.countDown();

            requests.forEach(ActorLedgerTest::answer);
            assertInstanceOf(Accepted.class, answer(requests.getFirst()), "what got in is served");
        } finally {
            ActorSystems.stop(system);
        }
    }

    private static Request served(ShardRefs shards, Request request) {
        shards.serve(request);
        return request;
    }

    @Test
    void theFloorAnswersWhatItWasSentBeforeItsCloseAndRefusesWhatComesLater() throws Exception {
        Ledger floor = new ActorArchitecture().openFloor(LedgerConfig.inMemory());
        CountDownLatch release = Holdup.of(() -> floor.submit(new Deposit(1, 0, 1)));
        List<CompletableFuture<Outcome>> behind = IntStream.range(0, 100)
                .mapToObj(id -> floor.submit(new Deposit(id, 0, 1)))
                .toList();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(floor::close);
        Awaitility.await()
                .atMost(20, SECONDS)
                .until(() -> answer(floor.submit(new Deposit(2, 1, 1))) instanceof Refused);
        release.countDown();

        closing.get(20, SECONDS);
        behind.forEach(future -> assertEquals(new Accepted(0), answer(future)));
        assertInstanceOf(Refused.class, answer(floor.submit(new Deposit(3, 0, 1))));
    }

    /** Only ours: JUnit and the JDK start threads of their own. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("ledger"))
                .collect(Collectors.toSet());
    }

    private static Set<String> threadsOtherThan(Set<String> before) {
        Set<String> threads = threads();
        threads.removeAll(before);
        return threads;
    }

    private static Outcome answer(CompletableFuture<Outcome> future) {
        return future.orTimeout(20, SECONDS).join();
    }
}
