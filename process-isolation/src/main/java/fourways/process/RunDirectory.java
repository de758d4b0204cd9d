package fourways.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The directory of one run's sockets, a supervisor's or that of who starts supervisors, and of whatever else may go when it has ended. The kernel knows whether its owner lives: it holds a lock on a file in there, until its
 * process ends, however that happens. So each new run removes what dead ones have left, and nothing of those that live.
 *
 * <p>A process loses its lock on a file when it closes any descriptor of that file: therefore the set of those that this process holds itself.
 */
public final class RunDirectory implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(RunDirectory.class.getName());

    /** Short, for the paths of sockets must be, and one run may be within another. */
    private static final String PREFIX = "fourways-";

    private static final String LOCK = "lock";

    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private RunDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes a new one, and removes those of runs that have ended. */
    public static RunDirectory create() throws IOException {
        Path path = PrivateDirectory.create(PREFIX);
        HELD_HERE.add(path);
        FileChannel lock = null;
        try {
            // Under a name that nobody looks for until it is locked.
            Path locked = path.resolve(LOCK + ".new");
            lock = FileChannel.open(locked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (lock.tryLock() == null) {
                throw new IOException("cannot lock " + locked);
            }
            Files.move(locked, path.resolve(LOCK));
            removeDead(path);
            return new RunDirectory(path, lock);
        } catch (IOException | RuntimeException e) {
            if (lock != null) {
                lock.close();
            }
            PrivateDirectory.remove(path);
            HELD_HERE.remove(path);
            throw e;
        }
    }

    private static void removeDead(Path own) throws IOException {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(own.getParent(), PREFIX + "*")) {
            for (Path other : others) {
                if (!HELD_HERE.contains(other) && Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS)) {
                    removeIfDead(other, own);
                }
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void removeIfDead(Path other, Path own) {
        try (FileChannel channel = FileChannel.open(other.resolve(LOCK), StandardOpenOption.WRITE)) {
            if (Files.getOwner(other).equals(Files.getOwner(own)) && channel.tryLock() != null) {
                LOG.log(System.Logger.Level.DEBUG, "removing what a dead run has left: " + other);
                PrivateDirectory.remove(other);
            }
        } catch (IOException | UncheckedIOException | OverlappingFileLockException e) {
            // Not locked yet, being removed by somebody else, or a thing of another kind: at worst it stays.
            LOG.log(System.Logger.Level.DEBUG, "leaving " + other, e);
        }
    }

    /** Makes a directory in it, for the owner only as well. */
    Path make(String prefix) throws IOException {
        return Files.createTempDirectory(path, prefix, PrivateDirectory.OWNER_ONLY);
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            PrivateDirectory.remove(path);
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot remove " + path + "; the next run does", e);
        } finally {
            Sockets.closeQuietly(lock);
            HELD_HERE.remove(path);
        }
    }
}
