package fourways.workload;

/** What an acknowledged command survives. */
public enum JournalMode {
    /** Nothing is written: a shard that fails is gone. */
    MEMORY,
    /** Survives the death of the process, by whatever signal: written to a mapped file before it is acknowledged. */
    PROCESS,
    /** Survives the death of the machine: also forced to the disk before it is acknowledged, many at once. */
    DISK
}
