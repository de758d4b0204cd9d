package fourways.workload;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.History.State;
import fourways.workload.Outcome.Accepted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Commands DEPOSITS = id -> new Deposit(id, 0, 1);

    private final History history = new History(1_000_000);
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void endThreads() {
        threads.close();
    }

    /** A ledger that is one function. */
    private record Answering(Function<Command, CompletableFuture<Outcome>> answers) implements Ledger {

        @Override
        public CompletableFuture<Outcome> submit(Command command) {
            return answers.apply(command);
        }

        @Override
        public void close() {}
    }

    private static CompletableFuture<Outcome> accepted() {
        return CompletableFuture.completedFuture(new Accepted(0));
    }

    @Test
    void everyCommandIsSentOnceInOrderAndItsAnswerRecorded() {
        List<Command> sent = new ArrayList<>();
        Ledger direct = new Answering(command -> {
            assertEquals(State.UNANSWERED, history.state(command.id()), "recorded before it is sent");
            sent.add(command);
            return accepted();
        });

        LoopResult result = ClosedLoop.run(
                direct, DEPOSITS, history, LoopPlan.ofCommands(4, 1_000).startingAt(10));

        assertEquals(1_000, sent.size());
        for (int i = 0; i < 1_000; i++) {
            assertEquals(new Deposit(i + 10, 0, 1), sent.get(i));
        }
        assertEquals(1_010, history.end());
        assertEquals(1_000, result.sent());
        assertEquals(1_000, result.answers());
        assertEquals(1_000, result.tally().accepted());
        assertEquals(0, result.unanswered());
        assertTrue(result.elapsedNanos() > 0);
        assertEquals(1_000 * 1e9 / result.elapsedNanos(), result.requestsPerSecond());
    }

    @Test
    void answersFromOtherThreadsKeepItGoing() {
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Ledger pooled = new Answering(command -> {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            return CompletableFuture.supplyAsync(
                    () -> {
                        inFlight.decrementAndGet();
                        return new Accepted(0);
                    },
                    threads);
        });

        LoopResult result = ClosedLoop.run(pooled, DEPOSITS, history, LoopPlan.ofCommands(7, 100_000));

        assertEquals(100_000, result.tally().accepted());
        assertEquals(0, result.unanswered());
        assertTrue(most.get() <= 7, () -> most + " in flight");
    }

    @Test
    void itFillsTheWindowAndRefillsItWhenHalfIsAnswered() throws Exception {
        List<CompletableFuture<Outcome>> futures = new CopyOnWriteArrayList<>();
        Ledger waiting = new Answering(command -> {
            CompletableFuture<Outcome> future = new CompletableFuture<>();
            futures.add(future);
            return future;
        });
        FutureTask<LoopResult> run =
                new FutureTask<>(() -> ClosedLoop.run(waiting, DEPOSITS, history, LoopPlan.ofCommands(8, 12)));
        Thread sender = Thread.ofPlatform().start(run);

        await().atMost(PATIENCE).until(() -> futures.size() == 8 && sender.getState() == Thread.State.TIMED_WAITING);
        futures.get(0).complete(new Accepted(0));
        futures.get(5).complete(new Accepted(0));
        futures.get(7).complete(new Accepted(0));
        // A sender that was woken would send at once; a tenth of a second is ten thousand times what that takes.
        await().during(Duration.ofMillis(100)).atMost(PATIENCE).until(() -> futures.size() == 8);
        futures.get(1).complete(new Accepted(0));
        await().atMost(PATIENCE).until(() -> futures.size() == 12);
        futures.forEach(future -> future.complete(new Accepted(0)));

        assertEquals(12, run.get().tally().accepted());
        assertEquals(0, run.get().unanswered());
    }

    @Test
    void itEndsThoughAnswersNeverCome() {
        List<CompletableFuture<Outcome>> futures = new ArrayList<>();
        Ledger silent = new Answering(command -> {
            futures.add(new CompletableFuture<>());
            return futures.getLast();
        });
        LoopPlan plan = LoopPlan.ofTime(3, Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofMillis(10));

        LoopResult result = ClosedLoop.run(silent, DEPOSITS, history, plan);

        assertEquals(3, result.sent());
        assertEquals(3, result.unanswered());
        assertEquals(0, result.answers());
        assertEquals(State.UNANSWERED, history.state(2));

        futures.get(2).complete(new Accepted(0));
        assertEquals(State.ACCEPTED, history.state(2), "an answer that comes after the run");
    }

    @Test
    void onlyWhatIsSentWhileMeasuringIsTallied() {
        History large = new History(History.MAX_COMMANDS);
        List<Long> ends = new ArrayList<>();
        ClosedLoop.Observer observer = new ClosedLoop.Observer() {
            @Override
            public void measuringBegins() {
                ends.add(large.end());
            }

            @Override
            public void measuringEnds() {
                ends.add(large.end());
            }
        };
        LoopPlan plan = LoopPlan.ofTime(4, Duration.ofMillis(10), Duration.ofMillis(10), PATIENCE);

        LoopResult result = ClosedLoop.run(new Answering(_ -> accepted()), DEPOSITS, large, plan, observer);

        assertEquals(result.sent(), ends.get(1));
        assertEquals(ends.get(1) - ends.get(0), result.tally().sent());
        assertEquals(result.tally().sent(), result.answers());
        assertTrue(ends.get(0) > 0, "nothing was sent to warm up");
    }

    @Test
    void theWarmUpLeavesHalfOfTheCommandsToBeMeasured() {
        LoopPlan plan = new LoopPlan(4, 0, 100, PATIENCE, PATIENCE, PATIENCE);

        LoopResult result = ClosedLoop.run(new Answering(_ -> accepted()), DEPOSITS, history, plan);

        assertEquals(100, result.sent());
        assertEquals(50, result.tally().sent());
        assertEquals(50, result.answers());
    }

    @Test
    void aFullHistoryEndsIt() {
        History small = new History(50);

        LoopResult result = ClosedLoop.run(
                new Answering(_ -> accepted()),
                DEPOSITS,
                small,
                LoopPlan.ofCommands(4, 1_000).startingAt(20));

        assertEquals(30, result.sent());
    }

    @Test
    void anInterruptedThreadStopsAndStaysInterrupted() {
        Ledger interrupting = new Answering(command -> {
            if (command.id() == 500) {
                Thread.currentThread().interrupt();
            }
            return accepted();
        });

        LoopResult result = ClosedLoop.run(interrupting, DEPOSITS, history, LoopPlan.ofCommands(4, 100_000));

        assertTrue(Thread.interrupted());
        assertTrue(result.sent() < 1_000, () -> result.sent() + " sent");
    }

    @Test
    void aLedgerThatThrowsIsReported() {
        IllegalArgumentException cause = new IllegalArgumentException("broken");
        Ledger throwing = new Answering(_ -> {
            throw cause;
        });

        IllegalStateException reported = assertThrows(
                IllegalStateException.class,
                () -> ClosedLoop.run(throwing, DEPOSITS, history, LoopPlan.ofCommands(4, 10)));

        assertEquals("the ledger threw on Deposit[id=0, account=0, amountCents=1]", reported.getMessage());
        assertSame(cause, reported.getCause());
    }

    @Test
    void aFutureThatFailsIsReportedWhetherItDoesSoAtOnceOrLater() {
        IllegalArgumentException cause = new IllegalArgumentException("broken");
        Ledger atOnce = new Answering(_ -> CompletableFuture.failedFuture(cause));
        Ledger later = new Answering(_ -> CompletableFuture.supplyAsync(
                () -> {
                    throw cause;
                },
                threads));

        for (Ledger ledger : List.of(atOnce, later)) {
            IllegalStateException reported = assertThrows(
                    IllegalStateException.class,
                    () -> ClosedLoop.run(ledger, DEPOSITS, history, LoopPlan.ofCommands(1, 10)));

            assertEquals("the ledger completed command 0 without an outcome", reported.getMessage());
            assertSame(cause, Objects.requireNonNull(reported.getCause()).getCause());
        }
    }

    @Test
    void aPlanOutOfRangeIsRefused() {
        LoopPlan plan = LoopPlan.ofCommands(1, 1);

        assertRefused("inFlight is 0, allowed are 1 to 1048576", () -> LoopPlan.ofCommands(0, 1));
        assertRefused("maxCommands is 0, allowed are 1 to 2147483648", () -> LoopPlan.ofCommands(1, 0));
        assertRefused("firstId is -1, allowed are 0 to 2147483647", () -> plan.startingAt(-1));
        assertRefused(
                "measured is PT0S, allowed are above 0 to PT24H",
                () -> LoopPlan.ofTime(1, Duration.ZERO, Duration.ZERO, Duration.ZERO));
        assertRefused(
                "warmUp is PT-1S, allowed are 0 to PT24H",
                () -> LoopPlan.ofTime(1, Duration.ofSeconds(-1), PATIENCE, PATIENCE));
        assertRefused(
                "patience is PT25H, allowed are 0 to PT24H",
                () -> LoopPlan.ofTime(1, PATIENCE, PATIENCE, Duration.ofHours(25)));
    }

    private static void assertRefused(String message, Runnable making) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, making::run).getMessage());
    }
}
