package fourways.workload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** The file that says what a directory holds: the format, and the shape of the ledger, which cannot change while it exists. */
final class LedgerManifest {

    private static final String FORMAT = "format";
    private static final String FORMAT_VERSION = "1";
    private static final int MAX_BYTES = 4_096;

    private final Path ledger;
    private final Path file;
    private final Map<String, String> wanted = new LinkedHashMap<>();

    LedgerManifest(Path ledger, LedgerConfig config) {
        this.ledger = ledger;
        file = ledger.resolve("ledger.properties");
        wanted.put(FORMAT, FORMAT_VERSION);
        wanted.put("accounts", Integer.toString(config.accounts()));
        wanted.put("shards", Integer.toString(config.shards()));
        wanted.put("initialBalanceCents", Long.toString(config.initialBalanceCents()));
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Whether this is a file that a {@link #write} which did not finish may have left. */
    boolean isUnfinished(Path other) {
        return other.equals(unfinished());
    }

    private Path unfinished() {
        return file.resolveSibling("ledger.properties.unfinished");
    }

    /** @throws LedgerOpenException if the directory holds anything but what is wanted */
    void check() throws IOException {
        byte[] bytes = read();
        // As it was written, most of the time. To load the classes that parse it takes a process that replaces another
        // longer than to open a shard.
        if (!Arrays.equals(bytes, text())) {
            compare(parse(bytes));
        }
    }

    private void compare(Properties found) {
        wanted.forEach((name, value) -> {
            String there = found.getProperty(name);
            if (there == null) {
                throw new LedgerOpenException(file + " does not say '" + name + "'; wanted is " + value);
            }
            if (!there.strip().equals(value)) {
                throw new LedgerOpenException(file + ": " + name + " is " + there.strip() + ", wanted is " + value
                        + "; choose another directory"
                        + (name.equals(FORMAT) ? "" : " or open it with " + name + " " + there.strip()));
            }
        });
    }

    private byte[] read() throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
            throw new LedgerOpenException(
                    file + " is not the description of a ledger: a text file of at most " + MAX_BYTES + " bytes");
        }
        return Files.readAllBytes(file);
    }

    private Properties parse(byte[] bytes) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new ByteArrayInputStream(bytes));
        } catch (IllegalArgumentException e) {
            throw new LedgerOpenException(file + " is not the description of a ledger: " + e.getMessage(), e);
        }
        return properties;
    }

    /** Writes the file as a whole or not at all, and through to the disk: a ledger without it could not be opened any more. */
    void write() throws IOException {
        try {
            Files.deleteIfExists(unfinished());
            try (FileChannel channel = FileChannel.open(
                    unfinished(), Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.FILE)) {
                channel.write(ByteBuffer.wrap(text()));
                channel.force(true);
            }
            Files.move(unfinished(), file, StandardCopyOption.ATOMIC_MOVE);
            SegmentFolder.force(ledger);
        } catch (IOException e) {
            remove(e);
            throw e;
        }
    }

    private byte[] text() {
        StringBuilder text = new StringBuilder("# What this directory holds. Not to be edited.\n");
        wanted.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private void remove(IOException cause) {
        try {
            Files.deleteIfExists(unfinished());
            Files.deleteIfExists(file);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
