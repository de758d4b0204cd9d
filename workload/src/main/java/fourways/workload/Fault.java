package fourways.workload;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Command.Sabotage} makes the owner of a shard suffer, on the thread and in the place where it would have handled a request, half-way
 * through an update. Nothing is simulated: the architecture cannot tell a fault from a bug.
 */
public enum Fault {
    /** Throws. */
    EXCEPTION("exception") {
        @Override
        void strike() {
            throw new IllegalStateException("sabotaged: exception in the middle of an update");
        }
    },

    /** Recurses until the stack is used up. */
    STACK_OVERFLOW("stack-overflow") {
        @Override
        void strike() {
            recurse(0);
        }

        // The sum after the call keeps it from being a loop.
        @SuppressWarnings("InfiniteRecursion")
        private long recurse(long depth) {
            return recurse(depth + 1) + depth;
        }
    },

    /** Never returns, and uses a core. */
    BUSY_LOOP("busy-loop") {
        @Override
        void strike() {
            while (true) {
                Thread.onSpinWait();
            }
        }
    },

    /** Blocks for half a minute and ignores interruption. */
    BLOCKING_CALL("blocking-call") {
        @Override
        void strike() {
            long deadlineNanos = System.nanoTime() + BLOCKING_NANOS;
            for (long left = BLOCKING_NANOS; left > 0; left = deadlineNanos - System.nanoTime()) {
                LockSupport.parkNanos(left);
                // A set interrupt flag would turn the park into a spin.
                Thread.interrupted();
            }
        }
    },

    /**
     * Waits for another shard that suffers the same, each holding what the other wants, for ever. It takes two at the same time, on two threads of one process;
     * one that nobody joins within a few seconds goes on, and is answered as if nothing had happened.
     */
    DEADLOCK("deadlock") {
        @Override
        void strike() {
            TOGETHER.enter();
        }
    },

    /** Ends the process at once. */
    EXIT("exit") {
        @Override
        void strike() {
            Runtime.getRuntime().halt(HALT_STATUS);
        }
    };

    /** What a process ended by {@link #EXIT} exits with. */
    public static final int HALT_STATUS = 86;

    private static final long BLOCKING_NANOS = 30_000_000_000L;

    /** Many times what it takes to sabotage one more shard, also on a busy machine. */
    private static final long PARTNER_PATIENCE_MILLIS = 3_000;

    private static final Deadlock TOGETHER = new Deadlock(PARTNER_PATIENCE_MILLIS);

    private final String faultName;

    Fault(String faultName) {
        this.faultName = faultName;
    }

    abstract void strike();

    /** The name in {@link Command.Sabotage} and on the command line. */
    public String faultName() {
        return faultName;
    }

    public static @Nullable Fault named(String name) {
        return Arrays.stream(values())
                .filter(fault -> fault.faultName.equals(name))
                .findFirst()
                .orElse(null);
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(Fault::faultName).toList();
    }
}
