package fourways.workload;

import fourways.workload.Outcome.Located;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a {@link Fault} strikes, and how it says that it did. Made for one strike; any thread may use it. */
public final class Scene {

    private static final FileOutputStream STANDARD_ERROR = new FileOutputStream(FileDescriptor.err);

    private final String faultName;
    private final int shard;
    private final LedgerStore store;

    Scene(String faultName, int shard, LedgerStore store) {
        this.faultName = faultName;
        this.shard = shard;
        this.store = store;
        // Loads the classes that it takes to say something: afterwards there may be no memory and no file left for
        // that.
        var _ = Whereabouts.ofThisThread();
    }

    /** The shard whose owner is struck. */
    public int shard() {
        return shard;
    }

    /** The ledger's directory, which outlives its processes; null where it has none, with {@link JournalMode#MEMORY}. */
    public @Nullable Path directory() {
        return store.config().directory();
    }

    /** All that this process keeps in memory of the ledger. */
    LedgerStore store() {
        return store;
    }

    /**
     * Says that the fault took place, before it has its way or as soon as it had: prints one line to the standard error of the process, at once, whatever has become of {@link
     * System#err}:
     *
     * <pre>FIRED busy-loop pid=4711 tid=4723 shard=3 spins from now on</pre>
     *
     * The thread is the caller's, as the kernel knows it.
     *
     * @param evidence what was seen that nothing but the fault explains; on one line
     */
    public void fired(String evidence) {
        Located here = Whereabouts.ofThisThread();
        String line = "FIRED " + faultName + " pid=" + here.pid() + " tid=" + here.nativeThreadId() + " shard=" + shard
                + " " + evidence + "\n";
        try {
            // In one piece, or lines of several threads and processes would mix. Nothing is opened, and nothing closed.
            STANDARD_ERROR.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("a fault cannot say that it took place", e);
        }
    }
}
