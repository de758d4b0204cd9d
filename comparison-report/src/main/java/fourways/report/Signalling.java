package fourways.report;

import fourways.report.Target.Owner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends a signal to the process that runs the victim. */
final class Signalling implements Injection {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(2);

    private final Target target;
    private final Signal signal;

    private @Nullable Owner owner;
    private @Nullable Awakener awakener;
    private boolean sent;

    enum Signal {
        /** Nobody can do anything about it. */
        KILL,
        /** Keeps all threads from running. */
        STOP
    }

    Signalling(Target target, Signal signal) {
        this.target = target;
        this.signal = signal;
    }

    @Override
    public List<Integer> victims() {
        return List.of(target.shard());
    }

    @Override
    public void aim() throws InterruptedException, IOException {
        Owner found = target.locate();
        if (signal == Signal.STOP) {
            awakener = Awakener.of(found.process());
        }
        owner = found;
    }

    @Override
    public void inflict() throws InterruptedException, IOException {
        if (owner != null) {
            sent = true;
            if (signal == Signal.KILL) {
                // The same as the program does, without the time to start one.
                owner.process().destroyForcibly();
            } else {
                Signals.send("STOP", owner.process());
            }
        }
    }

    @Override
    public @Nullable String proof() throws InterruptedException, IOException {
        if (owner == null) {
            return null;
        }
        return switch (signal) {
            case KILL ->
                ProcessTree.awaitEnd(List.of(owner.process()), PATIENCE)
                        ? Deaths.describe(target, owner, "was sent SIGKILL and is gone")
                        : null;
            case STOP -> proofOfStop(owner);
        };
    }

    /** A supervisor may have ended it already. */
    private @Nullable String proofOfStop(Owner stopped) throws InterruptedException, IOException {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadlineNanos) {
            if (Proc.isStopped(stopped.process().pid())) {
                return "process " + stopped.process().pid() + ", which runs shard " + stopped.shard()
                        + ", was sent SIGSTOP, and the kernel says that it is stopped";
            }
            if (!ProcessTree.isAlive(stopped.process())) {
                return Deaths.describe(target, stopped, "was sent SIGSTOP and is gone: somebody ended it");
            }
            Thread.sleep(POLL);
        }
        return null;
    }

    @Override
    public void end() {
        if (signal == Signal.STOP && sent && owner != null && ProcessTree.isAlive(owner.process())) {
            try {
                Signals.send("CONT", owner.process());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                // It will be killed, which a stopped process does not survive either.
                Thread.currentThread().interrupt();
            }
        }
        if (awakener != null) {
            awakener.close();
        }
    }
}
