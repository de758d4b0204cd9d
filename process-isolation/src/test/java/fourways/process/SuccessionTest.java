package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.LedgerConfig;
import fourways.workload.Restarts;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** The fence between a worker and the next, by the order in which things happen. The workers are threads of this test, and die as slowly as it likes. */
class SuccessionTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** How long a worker takes to die. The next one is connected by then, and has to read one frame only: would it be sent that too soon, it would say so in a small part of this time. */
    private static final Duration DYING = Duration.ofMillis(300);

    /** What becomes of each worker, in this order. */
    private static final List<String> LIFE = List.of("told", "begins to last", "serves", "gone");

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Semaphore told = new Semaphore(0);
    private final CountDownLatch abandoned = new CountDownLatch(1);

    private final class Witness implements Clients {
        @Override
        public void answered(Frame.Answer answer) {}

        @Override
        public void serving(int worker) {
            events.add("serves");
        }

        @Override
        public void resumed(int shard) {}

        @Override
        public void suspended(int shard, String reason, boolean givenUp) {}

        @Override
        public void lost(int worker, String reason) {}

        @Override
        public void abandoned(int worker, String reason) {
            abandoned.countDown();
        }
    }

    /** A limit that writes down when it is told that a worker serves. */
    private final class NotedRestarts implements Restarts {
        private final Restarts limit = new RestartLimit();

        @Override
        public void serves(long nowNanos) {
            events.add("begins to last");
            limit.serves(nowNanos);
        }

        @Override
        public Decision failed(long nowNanos) {
            return limit.failed(nowNanos);
        }
    }

    /** Always has one that stands by. */
    private final class Standbys implements Recruits {

        @Override
        public WorkerProcess next() throws IOException {
            return WorkerProcess.startBy(PrivateDirectory.create("fourways-"), socket -> {
                Thread.ofPlatform().daemon().name("fake-worker").start(() -> work(socket));
                return new FakeProcess(SuccessionTest.this::die);
            });
        }

        @Override
        public WorkerProcess standby() {
            try {
                return next();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void allServe() {}

        @Override
        public void close() {}
    }

    /** Serves when it is told to, and is lost at once. */
    private void work(Path socket) {
        try (SocketChannel channel = Sockets.connect(socket)) {
            FakeWorker.start(channel);
            events.add("told");
            told.release();
            FakeWorker.write(channel, new Frame.Ready());
        } catch (IOException e) {
            // Not in a life as it is to be.
            events.add(e.toString());
        }
    }

    private void die() {
        told.acquireUninterruptibly();
        try {
            if (told.tryAcquire(DYING.toNanos(), TimeUnit.NANOSECONDS)) {
                // The next one, whose end needs it.
                told.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        events.add("gone");
    }

    @Test
    void nobodyIsToldToServeBeforeTheProcessOfTheOneBeforeHasEnded() throws InterruptedException {
        LedgerConfig config =
                LedgerConfig.inMemory().withAccounts(1_000, 1).withWorkers(1).withVariant("plain");

        try (Supervisor _ = Supervisor.open(config, Frame.Job.ECHO, new Witness(), policies())) {
            assertTrue(abandoned.await(SOON.toSeconds(), TimeUnit.SECONDS));
        }

        assertEquals(
                Collections.nCopies(5, LIFE).stream().flatMap(List::stream).toList(),
                events,
                "as many lives as the limit allows, one after the other");
    }

    @Test
    void aLossIsSaidOnlyWhenItIsMadeGood() {
        List<String> said = new CopyOnWriteArrayList<>();
        Logger log = Logger.getLogger(Succession.class.getName());
        log.setFilter(entry -> {
            said.add(entry.getMessage());
            return false;
        });
        try (Succession succession = new Succession(0, policies(), new Witness())) {

            assertTrue(succession.isReplaced(succession.lost("worker-0 is gone", false)));
            assertEquals(List.of(), said);
            succession.serves();

            assertEquals(List.of("worker-0 is gone; it is replaced"), said);
        } finally {
            log.setFilter(null);
        }
    }

    private Policies policies() {
        return new Policies(new Standbys(), NotedRestarts::new, Heartbeat.none(), SOON, (admission, request) -> {});
    }
}
