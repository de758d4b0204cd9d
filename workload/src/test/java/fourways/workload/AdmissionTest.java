package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Transfer;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {

    private static final int CAPACITY = 3;
    private static final LedgerConfig CONFIG =
            LedgerConfig.inMemory().withAccounts(40, 4).withCapacity(CAPACITY);

    private final Admission admission = new Admission(CONFIG);

    private Request read(long id, int account) {
        return admission.admit(new ReadBalance(id, account));
    }

    private List<Request> inFlight(int shard) {
        List<Request> found = new ArrayList<>();
        admission.inFlight(shard, found::add);
        return found;
    }

    @Test
    void anAdmittedRequestIsOnItsShardUntilItIsAnswered() {
        Request request = read(7, 6);

        assertFalse(request.isDone());
        assertEquals(2, request.shard());
        assertEquals(new ReadBalance(7, 6), request.command());
        assertEquals(List.of(request), inFlight(2));
        assertEquals(List.of(), inFlight(1));

        request.answer(new Accepted(5));

        assertEquals(new Accepted(5), request.resultNow());
        assertEquals(List.of(), inFlight(2));
    }

    @Test
    void aTransferIsOnTheShardThatIsDebited() {
        assertEquals(3, admission.admit(new Transfer(1, 7, 8, 5)).shard());
    }

    @Test
    void theSlotIsFreeBeforeTheClientHears() {
        Request request = read(1, 0);
        List<Integer> inFlightWhenHeard = new ArrayList<>();
        var _ = request.thenAccept(_ -> inFlightWhenHeard.add(inFlight(0).size()));

        request.answer(new Accepted(5));

        assertEquals(List.of(0), inFlightWhenHeard);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 5, Long.MIN_VALUE, Long.MAX_VALUE})
    void eachShardTakesAsManyAsItsCapacityWhateverTheirIds(long firstId) {
        for (int i = 0; i < CAPACITY; i++) {
            assertFalse(read(firstId, 0).isDone(), "ids are not looked at here, not even repeated ones");
        }

        Request tooMany = read(firstId, 0);

        Refused refused = assertInstanceOf(Refused.class, tooMany.resultNow());
        assertEquals(Reason.OVERLOADED, refused.reason());
        assertEquals("shard 0 has 3 requests in flight, its capacity", refused.detail());
        assertFalse(read(firstId, 1).isDone(), "another shard");
        inFlight(0).get(1).answer(new Accepted(0));
        assertFalse(read(firstId, 0).isDone(), "there is room again");
    }

    @Test
    void whatMakesNoSenseIsRefusedAndTakesNoSlot() {
        Request request = admission.admit(new Deposit(1, 40, 5));

        assertEquals(
                Reason.UNKNOWN_ACCOUNT,
                assertInstanceOf(Refused.class, request.resultNow()).reason());
        for (int shard = 0; shard < 4; shard++) {
            assertEquals(List.of(), inFlight(shard));
        }
    }

    @Test
    void onlyTheFirstAnswerCountsAndALateOneLeavesTheSlotsNextHolderAlone() {
        Request first = read(1, 0);
        first.answer(new Accepted(5));
        Request second = read(1, 0);
        assertEquals(first.slot(), second.slot());

        first.answer(new Indeterminate("late"));

        assertEquals(new Accepted(5), first.resultNow());
        assertFalse(second.isDone());
        assertEquals(List.of(second), inFlight(0));
    }

    @Test
    void answeringWhatWasRefusedChangesNothing() {
        Request invalid = admission.admit(new Deposit(1, 0, -5));

        invalid.answer(new Accepted(5));

        assertInstanceOf(Refused.class, invalid.resultNow());
    }

    @Test
    void aClientThatCompletesItsFutureItselfDoesNotKeepTheSlot() {
        Request request = read(1, 0);
        request.cancel(true);
        assertEquals(List.of(request), inFlight(0), "the shard's owner is still at it");

        request.answer(new Accepted(5));

        assertTrue(request.isCancelled());
        assertEquals(List.of(), inFlight(0));
    }

    @Test
    void aRequestIsFoundByShardSlotAndIdAndByNothingElse() {
        Request request = read(7, 6);

        assertSame(request, admission.find(2, request.slot(), 7));
        assertNull(admission.find(2, request.slot(), 8));
        assertNull(admission.find(1, request.slot(), 7));
        assertNull(admission.find(2, (request.slot() + 1) % CAPACITY, 7));
        assertNull(admission.find(-1, 0, 7));
        assertNull(admission.find(4, 0, 7));
        assertNull(admission.find(2, -1, 7));
        assertNull(admission.find(2, CAPACITY, 7));
        request.answer(new Accepted(5));
        assertNull(admission.find(2, request.slot(), 7));
    }

    @Test
    void allOfOneShardAreAnsweredWhenItsOwnerDies() {
        List<Request> victims = List.of(read(1, 0), read(2, 4), read(3, 8));
        Request neighbor = read(4, 1);

        admission.answerAll(0, new Indeterminate("its owner died"));

        for (Request victim : victims) {
            assertEquals(new Indeterminate("its owner died"), victim.resultNow());
        }
        assertFalse(neighbor.isDone());
        assertEquals(List.of(), inFlight(0));
    }

    @Test
    void aSuspendedShardIsRefusedUntilItIsResumed() {
        Request earlier = read(1, 0);

        admission.suspend(0, "it is being recovered");

        Refused refused = assertInstanceOf(Refused.class, read(2, 0).resultNow());
        assertEquals(new Refused(Reason.UNAVAILABLE, "shard 0: it is being recovered"), refused);
        assertEquals(refused, admission.admit(new Transfer(3, 0, 1, 5)).resultNow(), "from it");
        assertEquals(refused, admission.admit(new Transfer(4, 1, 0, 5)).resultNow(), "to it");
        assertFalse(admission.admit(new Transfer(5, 1, 2, 5)).isDone(), "between others");
        assertEquals(List.of(earlier), inFlight(0));
        admission.resume(0);
        assertFalse(read(6, 0).isDone());
    }

    /** A newcomer that looked at the gate just before, and took its slot just after, would wait for nobody. */
    @Test
    @Timeout(60)
    void whoAnswersAllOfASuspendedShardForgetsNobody() throws Exception {
        Admission busy = new Admission(CONFIG.withCapacity(1_024));
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong admitted = new AtomicLong();
        try (ExecutorService client = Executors.newSingleThreadExecutor()) {
            Future<?> run = client.submit(() -> {
                while (!over.get()) {
                    var _ = busy.admit(new ReadBalance(admitted.get(), 0));
                    admitted.incrementAndGet();
                }
            });

            try {
                for (int round = 0; round < 20_000; round++) {
                    busy.resume(0);
                    awaitOneMore(admitted);
                    busy.suspend(0, "its owner is stuck");
                    busy.answerAll(0, new Indeterminate("nobody knows"));
                    awaitOneMore(admitted);
                    awaitOneMore(admitted);

                    AtomicInteger forgotten = new AtomicInteger();
                    busy.inFlight(0, request -> forgotten.incrementAndGet());
                    assertEquals(0, forgotten.get(), "round " + round);
                }
            } finally {
                // Before the executor closes, which waits for the client.
                over.set(true);
            }
            run.get(20, TimeUnit.SECONDS);
        }
    }

    private static void awaitOneMore(AtomicLong count) {
        long before = count.get();
        long giveUpNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (count.get() == before) {
            assertTrue(System.nanoTime() < giveUpNanos, "the client is gone");
            Thread.onSpinWait();
        }
    }

    @Test
    void aClosedGateRefusesNewcomersAndWaitsForThoseInside() throws Exception {
        Request inside = read(1, 0);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> closing = threads.submit(() -> admission.close(Duration.ofSeconds(20)));
            long startNanos = System.nanoTime();
            Refused refused = null;
            while (refused == null) {
                assertTrue(System.nanoTime() - startNanos < 20_000_000_000L, "newcomers are let in still");
                Request newcomer = read(2, 1);
                refused = newcomer.isDone() ? assertInstanceOf(Refused.class, newcomer.resultNow()) : null;
                newcomer.answer(new Accepted(0));
            }
            assertEquals(new Refused(Reason.UNAVAILABLE, "the ledger is closed"), refused);
            assertFalse(closing.isDone());

            inside.answer(new Accepted(5));
            closing.get();
        }
        assertEquals(new Accepted(5), inside.resultNow());
        assertEquals(List.of(), inFlight(1));
    }

    @Test
    void closingIsBoundedAndWhatIsLeftCanBeAbandoned() {
        Request stuck = read(1, 0);

        admission.close(Duration.ofMillis(20));
        assertFalse(stuck.isDone());
        admission.abandon();

        assertEquals(new Indeterminate("the ledger closed before this was answered"), stuck.resultNow());
    }

    @Test
    void anInterruptedCloseDoesNotWaitAndStaysInterrupted() {
        Request stuck = read(1, 0);
        Thread.currentThread().interrupt();

        admission.close(Duration.ofMinutes(10));

        assertTrue(Thread.interrupted());
        assertFalse(stuck.isDone());
    }

    @Test
    void manyThreadsNeverShareASlotNorExceedTheCapacity() throws Exception {
        int clients = 4;
        int rounds = 20_000;
        AtomicInteger refused = new AtomicInteger();
        CyclicBarrier start = new CyclicBarrier(clients);
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<?>> done = IntStream.range(0, clients)
                    .<Future<?>>mapToObj(client -> threads.submit(() -> {
                        start.await();
                        for (int i = 0; i < rounds; i++) {
                            Request request = read(i, 0);
                            if (request.isDone()) {
                                refused.incrementAndGet();
                            } else {
                                assertSame(request, admission.find(0, request.slot(), i));
                                request.answer(new Accepted(client));
                                assertEquals(new Accepted(client), request.getNow(null));
                            }
                        }
                        return null;
                    }))
                    .toList();
            for (Future<?> each : done) {
                each.get();
            }
        }

        assertEquals(List.of(), inFlight(0));
        assertTrue(refused.get() < clients * rounds, "none was ever admitted");
        Set<Integer> slots = new HashSet<>();
        for (int i = 0; i < CAPACITY; i++) {
            slots.add(read(0, 0).slot());
        }
        assertEquals(Set.of(0, 1, 2), slots);
    }
}
