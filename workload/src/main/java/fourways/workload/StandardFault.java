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

    /** Keeps arrays until there is no memory left in the heap, for ever. */
    HEAP_EXHAUSTION("heap-exhaustion") {
        @Override
        public void strike(Scene scene) {
            HeapExhaustion.strike(scene);
        }
    },

    /** Fills the heap with what is in use and makes garbage on top, for five seconds, on a thread of its own; the handler returns. */
    GC_PRESSURE("gc-pressure") {
        @Override
        public void strike(Scene scene) {
            GcPressure.strike(scene);
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

    /** Opens files until there are no descriptors left in the process, and keeps them for ever; the handler returns. Throws where the limit is high. */
    DESCRIPTOR_EXHAUSTION("descriptor-exhaustion") {
        @Override
        public void strike(Scene scene) {
            DescriptorExhaustion.strike(scene);
        }
    },

    /** Needs a class whose static initializer fails, once in the life of a ledger; the class is dead then for as long as its process lives. */
    POISONED_CLASS("poisoned-class") {
        @Override
        public void strike(Scene scene) {
            PoisonedClass.strike(scene);
        }
    },

    /** Changes an account of every other shard that is in the same process, unknown to their owners; the handler returns. */
    WILD_WRITE("wild-write") {
        @Override
        public void strike(Scene scene) {
            WildWrite.strike(scene);
        }
    },

    /** Writes to address 0, which ends the process with a signal. */
    NATIVE_CRASH("native-crash") {
        @Override
        public void strike(Scene scene) {
            NativeCrash.strike(scene);
        }
    },

    /** Ends the process at once. */
    EXIT("exit") {
        @Override
        public void strike(Scene scene) {
            scene.fired("halts the process with status " + HALT_STATUS);
            Runtime.getRuntime().halt(HALT_STATUS);
        }
    },

    /**
     * Takes a few milliseconds and does nothing else. One alone is no harm; a shard is flooded with them. Says so the first time in each process only.
     */
    SLOW_REQUEST("slow-request") {
        @Override
        public void strike(Scene scene) {
            Blocking.slowly(scene);
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
