package fourways.workload;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Ownership of a directory or of one shard's journal, against other processes and within this one. The kernel gives it back when the process ends, however
 * it ends. The lock file holds the process id of the owner, for messages only; it stays where it is when the lock is given back, for removing it
 * would let two owners lock two files of the same name.
 *
 * <p>A process loses its lock on a file when it closes <em>any</em> descriptor of that file ({@link java.nio.channels.FileLock}). So a file that this process
 * holds must not even be opened a second time: the set of what is held is asked first.
 */
final class JournalLock implements AutoCloseable {

    private static final Logger LOG = System.getLogger(JournalLock.class.getName());

    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();
    private static final long RETRY_NANOS = Duration.ofMillis(20).toNanos();

    /** Room for the largest long. The file keeps its size, so that a full disk does not keep an owner out. */
    private static final int PID_BYTES = 20;

    private final Path key;
    private final FileChannel channel;

    private JournalLock(Path key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /**
     * Takes a lock. The patience is for another process that is about to end; what this process holds itself is refused at once.
     *
     * @param what is locked, the subject of the message
     * @throws LedgerOpenException if it belongs to someone else
     */
    static JournalLock acquire(Path folder, String name, String what, Duration patience) throws IOException {
        // The folder may be reached by several names. It exists, the file in it may not.
        Path key = folder.toRealPath().resolve(name);
        if (!HELD_HERE.add(key)) {
            throw inUse(what, "this process, " + ProcessHandle.current().pid());
        }
        try {
            return new JournalLock(key, lock(key, what, patience));
        } catch (IOException | RuntimeException | Error e) {
            HELD_HERE.remove(key);
            throw e;
        }
    }

    private static FileChannel lock(Path file, String what, Duration patience) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                OwnerOnly.FILE);
        try {
            long deadlineNanos = System.nanoTime() + patience.toNanos();
            while (channel.tryLock() == null) {
                if (System.nanoTime() - deadlineNanos >= 0
                        || Thread.currentThread().isInterrupted()) {
                    throw inUse(what, "process " + owner(channel));
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
            String pid = String.format(
                    "%-" + PID_BYTES + "d", ProcessHandle.current().pid());
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
            return channel;
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(PID_BYTES);
        channel.read(pid, 0);
        String text = new String(pid.array(), StandardCharsets.US_ASCII).strip();
        return text.matches("\\d+") ? text : "unknown";
    }

    private static LedgerOpenException inUse(String what, String owner) {
        return new LedgerOpenException(
                what + " is in use by " + owner + "; close that ledger, or choose another directory");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is gone in any case, and the lock with it.
            LOG.log(Level.WARNING, "closing " + key, e);
        } finally {
            HELD_HERE.remove(key);
        }
    }
}
