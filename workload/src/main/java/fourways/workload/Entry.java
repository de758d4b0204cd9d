package fourways.workload;

/**
 * One journaled change of one shard. An entry names accounts; the shards follow from them.
 *
 * @param id the command that caused it
 * @param account the account of this shard that changes
 * @param other the account at the other end of a transfer; the same account where there is none
 * @param number for the three entries of a transfer across shards, which one it is of all from that source to that destination
 */
record Entry(Kind kind, long id, int account, int other, long amountCents, long number) {

    enum Kind {
        DEPOSIT(1),
        WITHDRAW(2),
        /** A transfer within the shard, from {@code account} to {@code other}. */
        MOVE(3),
        /** The source's half of a transfer: the money leaves {@code account} for the outbox. */
        DEBIT(4),
        /** The destination's half: the money arrives at {@code account}; {@code other} is where it came from. */
        CREDIT(5),
        /** The destination of {@code other} has everything up to {@code number}: the outbox may forget it. */
        SETTLE(6);

        /** What stands for it in a journal, for ever; never 0, so that an entry is never all zeros. */
        final int code;

        Kind(int code) {
            this.code = code;
        }

        /** An obligation finishes what was promised elsewhere; the journal keeps room for it when new work is refused. */
        boolean isObligation() {
            return this == CREDIT || this == SETTLE;
        }
    }
}
