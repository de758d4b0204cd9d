package fourways.workload;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fourways.workload.Journal.Effect;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Group commit on forces that wait until they are told to go on, so that what may happen before, and what only after, is seen without a clock. */
class GroupCommitTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Kept, for the logging forgets levels of loggers that nobody refers to. */
    private static final Logger LOG = Logger.getLogger(GroupCommit.class.getName());

    private final GroupCommit group = new GroupCommit("test-commit");
    private final List<String> events = new CopyOnWriteArrayList<>();

    /** Some fail on purpose; whoever reads the build's output should not have to wonder. */
    @BeforeAll
    static void silence() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speakAgain() {
        LOG.setLevel(null);
    }

    @AfterEach
    void endThread() {
        group.close();
    }

    /** A force that says when it begins and ends, and ends when it is let. */
    private final class Disk implements GroupCommit.Force {
        private final String name;
        private final Semaphore allowed = new Semaphore(0);

        Disk(String name) {
            this.name = name;
        }

        @Override
        public void force() throws IOException {
            events.add(name + " forces");
            allowed.acquireUninterruptibly();
            events.add(name + " forced");
        }

        void allow(int forces) {
            allowed.release(forces);
        }
    }

    private Effect effect(String name) {
        return () -> events.add(name);
    }

    private void awaitEvents(String... expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(List.of(expected), events));
    }

    @Test
    void anEffectWaitsForAForceThatBeganAfterIt() {
        Disk disk = new Disk("a");
        GroupCommit.Member member = group.new Member(disk);
        member.whenDurable(effect("1"));
        awaitEvents("a forces");
        member.whenDurable(effect("2"));
        disk.allow(1);

        // The thread is inside the second force now and can do nothing else.
        awaitEvents("a forces", "a forced", "1", "a forces");

        disk.allow(1);
        awaitEvents("a forces", "a forced", "1", "a forces", "a forced", "2");
    }

    @Test
    void whateverGathersDuringOneForceSharesTheNext() {
        Disk disk = new Disk("a");
        GroupCommit.Member member = group.new Member(disk);
        AtomicInteger run = new AtomicInteger();
        member.whenDurable(run::incrementAndGet);
        awaitEvents("a forces");
        IntStream.range(0, 1_000).forEach(i -> member.whenDurable(run::incrementAndGet));

        disk.allow(2);

        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(1_001, run.get()));
        assertEquals(List.of("a forces", "a forced", "a forces", "a forced"), events);
    }

    @Test
    void effectsOfOneJournalRunInOrder() {
        List<Integer> run = new CopyOnWriteArrayList<>();
        GroupCommit.Member member = group.new Member(() -> {});

        IntStream.range(0, 5_000).forEach(i -> member.whenDurable(() -> run.add(i)));

        await().atMost(PATIENCE).until(() -> run.size() == 5_000);
        assertEquals(IntStream.range(0, 5_000).boxed().toList(), run);
    }

    @Test
    void aBusyJournalDoesNotKeepAnotherWaiting() {
        GroupCommit.Member busy = group.new Member(() -> {});
        GroupCommit.Member other = group.new Member(() -> {});
        AtomicInteger busyRuns = new AtomicInteger();
        AtomicInteger busyRunsBeforeOther = new AtomicInteger(-1);
        Effect again = new Effect() {
            @Override
            public void run() {
                if (busyRuns.incrementAndGet() == 1) {
                    other.whenDurable(() -> busyRunsBeforeOther.set(busyRuns.get()));
                }
                if (busyRuns.get() < 1_000) {
                    busy.whenDurable(this);
                }
            }
        };

        busy.whenDurable(again);

        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(1_000, busyRuns.get()));
        assertEquals(1, busyRunsBeforeOther.get());
    }

    @Test
    void anEffectThatThrowsDoesNotKeepTheNextOneWaiting() {
        GroupCommit.Member member = group.new Member(() -> {});

        member.whenDurable(() -> {
            throw new IllegalStateException("thrown on purpose, by a test");
        });
        member.whenDurable(effect("2"));

        awaitEvents("2");
    }

    @Test
    void closingRunsWhatWaitsWhileTheThreadIsHeldUpByAnEffect() {
        Semaphore free = new Semaphore(0);
        Semaphore heldUp = new Semaphore(0);
        List<Thread> threads = new CopyOnWriteArrayList<>();
        GroupCommit.Member other = group.new Member(() -> {});
        GroupCommit.Member member = group.new Member(() -> events.add("forced"));
        other.whenDurable(() -> {
            threads.add(Thread.currentThread());
            heldUp.release();
            free.acquireUninterruptibly();
        });
        heldUp.acquireUninterruptibly();
        member.whenDurable(() -> threads.add(Thread.currentThread()));
        member.whenDurable(effect("2"));

        member.close();

        assertEquals(List.of("forced", "2"), events);
        assertSame(Thread.currentThread(), threads.get(1));
        assertNotSame(threads.get(0), threads.get(1));
        assertThrows(IllegalStateException.class, () -> member.whenDurable(effect("3")));
        free.release();
    }

    @Test
    void anEffectMayCloseItsOwnJournal() {
        GroupCommit.Member member = group.new Member(() -> {});
        Semaphore queued = new Semaphore(0);

        member.whenDurable(() -> {
            queued.acquireUninterruptibly();
            member.close();
            events.add("closed");
        });
        member.whenDurable(effect("2"));
        queued.release();

        awaitEvents("2", "closed");
    }

    @Test
    void afterOneFailedForceNothingIsPromisedAnyMore() {
        AtomicInteger forces = new AtomicInteger();
        GroupCommit.Member member = group.new Member(() -> {
            forces.incrementAndGet();
            throw new IOException("failed on purpose, by a test");
        });
        GroupCommit.Member other = group.new Member(forces::incrementAndGet);

        member.whenDurable(failingEffect("1"));

        awaitEvents("1 failed");
        Effect late = failingEffect("late");
        assertThrows(IllegalStateException.class, () -> other.whenDurable(late));
        assertThrows(IllegalStateException.class, () -> member.whenDurable(late));
        other.close();
        assertEquals(1, forces.get());
    }

    @Test
    void whatOtherJournalsHadWaitingWhenOneFailedFailsToo() {
        Disk disk = new Disk("a");
        GroupCommit.Member failing = group.new Member(() -> {
            disk.force();
            throw new IOException("failed on purpose, by a test");
        });
        GroupCommit.Member other = group.new Member(() -> events.add("other forced"));
        failing.whenDurable(failingEffect("1"));
        awaitEvents("a forces");
        other.whenDurable(failingEffect("2"));

        disk.allow(1);

        awaitEvents("a forces", "a forced", "1 failed", "2 failed");
    }

    private Effect failingEffect(String name) {
        return new Effect() {
            @Override
            public void run() {
                events.add(name);
            }

            @Override
            public void fail(String detail) {
                events.add(name + " failed");
            }
        };
    }
}
