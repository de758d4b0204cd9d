package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command;
import fourways.workload.History.State;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Load;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against ledgers that answer at once or never, so that nothing depends on how fast this machine is: the observer may be as late as it likes. */
final class ObserverTest {

    /** 40 requests, 10 a shard, 4 a bucket. */
    private static final Schedule SCHEDULE = new Schedule(80, Duration.ofMillis(500));

    /** Far longer than any test waits. */
    private static final Schedule TOO_LONG = new Schedule(80, Duration.ofMinutes(5));

    private final LedgerConfig config = LedgerConfig.inMemory().withAccounts(400, 4);
    private final EvenLoad load = new EvenLoad(Load.standard(config, 3).withCrossShardShare(0), config);

    @Test
    void everyRequestIsCountedInItsShardAndBucket() throws InterruptedException {
        Observation observation = observe(command -> answered(new Accepted(0))).observation();

        for (int shard = 0; shard < 4; shard++) {
            assertEquals(10, sum(observation.sent(List.of(shard))));
            assertEquals(10, sum(observation.ok(List.of(shard))));
        }
        for (int bucket = 0; bucket < SCHEDULE.buckets(); bucket++) {
            assertEquals(4, observation.sent(List.of(0, 1, 2, 3)).get(bucket));
        }
    }

    @Test
    void whatTheRulesForbidIsServedAndWhatNobodyServesIsNot() throws InterruptedException {
        Observation observation = observe(command -> switch (config.shardOf(command)) {
                    case 0 -> answered(new Refused(Reason.INSUFFICIENT_FUNDS, ""));
                    case 1 -> answered(new Refused(Reason.UNAVAILABLE, ""));
                    case 2 -> answered(new Indeterminate(""));
                    default -> answered(new Refused(Reason.OVERLOADED, ""));
                })
                .observation();

        assertEquals(1, observation.availability(List.of(0), 0, SCHEDULE.buckets()));
        assertEquals(0, observation.availability(List.of(1), 0, SCHEDULE.buckets()));
        assertEquals(0, observation.availability(List.of(2), 0, SCHEDULE.buckets()));
        assertEquals(0, observation.availability(List.of(3), 0, SCHEDULE.buckets()));
    }

    @Test
    void requestThatIsNeverAnsweredIsNotServed() throws InterruptedException {
        Observer observer =
                observe(command -> command.id() == 9 ? new CompletableFuture<>() : answered(new Accepted(0)));

        assertEquals(9, sum(observer.observation().ok(List.of(1))));
        assertEquals(State.UNANSWERED, observer.history().state(9));
        assertEquals(State.ACCEPTED, observer.history().state(10));
    }

    @Test
    void everyRequestIsKnownWithItsTimesAndItsAnswer() throws InterruptedException {
        Refused refusal = new Refused(Reason.UNAVAILABLE, "because");
        Observer observer = observe(command -> switch ((int) command.id()) {
            case 9 -> new CompletableFuture<>();
            case 10 -> answered(refusal);
            default -> answered(new Accepted(7));
        });

        ObservedRequest served = observer.request(8);
        assertEquals(load.command(8), served.command());
        assertEquals(100_000, served.intendedMicros());
        assertEquals(new Accepted(7), served.outcome());
        long sent = Objects.requireNonNull(served.sentMicros());
        long answered = Objects.requireNonNull(served.answeredMicros());
        assertTrue(100_000 <= sent && sent <= answered, served.toString());
        assertEquals(answered - 100_000, served.latencyMicros());
        assertEquals(null, observer.request(9).outcome());
        assertEquals(null, observer.request(9).answeredMicros());
        assertEquals(1_000_000L, observer.request(9).latencyMicros());
        assertEquals(refusal, observer.request(10).outcome());
        assertFalse(observer.request(10).ok());
    }

    /** The one request holds the sender up for longer than any may be late; all that come after it have been meant for before. */
    @Test
    void observerThatIsHeldUpKnowsThatItWasLate() throws InterruptedException {
        long lateNanos = TimeUnit.MILLISECONDS.toNanos(600);

        Observer observer = observe(command -> {
            long begin = System.nanoTime();
            while (command.id() == 5 && System.nanoTime() - begin < lateNanos) {
                Thread.onSpinWait();
            }
            return answered(new Accepted(0));
        });

        Punctuality punctuality = observer.punctuality();
        assertTrue(punctuality.worstLagMillis() >= 580, punctuality.toString());
        assertTrue(String.valueOf(punctuality.complaint()).startsWith("observer late"), punctuality.toString());
        assertTrue(Objects.requireNonNull(observer.request(6).latencyMicros()) >= 580_000);
    }

