package fourways.workload;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** A directory that this process has claimed for a ledger. */
final class LedgerDirectory implements AutoCloseable {

    private static final String LOCK = "ledger.lock";

    private final JournalLock lock;

    private LedgerDirectory(JournalLock lock) {
        this.lock = lock;
    }

    /**
     * Makes the directory if it does not exist, claims it, and sees to it that it holds the ledger wanted, or a new one.
     *
     * @throws LedgerOpenException if that is not possible; what was made is removed again
     */
    static LedgerDirectory claim(Path directory, LedgerConfig config) {
        Path absolute = directory.toAbsolutePath();
        Deque<Path> made = new ArrayDeque<>();
        try {
            make(absolute, made);
            if (config.journal() == JournalMode.DISK) {
                force(made);
            }
            return claim(absolute, new LedgerManifest(absolute, config));
        } catch (LedgerOpenException e) {
            remove(made, e);
            throw e;
        } catch (IOException e) {
            remove(made, e);
            throw cannotUse(directory, e);
        }
    }

    /** Sees to it that a directory that another process has claimed holds the ledger wanted. */
    static void check(Path directory, LedgerConfig config) {
        LedgerManifest manifest = new LedgerManifest(directory.toAbsolutePath(), config);
        if (!manifest.exists()) {
            throw new LedgerOpenException("the directory " + directory + " holds no ledger to join");
        }
        try {
            manifest.check();
        } catch (IOException e) {
            throw cannotUse(directory, e);
        }
    }

    private static void make(Path directory, Deque<Path> made) throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new LedgerOpenException("the directory " + directory
                    + " is a file; allowed is a directory, or a path where one can be made");
        }
        Deque<Path> missing = new ArrayDeque<>();
        for (Path path = directory; path != null && Files.notExists(path); path = path.getParent()) {
            missing.push(path);
        }
        for (Path path : missing) {
            try {
                Files.createDirectory(path, OwnerOnly.FOLDER);
                made.push(path);
            } catch (FileAlreadyExistsException e) {
                // Made by someone else meanwhile, or by way of another name for it; unless it is something else.
                if (!Files.isDirectory(path)) {
                    throw e;
                }
            }
        }
    }

    private static void force(Deque<Path> made) throws IOException {
        for (Path path : made) {
            SegmentFolder.force(path.resolve(".."));
        }
    }

    private static LedgerDirectory claim(Path directory, LedgerManifest manifest) throws IOException {
        Path lockFile = directory.resolve(LOCK);
        boolean isOurs = Files.notExists(lockFile);
        JournalLock lock = JournalLock.acquire(directory, LOCK, "the directory " + directory, Duration.ZERO);
        try {
            if (manifest.exists()) {
                manifest.check();
            } else {
                requireEmpty(directory, lockFile, manifest);
                manifest.write();
            }
            return new LedgerDirectory(lock);
        } catch (IOException | RuntimeException | Error e) {
            if (isOurs) {
                lock.closeAndRemove();
            } else {
                lock.close();
            }
            throw e;
        }
    }

    /** Journals that have lost their description, and other people's files, are nothing to begin a ledger on. */
    private static void requireEmpty(Path directory, Path lockFile, LedgerManifest manifest) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (!file.equals(lockFile) && !manifest.isUnfinished(file)) {
                    throw new LedgerOpenException("the directory " + directory + " holds " + file.getFileName()
                            + ", but no ledger; allowed is an empty directory, or that of a ledger");
                }
            }
        }
    }

    private static void remove(Deque<Path> made, Exception cause) {
        for (Path path : made) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    private static LedgerOpenException cannotUse(Path directory, IOException e) {
        String problem =
                e instanceof AccessDeniedException ? "this user may not write " + e.getMessage() : e.toString();
        return new LedgerOpenException(
                "the directory " + directory + " cannot be used: " + problem
                        + "; allowed is a directory that this user can write to, or a path where one can be made",
                e);
    }

    @Override
    public void close() {
        lock.close();
    }
}
