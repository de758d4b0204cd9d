package fourways.workload;

/** The faults that every ledger can be made to suffer. Each says what is real about it. */
public enum StandardFault implements Fault {
    /** Throws. */
    EXCEPTION("exception") {
        @Override
        public void strike(Scene scene) {
            scene.fired("throws an IllegalStateException");
            throw new IllegalStateException("sabotaged: exception in the middle of an update");
        }
    },

    /** Recurses until the stack is used up. */
    STACK_OVERFLOW("stack-overflow") {
        @Override
        public void strike(Scene scene) {
            new StackOverflow().strike(scene);
        }
    },

    /** Never returns, and uses a core. */
    BUSY_LOOP("busy-loop") {
        @Override
        public void strike(Scene scene) {
            scene.fired("spins from now on");
            while (true) {
                Thread.onSpinWait();
            }
        }
    },

    /** Blocks for half a minute and ignores interruption. */
    BLOCKING_CALL("blocking-call") {
        @Override
        public void strike(Scene scene) {
            scene.fired("blocks for " + Blocking.LONG.toSeconds() + " s from now on, whoever interrupts it");
            Blocking.holdFor(Blocking.LONG);
        }
    },

    /**
     * Waits for another shard that suffers the same, each holding what the other wants, for ever. It takes two at the same time, on two threads of one process;
     * one that nobody joins within a few seconds goes on, and is answered as if nothing had happened.
     */
    DEADLOCK("deadlock") {
        @Override
        public void strike(Scene scene) {
            Deadlock.TOGETHER.enter(
                    () -> scene.fired("holds a lock that another thread waits for, and waits for one that it holds"));
        }
    },

    /** Ends the process at once. */
    EXIT("exit") {
        @Override
        public void strike(Scene scene) {
            scene.fired("halts the process with status " + HALT_STATUS);
            Runtime.getRuntime().halt(HALT_STATUS);
        }
    };

    /** What a process ended by {@link #EXIT} exits with. */
    public static final int HALT_STATUS = 86;

    private final String faultName;

    StandardFault(String faultName) {
        this.faultName = faultName;
    }

    @Override
    public String faultName() {
        return faultName;
    }
}