    @Test
    void requestThatNobodyCouldBeSentIsNotServedAndNotInTheHistoryAsSent() throws InterruptedException {
        try (Observer observer = new Observer(load, config, SCHEDULE)) {
            observer.start(ledger(command -> {
                if (command.id() == 7) {
                    observer.redirect(null);
                }
                return answered(new Accepted(0));
            }));
            observer.awaitEnd();

            assertEquals(8, sum(observer.observation().ok(List.of(0, 1, 2, 3))));
            assertEquals(40, sum(observer.observation().sent(List.of(0, 1, 2, 3))));
            assertEquals(State.ACCEPTED, observer.history().state(7));
            assertEquals(State.UNSENT, observer.history().state(8));
            assertEquals(null, observer.request(8).sentMicros());
        }
    }

    @Test
    void transfersBetweenShardsAreCountedApart() throws InterruptedException {
        EvenLoad crossing = new EvenLoad(Load.standard(config, 3).withCrossShardShare(1), config);
        long transfers = IntStream.range(0, SCHEDULE.requests())
                .filter(id -> EvenLoad.crosses(crossing.command(id), config))
                .count();
        try (Observer observer = new Observer(crossing, config, SCHEDULE)) {
            observer.start(ledger(
                    command -> answered(EvenLoad.crosses(command, config) ? new Indeterminate("") : new Accepted(0))));
            observer.awaitEnd();

            Observation observation = observer.observation();
            assertTrue(transfers > 0);
            assertEquals(SCHEDULE.requests() - transfers, sum(observation.sent(List.of(0, 1, 2, 3))));
            assertEquals(1, observation.availability(List.of(0, 1, 2, 3), 0, SCHEDULE.buckets()));
            assertEquals(0, observation.crossAvailability(0, SCHEDULE.buckets()));
        }
    }

    /** The requests of the first half second are refused. Then there are 80 a second, of which a second's and two buckets' are needed. */
    @Test
    void steadyIsWhoServesEverybodyForAFullSecond() throws InterruptedException {
        try (Observer observer = new Observer(load, config, TOO_LONG)) {
            observer.start(ledger(
                    command -> answered(command.id() < 40 ? new Refused(Reason.UNAVAILABLE, "") : new Accepted(0))));

            assertTrue(observer.awaitSteady(0, 0, Long.MAX_VALUE));
            observer.end();
            observer.awaitEnd();

            Observation observation = observer.observation();
            assertEquals(State.ACCEPTED, observer.history().state(40 + 88 - 1));
            assertTrue(observation.buckets() < TOO_LONG.buckets());
            assertEquals(
                    List.of(4),
                    observation.sent(List.of(0, 1, 2, 3)).stream().distinct().toList());
            assertEquals(0, observation.availability(List.of(0, 1, 2, 3), 0, 10));
            assertEquals(1, observation.availability(List.of(0, 1, 2, 3), 10, observation.buckets()));
        }
    }

    @Test
    void oneSilentShardIsEnoughNotToBeSteady() throws InterruptedException {
        try (Observer observer = new Observer(load, config, new Schedule(80, Duration.ofMillis(2_500)))) {
            observer.start(ledger(
                    command -> config.shardOf(command) == 2 ? new CompletableFuture<>() : answered(new Accepted(0))));

            assertFalse(observer.awaitSteady(0, 0, Long.MAX_VALUE));
        }
    }

    @Test
    void whatWasBeforeDoesNotMatter() throws InterruptedException {
        try (Observer observer = new Observer(load, config, TOO_LONG)) {
            observer.start(ledger(command -> command.id() < 8 ? new CompletableFuture<>() : answered(new Accepted(0))));

            assertTrue(observer.awaitSteady(100, 0, Long.MAX_VALUE));

            assertEquals(State.UNANSWERED, observer.history().state(7));
        }
    }

    private Observer observe(Function<Command, CompletableFuture<Outcome>> behaviour) throws InterruptedException {
        try (Observer observer = new Observer(load, config, SCHEDULE)) {
            observer.start(ledger(behaviour));
            observer.awaitEnd();
            return observer;
        }
    }

    private static CompletableFuture<Outcome> answered(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    private static int sum(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    private static Ledger ledger(Function<Command, CompletableFuture<Outcome>> behaviour) {
        return new Ledger() {
            @Override
            public CompletableFuture<Outcome> submit(Command command) {
                return behaviour.apply(command);
            }

            @Override
            public void close() {}
        };
    }
}
