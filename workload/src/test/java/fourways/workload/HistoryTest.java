package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.History.State;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {

    /** Three chunks and a bit. */
    private static final long COMMANDS = 3 * (1 << 18) + 5;

    private final History history = new History(COMMANDS);

    @Test
    void aCommandGoesFromUnsentToUnansweredToItsOutcome() {
        assertEquals(State.UNSENT, history.state(1));

        history.sent(1);
        assertEquals(State.UNANSWERED, history.state(1));

        history.answered(1, new Accepted(100));
        assertEquals(State.ACCEPTED, history.state(1));
        assertEquals(State.UNSENT, history.state(0));
        assertEquals(State.UNSENT, history.state(2));
    }

    @ParameterizedTest
    @EnumSource
    void theReasonOfARefusalIsKept(Reason reason) {
        history.answered(1, new Refused(reason, "detail"));

        assertEquals(State.REFUSED, history.state(1));
        assertEquals(reason, history.refusal(1));
    }

    @Test
    void whatIsNeitherAcceptedNorRefusedIsKnownAsThat() {
        history.answered(1, new Indeterminate("nobody knows"));
        history.answered(2, new Located(1, 2, "main"));

        assertEquals(State.INDETERMINATE, history.state(1));
        assertEquals(State.ACCEPTED, history.state(2));
        assertFalse(history.contradicts(2, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 100_000, Long.MAX_VALUE, Long.MIN_VALUE})
    void anotherBalanceThanTheAcceptedOneIsMostlyNoticed(long balanceCents) {
        history.answered(1, new Accepted(balanceCents));

        assertEquals(State.ACCEPTED, history.state(1));
        assertFalse(history.contradicts(1, balanceCents));
        long noticed = IntStream.rangeClosed(1, 1_000)
                .filter(difference -> history.contradicts(1, balanceCents + difference))
                .count();
        assertTrue(noticed > 950, () -> noticed + " of 1000");
    }

    @Test
    void onlyAcceptedCommandsCanBeContradicted() {
        history.sent(1);
        assertFalse(history.contradicts(1, 5));

        history.answered(1, new Refused(Reason.INSUFFICIENT_FUNDS, "detail"));
        assertFalse(history.contradicts(1, 5));
    }

    @Test
    void theEndIsBehindTheLargestIdThatWasSent() {
        assertEquals(0, history.end());

        history.sent(0);
        assertEquals(1, history.end());

        history.sent(1 << 18);
        assertEquals((1 << 18) + 1, history.end());

        history.sent(COMMANDS - 1);
        assertEquals(COMMANDS, history.end());
    }

    @Test
    void anIdBeyondTheBoundIsRefusedAndUnsent() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> history.sent(COMMANDS));

        assertEquals("command id is 786437, allowed are 0 to 786436", refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> history.sent(-1));
        assertEquals(State.UNSENT, history.state(COMMANDS));
        assertEquals(State.UNSENT, history.state(-1));
        assertThrows(IllegalArgumentException.class, () -> new History(0));
        assertThrows(IllegalArgumentException.class, () -> new History(History.MAX_COMMANDS + 1));
    }

    @Test
    void threadsThatWriteNeighbouringIdsDoNotDisturbEachOther() throws Exception {
        int writers = 4;
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Future<?>> done = IntStream.range(0, writers)
                    .<Future<?>>mapToObj(writer -> threads.submit(() -> {
                        for (long id = writer; id < COMMANDS; id += writers) {
                            history.sent(id);
                            history.answered(id, new Accepted(id));
                        }
                    }))
                    .toList();
            for (Future<?> each : done) {
                each.get();
            }
        }

        for (long id = 0; id < COMMANDS; id++) {
            assertEquals(State.ACCEPTED, history.state(id));
            assertFalse(history.contradicts(id, id));
        }
    }

    @Test
    void threadsThatBeginAPartOfTheHistoryAtOnceShareIt() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 500; round++) {
                History fresh = new History(2);
                List<Future<?>> done = IntStream.range(0, 2)
                        .<Future<?>>mapToObj(id -> threads.submit(() -> {
                            together.await();
                            fresh.sent(id);
                            return id;
                        }))
                        .toList();
                for (Future<?> each : done) {
                    each.get();
                }

                assertEquals(2, Tally.of(fresh, 0, 2).sent());
            }
        }
    }

    @Test
    void aTallyCountsEachOutcomeInItsRange() {
        history.answered(0, new Accepted(0));
        history.answered(1, new Accepted(0));
        history.answered(2, new Refused(Reason.OVERLOADED, "detail"));
        history.answered(3, new Refused(Reason.INSUFFICIENT_FUNDS, "detail"));
        history.sent(4);
        history.answered(5, new Indeterminate("detail"));
        history.sent(7);

        assertEquals(
                new Tally(2, 2, Map.of(Reason.OVERLOADED, 1L, Reason.INSUFFICIENT_FUNDS, 1L), 1),
                Tally.of(history, 0, 8));
        assertEquals(
                new Tally(1, 1, Map.of(Reason.OVERLOADED, 1L, Reason.INSUFFICIENT_FUNDS, 1L), 0),
                Tally.of(history, 1, 5));
        assertEquals(7, Tally.of(history, 0, 8).sent());
        assertEquals(3, Tally.of(history, 0, 8).served());
        assertEquals(0, Tally.of(history, 0, 8).refusedFor(Reason.QUARANTINED));
    }

    @Test
    void aHistoryInAFileIsSeenByWhoeverOpensItNext(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("history");
        History written = History.in(file, COMMANDS);
        written.sent(3);
        written.answered(3, new Accepted(77));
        written.sent(COMMANDS - 1);

        History read = History.in(file, COMMANDS);

        assertEquals(COMMANDS, Files.size(file));
        assertEquals(State.ACCEPTED, read.state(3));
        assertFalse(read.contradicts(3, 77));
        assertEquals(State.UNANSWERED, read.state(COMMANDS - 1));
        assertEquals(State.UNSENT, read.state(4));
    }
}
