package fourways.report;

import org.jspecify.annotations.Nullable;

/** What the faults of the catalogue are, in a sentence each. */
final class PageGlossary {

    private PageGlossary() {}

    /** How the fault is inflicted; null for one that is not of the catalogue. */
    static @Nullable String inflicted(String fault) {
        // The switch is over names, not an enum: faults may come from a class path that this code has never seen.
        return switch (fault) {
            case "exception" -> "A handler throws in the middle of an update.";
            case "stack-overflow" -> "A handler recurses without end.";
            case "heap-exhaustion" -> "A handler keeps arrays until no memory is left.";
            case "gc-pressure" -> "Live data close to the maximum heap, with garbage on top.";
            case "busy-loop" -> "A handler never returns, and uses a core.";
            case "blocking-call" -> "A handler blocks for long, and ignores interruption.";
            case "pool-exhaustion" -> "As many handlers block as there are workers.";
            case "deadlock" -> "Two shards wait for each other.";
            case "descriptor-exhaustion" -> "Files are opened until none can be opened any more.";
            case "poisoned-class" -> "A class whose static initializer failed.";
            case "poison-request" -> "A request that kills its handler, sent again and again.";
            case "wild-write" -> "Code reached from a handler changes another shard's memory.";
            case "native-crash" -> "A write to address 0.";
            case "exit" -> "A handler halts its JVM.";
            case "kill" -> "SIGKILL, from outside, to the process that runs the victim.";
            case "freeze" -> "SIGSTOP, from outside, to the process that runs the victim.";
            case "kill-supervisor" -> "SIGKILL, from outside, to the process that supervises.";
            case "overload" -> "One shard is flooded with ten times what it can serve.";
            case "torn-journal" -> "The last record is cut, or a bit flipped, before a restart.";
            default -> null;
        };
    }
}
