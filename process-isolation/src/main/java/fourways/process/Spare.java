package fourways.process;

import fourways.workload.LedgerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One spare worker, from when it has connected until it is taken. It practises in short rounds, so that it can be had between two of them, and answers again and again while it waits, and once more
 * before it is handed over. Not thread-safe.
 */
final class Spare {

    /** How much a spare practises. On a slow or busy machine time is the limit, since it takes a core from those that serve. */
    record Practice(int rounds, Duration longest) {

        /** After so many rounds the compiler has seen what counts. */
        static Practice usual() {
            return new Practice(80, Duration.ofSeconds(2));
        }
    }

    /** Many times what a round takes, the first of all too. */
    private static final Duration ROUND_PATIENCE = Duration.ofSeconds(10);

    /** How long a spare waits to be taken before it is asked again whether it is still there. */
    private static final Duration IDLE = Duration.ofMillis(200);

    private final WorkerProcess process;
    private final SpareTalk talk;
    private final Duration deadline;

    /** Waits for it to connect. It has so long to answer from then on. */
    Spare(WorkerProcess process, Duration deadline) throws IOException {
        this.process = process;
        this.talk = new SpareTalk(process);
        this.deadline = deadline;
    }

    /** Returns true when it has been taken, false when it has practised. */
    boolean isTakenWhilePractising(Practice practice, Path directory, SpareWishes wishes) throws IOException {
        LedgerConfig ledger = Rehearsal.config(directory.resolve("ledger"));
        long endNanos = System.nanoTime() + practice.longest().toNanos();
        for (int round = 0; round < practice.rounds() && System.nanoTime() - endNanos < 0; round++) {
            SpareWishes.Wish wish = wishes.poll();
            if (wish == null) {
                talk.rehearse(ledger, ROUND_PATIENCE);
            } else {
                talk.beat(deadline);
                if (wish.grant(process)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns when it has been taken. */
    void awaitTaken(SpareWishes wishes) throws IOException, InterruptedException {
        boolean taken = false;
        while (!taken) {
            SpareWishes.Wish wish = wishes.poll(IDLE);
            talk.beat(deadline);
            taken = wish != null && wish.grant(process);
        }
    }
}
