package fourways.report;

import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LiveBalances;
import fourways.workload.LiveReading;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a ledger once nothing is sent to it any more: all accounts are read, and it is stopped. Where not every account is answered for, or its memory was altered behind its
 * back, an operator comes in between: kills all of its processes, starts it again, and reads everything a second time, which must agree with the journals to the cent.
 */
final class Aftermath {

    /** A shard that has not answered by then will not; some faults leave one like that. */
    private static final Duration READ_PATIENCE = Duration.ofMillis(500);

    /** One that has just been opened may still be busy with what was under way. */
    private static final Duration SECOND_READ_PATIENCE = Duration.ofSeconds(2);

    private final ServedLedger served;
    private final LedgerConfig config;
    private final Consumer<String> notes;
    private final List<LiveReading> readings = new ArrayList<>();
    private @Nullable String operatorRestart;
    private @Nullable String seenLater;

    /** @param notes hears at once what is done */
    Aftermath(ServedLedger served, LedgerConfig config, Consumer<String> notes) {
        this.served = served;
        this.config = config;
        this.notes = notes;
    }

    /**
     * Reads, restarts where that is called for, and stops. No process of the ledger is left.
     *
     * @param alteredCents by account, what a fault says that it added to the balance in memory
     * @param injection looks for what it has left when all has been read, and before anything is restarted
     */
    void run(Map<Integer, Long> alteredCents, Injection injection) throws InterruptedException, IOException {
        Ledger current = served.current();
        int known = 0;
        if (current != null) {
            LiveBalances found = LiveBalances.read(current, config, READ_PATIENCE);
            known = found.known();
            add(new LiveReading(found, alteredCents));
        }
        seenLater = injection.afterObservation();
        operatorRestart = reasonToRestart(known, alteredCents);
        if (operatorRestart != null) {
            restart(operatorRestart);
        }
        if (!served.stop()) {
            notes.accept("did not close in good order, and was killed");
        }
        served.close();
    }

    private @Nullable String reasonToRestart(int known, Map<Integer, Long> alteredCents) {
        if (known < config.accounts()) {
            return known + " of " + config.accounts() + " accounts were answered for";
        }
        return alteredCents.isEmpty() ? null : "its memory was altered";
    }

    private void restart(String why) throws InterruptedException {
        notes.accept("restarted by an operator, who killed all of it: " + why);
        try {
            Ledger again = served.restartByOperator();
            notes.accept("open again after the operator's restart");
            add(LiveReading.of(LiveBalances.read(again, config, SECOND_READ_PATIENCE)));
        } catch (IOException | TrialFailedException e) {
            // What is missing then is a violation: somebody was told that it is there.
            notes.accept("the operator could not start it again: " + e.getMessage());
        }
    }

    private void add(LiveReading reading) {
        if (reading.balances().known() > 0) {
            readings.add(reading);
        }
    }

    /** What was answered, in the order in which it was asked; at most two. */
    List<LiveReading> readings() {
        return List.copyOf(readings);
    }

    /** What the injection saw; null if nothing. */
    @Nullable
    String seenLater() {
        return seenLater;
    }

    /** Why an operator had to restart it; null if none had to. */
    @Nullable
    String operatorRestart() {
        return operatorRestart;
    }
}
