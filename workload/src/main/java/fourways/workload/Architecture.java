package fourways.workload;

import java.util.List;

/**
 * A way to build a {@link Ledger}. Found with {@link java.util.ServiceLoader}: a jar on the class path with a provider is one more architecture to
 * compare.
 */
public interface Architecture {

    /** The name in commands, tables and file names, such as {@code actor-model}: lower-case letters, digits and hyphens. */
    String name();

    /** What {@link LedgerConfig#variant()} may be, the first being the default. */
    List<String> variants();

    /**
     * Opens a ledger, recovering what its directory holds; returns when every shard serves.
     *
     * @throws LedgerOpenException if that cannot be done; it names what was found and what is allowed, and nothing half-open stays behind
     */
    Ledger open(LedgerConfig config);

    /**
     * Opens the bare hop: the way this architecture brings a command to the owner of its shard and the answer back, with nothing behind it. It
     * answers {@code Accepted(0)} to every command, has no gate, journal or shard, and needs no directory. It is the yardstick for {@link #open}.
     */
    Ledger openFloor(LedgerConfig config);

    /**
     * How much heap the other processes of such a ledger will take, all together: whoever gives all architectures the same starts the JVM that opens this
     * one with as much less. None where everything is in one process.
     */
    default int heapElsewhereMebibytes(LedgerConfig config) {
        return 0;
    }

    /** What such a ledger claims to live through for as long as it runs. Without a claim of its own, what all must: owners that throw. */
    default Endurance endurance(LedgerConfig config) {
        return Endurance.ofExceptions();
    }
}
