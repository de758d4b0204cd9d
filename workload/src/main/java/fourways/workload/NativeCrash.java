package fourways.workload;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A bug in native code: writes to address 0, where no process has memory. The kernel answers with SIGSEGV, which the JVM does not survive. */
final class NativeCrash {

    private NativeCrash() {}

    // What is restricted about it is just what is wanted.
    @SuppressWarnings("restricted")
    static void strike(Scene scene) {
        scene.fired("writes to address 0");
        MemorySegment.NULL.reinterpret(Long.BYTES).set(ValueLayout.JAVA_LONG, 0, 1);
    }
}
