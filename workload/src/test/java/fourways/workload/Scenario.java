package fourways.workload;

import java.time.Duration;
import java.util.stream.IntStream;

/** One way for a ledger to come to harm; in all architectures the same. */
public enum Scenario {
    /** The handler throws half-way through an update. */
    EXCEPTION_IN_MID_UPDATE(1),
    /** The handler recurses without end. */
    STACK_OVERFLOW(1),
    /** The handler never returns, and uses a core. */
    BUSY_LOOP(1),
    /** The handler blocks for half a minute. */
    BLOCKING_CALL(1),
    /** As many handlers block as there are workers, one on a shard of each. */
    POOL_EXHAUSTION(FaultLoad.WORKERS),
    /** The handlers of two shards wait for each other. */
    DEADLOCK(2),
    /** The handler ends its process. */
    EXIT(1),
    /** SIGKILL to the process that runs the shard. */
    KILL(1),
    /** SIGSTOP to the same. */
    FREEZE(1),
    /** As much is sent to one shard as the sender can send, which is many times its capacity. */
    OVERLOAD(1),
    /** One request that kills its handler each time is sent again and again: by an exception or, where a worker process can die, by ending that. */
    POISON_REQUEST(1);

    private static final Duration MEETING = Duration.ofSeconds(4);
    private static final Duration SPREADING = Duration.ofMillis(1_500);

    private final int victims;

    Scenario(int victims) {
        this.victims = victims;
    }

    /** The shards on which it is inflicted: the last ones, and with {@link FaultLoad#VICTIM} always the one that money goes to. */
    IntStream victims() {
        return IntStream.range(FaultLoad.SHARDS - victims, FaultLoad.SHARDS);
    }

    Fate expectedOf(int shard, Experience experience) {
        if (victims().anyMatch(victim -> victim == shard)) {
            return experience.victims();
        }
        boolean housemate = victims().anyMatch(victim -> victim % FaultLoad.WORKERS == shard % FaultLoad.WORKERS);
        return housemate ? experience.housemates() : experience.others();
    }

    /** Whether the victims' owner has to be replaced by another, for it ends or does not come back. */
    boolean isOwnerLost() {
        return switch (this) {
            case BUSY_LOOP, BLOCKING_CALL, POOL_EXHAUSTION, DEADLOCK, EXIT, KILL, FREEZE -> true;
            case EXCEPTION_IN_MID_UPDATE, STACK_OVERFLOW, OVERLOAD, POISON_REQUEST -> false;
        };
    }

    /** Whether somebody in the ledger recovers the victims from their journals, and so has something to tell. */
    boolean isRecoveredFrom(Experience experience) {
        return switch (this) {
            case EXCEPTION_IN_MID_UPDATE, STACK_OVERFLOW -> experience.victims() != Fate.LOST;
            case BUSY_LOOP, BLOCKING_CALL, POOL_EXHAUSTION, DEADLOCK, EXIT, KILL, FREEZE ->
                experience.victims() == Fate.INTERRUPTED;
            // Its story ends in a different way in each.
            case POISON_REQUEST -> false;
            case OVERLOAD -> false;
        };
    }

    /**
     * For how long it is observed at least. Harm that spreads does so within milliseconds, by requests that find no thread, or when the deadline for owners has passed, which is
     * a third of this. A deadlock that has not come about is over after three seconds.
     */
    Duration atLeast() {
        return this == DEADLOCK ? MEETING : SPREADING;
    }
}
