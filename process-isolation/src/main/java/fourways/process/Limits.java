package fourways.process;

import fourways.workload.LedgerConfig;

/** How much can be under way between the supervisor and one worker, which follows from the admission; so far, and no further, buffers grow and heaps are sized. */
final class Limits {

    /** What a command, an answer or a credit takes on a socket, at the most; only texts take more. */
    private static final int FRAME_BYTES = 64;

    private static final int MEBIBYTE = 1 << 20;

    /** Keeps the memory of a supervisor within reason for any configuration. */
    private static final int MAX_UNREAD_BYTES = 64 * MEBIBYTE;

    /** What a worker of any size needs: the classes, and room for the garbage between two collections. */
    private static final int BASE_HEAP_MEBIBYTES = 48;

    /** What a request or a transfer under way takes in the heap of its worker, generously. */
    private static final int REQUEST_HEAP_BYTES = 512;

    private Limits() {}

    /**
     * What one side may leave unread, above which it is too slow: all commands that can be in flight, and all that the outboxes can hold, twice since recoveries send it
     * again, and something on top for texts.
     */
    static int unreadBytes(LedgerConfig config) {
        long inFlight = (long) config.shards() * config.capacity();
        long outboxes = 2 * inFlight;
        return (int) Math.min(MAX_UNREAD_BYTES, MEBIBYTE + (inFlight + 2 * outboxes) * FRAME_BYTES);
    }

    /** The heap of a worker. Fixed, so that one worker's greed is its own end and nobody else's. */
    static int heapMebibytes(LedgerConfig config) {
        long requests = (long) config.shards() * config.capacity() * REQUEST_HEAP_BYTES;
        long balances = (long) config.accounts() * Long.BYTES;
        return Math.toIntExact(BASE_HEAP_MEBIBYTES + 2 * (requests + balances) / config.workers() / MEBIBYTE);
    }
}
