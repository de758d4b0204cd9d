package fourways.report;

import fourways.process.RunDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Where a run keeps what: {@code run.json}, {@code results.json}, {@code trials/} with a file, perhaps a log, and perhaps a folder of raw data for each trial, and, while a trial runs, {@code ledgers/} with its journals.
 * The sockets are elsewhere, because their paths must be short; what a run that was killed has left there goes when the next one begins.
 */
final class RunFolder implements AutoCloseable {

    private static final String LOCK = ".lock";

    private final Path root;
    private final RunDirectory sockets;
    private final FileChannel lock;

    private RunFolder(Path root, RunDirectory sockets, FileChannel lock) {
        this.root = root;
        this.sockets = sockets;
        this.lock = lock;
    }

    /**
     * Makes the folder, which must be new or empty.
     *
     * @throws UsageException if somebody else is just doing the same
     */
    static RunFolder create(Path root) throws IOException {
        Files.createDirectories(root.resolve("trials"));
        return open(root);
    }

    /**
     * Opens the folder of a run, and keeps others out of it.
     *
     * @throws UsageException if the run is still running
     */
    static RunFolder open(Path root) throws IOException {
        // The kernel gives the lock back however its holder ends; the file stays, for who deletes it could lock out
        // nobody.
        FileChannel lock = FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = lock.tryLock() != null;
            if (!locked) {
                throw new UsageException(
                        "the run in " + root + " is still running, allowed is one that has ended or was cut off");
            }
            return new RunFolder(root.toAbsolutePath(), RunDirectory.create(), lock);
        } finally {
            if (!locked) {
                lock.close();
            }
        }
    }

    Path root() {
        return root;
    }

    /** Of a trial: {@code trials/007-fault-shared-threads-plain-kill.json}, relative to the root. */
    static String trialFile(int number, TrialSpec spec, String extension) {
        String name = String.join(
                "-",
                "%03d".formatted(number),
                spec.kind(),
                spec.contender().architecture(),
                spec.contender().variant(),
                spec.subject().replace(' ', '-'));
        return "trials/" + name + extension;
    }

    Path resolve(String relative) {
        return root.resolve(relative);
    }

    Path ledger(int number) {
        return root.resolve("ledgers").resolve("%03d".formatted(number));
    }

    Path socket(int number) {
        return sockets.path().resolve("%03d".formatted(number));
    }

    void deleteLedger(int number) throws IOException {
        delete(ledger(number));
    }

    /** Deletes what a trial that was cut off has left. */
    void clear(int number) throws IOException {
        deleteLedger(number);
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(root.resolve("trials"), "%03d-*".formatted(number))) {
            for (Path file : left) {
                delete(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (lock;
                sockets) {
            Path ledgers = root.resolve("ledgers");
            if (Files.isDirectory(ledgers) && isEmpty(ledgers)) {
                Files.delete(ledgers);
            }
        }
    }

    static boolean isEmpty(Path directory) throws IOException {
        try (var entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        }
    }

    /** Deletes a tree, if it exists; links are deleted, not followed. */
    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
