package fourways.workload;

import static java.util.concurrent.TimeUnit.SECONDS;

import fourways.workload.Command.Locate;
import fourways.workload.Command.Sabotage;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/** One scenario, inflicted on a ledger, and what shows that it took place. */
final class Infliction implements AutoCloseable {

    /** None of the load's, and none that is used twice but that of the poison. */
    private static final long FIRST_ID = 1L << 40;

    private static final long PATIENCE_SECONDS = 30;

    /** Three times what a quarantine takes, and more than the restarts in a row of anything that gives up. */
    private static final int DOSES = 9;

    /** A client that is refused comes back, so often and for so long. */
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Scenario scenario;
    private final FaultedLedger ledger;
    private final LightLoad clients;
    private final List<CompletableFuture<Outcome>> sabotages = new ArrayList<>();
    private final ProcessHandle process;
    private final boolean inWorker;
    private long nextId = FIRST_ID;

    private long overloaded;
    private int deaths;
    private boolean quarantined;
    private boolean frozen;

    /** Finds out who runs the victim's shard. */
    Infliction(Scenario scenario, FaultedLedger ledger, LightLoad clients) throws Exception {
        this.scenario = scenario;
        this.ledger = ledger;
        this.clients = clients;
        Outcome outcome = ledger.submit(new Locate(nextId++, FaultLoad.VICTIM)).get(PATIENCE_SECONDS, SECONDS);
        if (!(outcome instanceof Located located)) {
            throw new AssertionError("nobody tells who runs the victim: " + outcome);
        }
        process = ledger.process(located.pid());
        inWorker = !ledger.isMain(located.pid());
    }

    void inflict() throws Exception {
        switch (scenario) {
            case EXCEPTION_IN_MID_UPDATE -> sabotage(StandardFault.EXCEPTION);
            case STACK_OVERFLOW -> sabotage(StandardFault.STACK_OVERFLOW);
            case BUSY_LOOP -> sabotage(StandardFault.BUSY_LOOP);
            case BLOCKING_CALL, POOL_EXHAUSTION -> sabotage(StandardFault.BLOCKING_CALL);
            case DEADLOCK -> sabotage(StandardFault.DEADLOCK);
            case EXIT -> sabotage(StandardFault.EXIT);
            case KILL -> process.destroyForcibly();
            case FREEZE -> freeze();
            case OVERLOAD -> flood();
            case POISON_REQUEST -> poison(inWorker ? StandardFault.EXIT : StandardFault.EXCEPTION);
        }
    }

    private void sabotage(StandardFault fault) {
        scenario.victims()
                .forEach(victim -> sabotages.add(ledger.submit(new Sabotage(nextId++, victim, fault.faultName()))));
    }

    private void freeze() throws Exception {
        int status = new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                .start()
                .waitFor();
        frozen = status == 0;
        Awaitility.await().atMost(PATIENCE_SECONDS, SECONDS).until(() -> ProcessState.isStopped(process));
    }

    /** Until it has been noticed. */
    private void flood() throws Exception {
        ledger.flood(FaultLoad.VICTIM);
        try {
            Awaitility.await()
                    .atMost(PATIENCE_SECONDS, SECONDS)
                    .until(() -> clients.of(FaultLoad.VICTIM).wasRefused());
        } finally {
            overloaded = ledger.calm();
        }
    }

    private void poison(StandardFault fault) throws Exception {
        Sabotage dose = new Sabotage(nextId++, FaultLoad.VICTIM, fault.faultName());
        long refusedSinceNanos = System.nanoTime();
        while (deaths < DOSES && !quarantined && System.nanoTime() - refusedSinceNanos < GIVE_UP_NANOS) {
            switch (ledger.submit(dose).get(PATIENCE_SECONDS, SECONDS)) {
                case Indeterminate _ -> {
                    deaths++;
                    refusedSinceNanos = System.nanoTime();
                }
                case Refused refused -> {
                    quarantined = refused.reason() == Reason.QUARANTINED;
                    LockSupport.parkNanos(RETRY_NANOS);
                }
                case Accepted _, Located _ -> throw new AssertionError("the poison was taken, and did nothing");
            }
        }
    }

    /** Whether there is proof that the fault took place; to be asked when all has been observed. */
    boolean fired() {
        return switch (scenario) {
            case EXCEPTION_IN_MID_UPDATE, STACK_OVERFLOW ->
                ledger.isGone() || sabotages.getFirst().getNow(null) instanceof Indeterminate;
            // Whoever had got through it would have said so.
            case BUSY_LOOP, BLOCKING_CALL, POOL_EXHAUSTION, DEADLOCK ->
                sabotages.stream().noneMatch(sabotage -> sabotage.getNow(null) instanceof Accepted);
            case EXIT, KILL -> !ProcessState.isRunning(process);
            case FREEZE -> frozen;
            case OVERLOAD -> overloaded > 0;
            case POISON_REQUEST -> deaths >= Quarantine.STRIKES;
        };
    }

    /** Whether the poison was kept out in the end. */
    boolean quarantined() {
        return quarantined;
    }

    /** A process that is stopped cannot end by itself. */
    @Override
    public void close() {
        if (frozen) {
            process.destroyForcibly();
        }
    }
}
