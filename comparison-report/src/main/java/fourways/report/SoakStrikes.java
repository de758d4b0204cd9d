package fourways.report;

import fourways.workload.Command.Locate;
import fourways.workload.Command.Sabotage;
import fourways.workload.Ledger;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import fourways.workload.StandardFault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Does to a running ledger what a {@link SoakMix} chose, and counts how often it really took place: a sabotaged request is answered indeterminate, a process that was
 * stopped or killed is gone. Strikes come from one thread; what becomes of them is heard on any.
 */
final class SoakStrikes {

    /** Who cannot say by then who runs a shard is busy with the strike before. */
    private static final Duration LOCATE_PATIENCE = Duration.ofMillis(500);

    private final Ledger ledger;
    private final TrialJvm jvm;
    private long nextId;

    /** By name. Guarded by this. */
    private final Map<String, Tally> tallies = new TreeMap<>();

    /** The poison request that is being sent again and again; null if the next one is new. Guarded by this. */
    private @Nullable Sabotage poison;

    private int quarantined;

    /**
     * How often one fault struck.
     *
     * @param fired how often it is proven to have taken place. One that comes to a shard which does not serve at that moment does not
     */
    record Tally(String fault, int struck, int fired) {}

    /** @param firstId from here on no id has another command */
    SoakStrikes(Ledger ledger, TrialJvm jvm, List<String> faults, long firstId) {
        this.ledger = ledger;
        this.jvm = jvm;
        this.nextId = firstId;
        faults.forEach(fault -> tallies.put(fault, new Tally(fault, 0, 0)));
    }

    /** Strikes, and does not wait for what that does. */
    void strike(SoakMix.Strike strike) throws InterruptedException, IOException {
        count(strike.fault(), 1, 0);
        switch (strike.fault()) {
            case Catalogue.KILL -> signal(strike, "KILL");
            case Catalogue.FREEZE -> signal(strike, "STOP");
            case SoakMix.POISON -> submit(strike.fault(), nextPoison(strike.shard()));
            default -> submit(strike.fault(), new Sabotage(nextId++, strike.shard(), strike.fault()));
        }
    }

    private synchronized Sabotage nextPoison(int shard) {
        Sabotage next = poison == null ? new Sabotage(nextId++, shard, StandardFault.EXCEPTION.faultName()) : poison;
        poison = next;
        return next;
    }

    private void submit(String fault, Sabotage sabotage) {
        var _ = ledger.submit(sabotage).thenAccept(outcome -> heard(fault, outcome));
    }

    private synchronized void heard(String fault, Outcome outcome) {
        if (outcome instanceof Indeterminate) {
            count(fault, 0, 1);
        } else if (fault.equals(SoakMix.POISON)
                && outcome instanceof Refused refused
                && refused.reason() == Reason.QUARANTINED) {
            count(fault, 0, 1);
            quarantined++;
            poison = null;
        }
    }

    /** To the process that runs the shard, and to no other: never to the ledger's own, which nobody restarts. */
    private void signal(SoakMix.Strike strike, String signal) throws InterruptedException, IOException {
        Outcome outcome = Target.await(ledger.submit(new Locate(nextId++, strike.shard())), LOCATE_PATIENCE);
        if (!(outcome instanceof Located located)) {
            return;
        }
        Optional<ProcessHandle> victim = jvm.tree().alive().stream()
                .filter(process -> process.pid() == located.pid() && process.pid() != jvm.pid())
                .findFirst();
        if (victim.isEmpty()) {
            throw new TrialFailedException("shard " + strike.shard() + " is said to run in process " + located.pid()
                    + ", which is not one of the ledger's workers, though it claims to survive their end");
        }
        var _ = victim.get().onExit().thenRun(() -> count(strike.fault(), 0, 1));
        if (strike.fault().equals(Catalogue.FREEZE)) {
            Awakener awakener = Awakener.of(victim.get());
            var _ = victim.get().onExit().thenRun(awakener::close);
        }
        Signals.send(signal, victim.get());
    }

    private synchronized void count(String fault, int struck, int fired) {
        tallies.merge(
                fault,
                new Tally(fault, struck, fired),
                (sum, one) -> new Tally(fault, sum.struck() + one.struck(), sum.fired() + one.fired()));
    }

    synchronized List<Tally> tallies() {
        return List.copyOf(tallies.values());
    }

    /** How many poison requests were kept out in the end. */
    synchronized int quarantined() {
        return quarantined;
    }
}
