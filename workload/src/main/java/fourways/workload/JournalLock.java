package fourways.workload;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ownership of a directory or of one shard's journal, against other processes and within this one. The kernel gives it back when the process ends, however
 * it ends. The lock file holds the process id of the owner, for messages only; it stays when the lock is given back.
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
            FileChannel channel = null;
            while (channel == null) {
                channel = lock(key, what, patience);
            }
            return new JournalLock(key, channel);
        } catch (IOException | RuntimeException | Error e) {
            HELD_HERE.remove(key);
            throw e;
        }
    }

    /** Null, for another attempt, if the file was not there before, or is not the same as before: nobody else would see a lock on one that was removed. */
    private static @Nullable FileChannel lock(Path file, String what, Duration patience) throws IOException {
        Object before = identity(file);
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
            if (before == null || !before.equals(identity(file))) {
                channel.close();
                return null;
            }
            writeOwner(file, channel);
            return channel;
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static void writeOwner(Path file, FileChannel channel) throws IOException {
        String pid = ProcessHandle.current().pid() + " ".repeat(PID_BYTES);
        try {
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII), 0, PID_BYTES), 0);
        } catch (IOException e) {
            if (channel.size() == 0) {
                // Nobody has ever owned it, and it is locked: it can go.
                Files.delete(file);
            }
            throw e;
        }
    }

    private static @Nullable Object identity(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
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

    /** Gives the lock back and leaves no file, for an owner that made the file and did not come to be one. */
    void closeAndRemove() throws IOException {
        try {
            Files.deleteIfExists(key);
        } finally {
            close();
        }
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
