package fourways.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A process and all that descend from it. Keeps those it has seen: once a process is dead the kernel no longer tells whose children survived it. Handles
 * know when their process started, so a number that was given to a new process is never mistaken for the old one. Thread-safe.
 */
final class ProcessTree {

    /** The kernel sends no word of the end of processes that are not our own children, so it is asked this often. */
    private static final Duration POLL = Duration.ofMillis(10);

    private final ProcessHandle root;
    private final Set<ProcessHandle> seen = new LinkedHashSet<>();

    ProcessTree(ProcessHandle root) {
        this.root = root;
        seen.add(root);
    }

    /** Those that live now. */
    synchronized List<ProcessHandle> alive() {
        root.descendants().forEach(seen::add);
        // The dead are of no more use, and a crash loop would make ever more of them.
        seen.removeIf(process -> !isAlive(process));
        return List.copyOf(seen);
    }

    /** Kills all of them and waits for their end, even if the thread is interrupted. Those that were born meanwhile are found in another look. */
    void kill(Duration patience) {
        boolean interrupted = false;
        Set<ProcessHandle> killed = new LinkedHashSet<>();
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        for (List<ProcessHandle> living = alive(); !living.isEmpty(); living = alive()) {
            if (System.nanoTime() > deadlineNanos) {
                throw new TrialFailedException(
                        "processes that were killed still live after " + patience.toSeconds() + " s: " + living);
            }
            living.forEach(ProcessHandle::destroyForcibly);
            killed.addAll(living);
            try {
                awaitEnd(living, patience);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        killed.forEach(process -> Jcmd.forget(process.pid()));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether all of these have ended within the patience. */
    static boolean awaitEnd(Collection<ProcessHandle> processes, Duration patience) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        while (processes.stream().anyMatch(ProcessTree::isAlive)) {
            if (System.nanoTime() > deadlineNanos) {
                return false;
            }
            Thread.sleep(POLL);
        }
        return true;
    }

    /** A process that is dead but not yet buried by its parent does not count. */
    static boolean isAlive(ProcessHandle process) {
        try {
            return process.isAlive() && !Proc.isZombie(process.pid());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
