package fourways.workload;

/**
 * What a client asks of a ledger. Every command carries an id that its client made and that no other command of the ledger's life has; the ledger
 * does not look for repeated ids, the checker does. Amounts are in cents. Any values may be submitted: those that make no sense are refused.
 */
public sealed interface Command {

    long id();

    /** Brings money in from outside. Answered with the new balance. */
    record Deposit(long id, int account, long amountCents) implements Command {}

    /** Takes money out. Answered with the new balance. */
    record Withdraw(long id, int account, long amountCents) implements Command {}

    /** Moves money between two accounts, on one shard or across two. Answered with the new balance of {@code from}, once both sides hold. */
    record Transfer(long id, int from, int to, long amountCents) implements Command {}

    /** Answered with the balance. */
    record ReadBalance(long id, int account) implements Command {}

    /** Asks who runs a shard; answered with {@link Outcome.Located} by the thread that would have served a request. */
    record Locate(long id, int shard) implements Command {}

    /** Makes the owner of a shard suffer the {@link Fault} of that name, where it would have handled a request. */
    record Sabotage(long id, int shard, String fault) implements Command {}
}
