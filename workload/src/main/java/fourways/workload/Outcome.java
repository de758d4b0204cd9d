package fourways.workload;

/** What became of a {@link Command}. Expected refusals are values, never exceptions. */
public sealed interface Outcome {

    /** It happened, and survives what the ledger's {@link JournalMode} promises to survive. */
    record Accepted(long balanceCents) implements Outcome {}

    /** It did not happen and never will. The detail is for people: it names the value and what is allowed. */
    record Refused(Reason reason, String detail) implements Outcome {}

    /** Nobody can say whether it happened: the shard's owner failed while it had the command. */
    record Indeterminate(String detail) implements Outcome {}

    /** Answers {@link Command.Locate}: the process id, and the thread's id as the kernel knows it. */
    record Located(long pid, long nativeThreadId, String threadName) implements Outcome {}

    /** Why a command was refused. */
    enum Reason {
        UNKNOWN_ACCOUNT,
        UNKNOWN_SHARD,
        UNKNOWN_FAULT,
        SAME_ACCOUNT,
        INVALID_AMOUNT,
        INSUFFICIENT_FUNDS,
        OVERLOADED,
        UNAVAILABLE,
        QUARANTINED
    }
}
