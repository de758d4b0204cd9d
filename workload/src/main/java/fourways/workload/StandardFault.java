package fourways.workload;

import java.util.function.Consumer;

/** The faults that every ledger can be made to suffer. Each says what is real about it. */
public enum StandardFault implements Fault {
    /** Throws. */
    EXCEPTION("exception", StandardFault::throwInMidUpdate),

    /** Recurses until the stack is used up. */
    STACK_OVERFLOW("stack-overflow", scene -> new StackOverflow().strike(scene)),

    /** Keeps arrays until there is no memory left in the heap, for ever. */
    HEAP_EXHAUSTION("heap-exhaustion", HeapExhaustion::strike),

    /** Fills the heap with what is in use and makes garbage on top, for five seconds, on a thread of its own; the handler returns. */
    GC_PRESSURE("gc-pressure", GcPressure::strike),

    /** Never returns, and uses a core. */
    BUSY_LOOP("busy-loop", StandardFault::spin),

    /** Blocks for half a minute and ignores interruption. */
    BLOCKING_CALL("blocking-call", Blocking::forLong),

    /**
     * Waits for another shard that suffers the same, each holding what the other wants, for ever. It takes two at the same time, on two threads of one process;
     * one that nobody joins within a few seconds goes on, and is answered as if nothing had happened.
     */
    DEADLOCK("deadlock", Deadlock::strike),

    /** Opens files until there are no descriptors left in the process, and keeps them for ever; the handler returns. Throws where the limit is high. */
    DESCRIPTOR_EXHAUSTION("descriptor-exhaustion", DescriptorExhaustion::strike),

    /** Needs a class whose static initializer fails, once in the life of a ledger; the class is dead then for as long as its process lives. */
    POISONED_CLASS("poisoned-class", PoisonedClass::strike),

    /** Changes an account of every other shard that is in the same process, unknown to their owners; the handler returns. */
    WILD_WRITE("wild-write", WildWrite::strike),

    /** Writes to address 0, which ends the process with a signal. */
    NATIVE_CRASH("native-crash", NativeCrash::strike),

    /** Ends the process at once. */
    EXIT("exit", StandardFault::halt),

    /** Takes a few milliseconds and does nothing else. One alone is no harm; a shard is flooded with them. Says so the first time in each process only. */
    SLOW_REQUEST("slow-request", Blocking::slowly);

    /** What a process ended by {@link #EXIT} exits with. */
    public static final int HALT_STATUS = 86;

    private final String faultName;

    // References to static methods, which have no state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Consumer<Scene> strike;

    StandardFault(String faultName, Consumer<Scene> strike) {
        this.faultName = faultName;
        this.strike = strike;
    }

    @Override
    public String faultName() {
        return faultName;
    }

    @Override
    public void strike(Scene scene) {
        strike.accept(scene);
    }

    private static void throwInMidUpdate(Scene scene) {
        scene.fired("throws an IllegalStateException");
        throw new IllegalStateException("sabotaged: exception in the middle of an update");
    }

    private static void spin(Scene scene) {
        scene.fired("spins from now on");
        while (true) {
            Thread.onSpinWait();
        }
    }

    private static void halt(Scene scene) {
        scene.fired("halts the process with status " + HALT_STATUS);
        Runtime.getRuntime().halt(HALT_STATUS);
    }
}
