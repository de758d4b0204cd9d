package fourways.process;

import fourways.workload.JournalMode;
import fourways.workload.LedgerConfig;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The configuration within the frame that starts a worker: the components in order, an empty directory for none. */
final class ConfigCodec {

    private static final JournalMode[] JOURNAL_MODES = JournalMode.values();

    private ConfigCodec() {}

    static void put(ByteBuffer out, LedgerConfig config) {
        out.putInt(config.accounts())
                .putInt(config.shards())
                .putInt(config.workers())
                .putInt(config.capacity());
        out.putLong(config.initialBalanceCents());
        Fields.putEnum(out, config.journal());
        // Absolute: the worker need not run in the same directory.
        Path directory = config.directory();
        Fields.putString(
                out, directory == null ? "" : directory.toAbsolutePath().toString());
        out.putInt(config.segmentBytes());
        Fields.putBoolean(out, config.keepSegments());
        out.putInt(config.deadlineMillis());
        Fields.putString(out, config.variant());
    }

    static LedgerConfig get(ByteBuffer in) throws MalformedFrameException {
        int accounts = in.getInt();
        int shards = in.getInt();
        int workers = in.getInt();
        int capacity = in.getInt();
        long initialBalanceCents = in.getLong();
        JournalMode journal = Fields.getEnum(in, JOURNAL_MODES);
        String directory = Fields.getString(in);
        int segmentBytes = in.getInt();
        boolean keepSegments = Fields.getBoolean(in);
        int deadlineMillis = in.getInt();
        String variant = Fields.getString(in);
        try {
            return new LedgerConfig(
                    accounts,
                    shards,
                    workers,
                    capacity,
                    initialBalanceCents,
                    journal,
                    pathOf(directory),
                    segmentBytes,
                    keepSegments,
                    deadlineMillis,
                    variant);
        } catch (IllegalArgumentException e) {
            // InvalidPathException is one too.
            throw new MalformedFrameException("configuration: " + e.getMessage());
        }
    }

    private static @Nullable Path pathOf(String directory) {
        return directory.isEmpty() ? null : Path.of(directory);
    }
}
