package fourways.process;

import fourways.workload.Command;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Peers;

/** One message on a socket; {@link FrameCodec} knows how it looks there. */
sealed interface Frame {

    /**
     * To whoever runs the ledger: serve this.
     *
     * @param token chosen by the sender, which finds what the answer belongs to by it
     */
    record Submit(int token, Command command) implements Frame {}

    /** Back to the sender of a {@link Submit}. The id is the command's: a token alone may have been used again since. */
    record Answer(int token, long id, Outcome outcome) implements Frame {}

    /** From a worker by way of the supervisor to the worker that owns the destination. */
    record Credit(Peers.Credit credit) implements Frame {}

    /** The way back, to the worker that owns the source. */
    record Credited(Peers.Credited credited) implements Frame {}

    /** From a worker: this shard is open, for the first time or again. */
    record Served(int shard) implements Frame {}

    /**
     * From a worker: this shard is not served at present, and so is refused.
     *
     * @param pauseMillis until it is tried again
     * @param givenUp whether that is so long that nobody should wait for it
     */
    record Suspended(int shard, String reason, long pauseMillis, boolean givenUp) implements Frame {}

    /** To every worker: this shard is open again, send again what was under way to it. */
    record Resend(int shard) implements Frame {}

    /** The first frame to a new worker: what it is to be. */
    record Start(Job job, int worker, LedgerConfig config) implements Frame {

        /** What the worker is called in the log. */
        String name() {
            return "worker-" + worker;
        }
    }

    /** To a new worker, which has this frame's ledger for itself, to practise on for a moment. Nothing of it is kept. */
    record Rehearse(LedgerConfig config) implements Frame {}

    /** The answer to {@link Start}: every shard has been {@link Served} or {@link Suspended}. */
    record Ready() implements Frame {}

    /** The last word of a worker that gives up, whether it ever served or not. */
    record Failed(String message) implements Frame {}

    /** From a worker, now and then: it has dealt with another frame since it said so last. */
    record Progress() implements Frame {}

    /** To a worker, which sends it back when its turn comes, behind all that was sent before: whoever does that is alive. */
    record Beat(long number) implements Frame {}

    /** What workers are for. */
    enum Job {
        /** Own every shard whose number modulo the number of workers is the worker's own. */
        LEDGER,
        /** Answer at once: the bare hop. */
        ECHO
    }
}
