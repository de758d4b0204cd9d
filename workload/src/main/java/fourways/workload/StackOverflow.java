package fourways.workload;

/** Recursion without an end: the stack of the handler's thread is really used up, and unwound by the error that every thread gets that does this. */
final class StackOverflow {

    private long calls;

    void strike(Scene scene) {
        try {
            recurse(0);
        } catch (StackOverflowError e) {
            // Down here there is room again to say so.
            scene.fired("StackOverflowError after " + calls + " calls");
            throw e;
        }
    }

    // The sum after the call keeps it from being a loop.
    @SuppressWarnings("InfiniteRecursion")
    private long recurse(long depth) {
        calls = depth;
        return recurse(depth + 1) + depth;
    }
}
