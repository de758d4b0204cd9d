package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A run of a {@link TinyLedger} with one client, and what the checker says of it. */
final class CheckedRun {

    static final LedgerConfig CONFIG =
            LedgerConfig.inMemory().withAccounts(40, 4).withSegments(1 << 20, true);

    private final TinyLedger ledger;
    private final Commands commands;
    private final History history;

    /** Sends commands 0 up to, not including, {@code count}. */
    CheckedRun(TinyLedger ledger, Commands commands, int count) {
        this(ledger, commands, new History(count));
        for (long id = 0; id < count; id++) {
            send(id);
        }
    }

    CheckedRun(TinyLedger ledger, Commands commands, History history) {
        this.ledger = ledger;
        this.commands = commands;
        this.history = history;
    }

    /** Two thousand random commands, half of the transfers across shards. */
    static CheckedRun random(TinyLedger ledger) {
        return new CheckedRun(ledger, Load.standard(ledger.config, 1).withCrossShardShare(0.5), 2_000);
    }

    void send(long id) {
        history.sent(id);
        CompletableFuture<Outcome> answer = ledger.submit(commands.command(id));
        if (answer.isDone()) {
            history.answered(id, answer.resultNow());
        }
    }

    LiveBalances live() {
        try {
            return LiveBalances.read(ledger, ledger.config, Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Looks for each command in the journals, and asks the ledger. */
    Verdict everyCommand() {
        return everyCommand(live());
    }

    Verdict everyCommand(@Nullable LiveBalances live) {
        return with(readings(live));
    }

    /** Compares what all commands come to with the journals, and asks the ledger. */
    Verdict totals() {
        return new Checker(ledger.config.withSegments(1 << 20, false), commands, history, ledger, readings(live()))
                .check();
    }

    /** Compares what all commands come to with what the ledger says. */
    Verdict liveOnly() {
        return new Checker(ledger.config, commands, history, null, readings(live())).check();
    }

    /** Looks for each command in the journals, and compares them with what was read, once or more often. */
    Verdict with(List<LiveReading> readings) {
        return new Checker(ledger.config.withSegments(1 << 20, true), commands, history, ledger, readings).check();
    }

    private static List<LiveReading> readings(@Nullable LiveBalances live) {
        return live == null ? List.of() : List.of(LiveReading.of(live));
    }

    /** @param everyCommand all that is found when each command is looked for, {@code totals} and {@code liveOnly} when only the sums are, or the live reads */
    void assertRed(Set<Violation.Kind> everyCommand, Set<Violation.Kind> totals, Set<Violation.Kind> liveOnly) {
        List<Set<Violation.Kind>> expected = List.of(everyCommand, totals, liveOnly);
        List<Verdict> verdicts = List.of(everyCommand(), totals(), liveOnly());

        for (int i = 0; i < 3; i++) {
            assertEquals(expected.get(i), verdicts.get(i).violations().keySet(), verdicts.get(i)::toString);
        }
    }
}
