package fourways.workload;

import java.nio.file.Path;

/** A journal holds a record that is not what was written, and it is not a torn tail. The shard refuses to open; the file is left as found. */
public final class JournalDamagedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JournalDamagedException(Path file, long offset, String what) {
        super("journal damaged: " + file + " at offset " + offset + ": " + what);
    }
}
