package fourways.report;

import fourways.report.Target.Owner;
import java.util.Map;

/**
 * What there is to see of a fault in a host of one process.
 *
 * @param proof the whole of it, as a regular expression; OWNER stands for the process and thread that ran the victim, PID for the process alone
 * @param later what else shows afterwards that it took place
 */
record HostEvidence(String proof, HostAftermath later) {

    private static final String ANSWERED = ", and the request that carried it was answered ";
    private static final String UNANSWERED = ", and the request that carried it was not answered within 1000 ms";

    /** By fault. */
    static final Map<String, HostEvidence> OF = Map.ofEntries(
            Map.entry(
                    "exception",
                    serving("FIRED exception OWNER throws an IllegalStateException" + ANSWERED
                            + "'indeterminate: failed: .*sabotaged: exception in the middle of an update'")),
            Map.entry(
                    "stack-overflow",
                    serving("FIRED stack-overflow OWNER StackOverflowError after \\d{3,} calls" + ANSWERED
                            + "'indeterminate: failed: java.lang.StackOverflowError'")),
            Map.entry(
                    "heap-exhaustion",
                    new HostEvidence(
                            "FIRED heap-exhaustion OWNER OutOfMemoryError with \\d{3} MiB kept for ever; its memory grew from \\d+ to \\d{3} MiB",
                            HostAftermath.NOTHING)),
            Map.entry(
                    "gc-pressure",
                    new HostEvidence(
                            "FIRED gc-pressure pid=PID tid=\\d+ shard=5 holds \\d{3} MiB in use of a heap of \\d{3} MiB"
                                    + ANSWERED
                                    + "'accepted'; the threads that collect garbage in process PID have used \\d{3,} ms of CPU since",
                            HostAftermath::endsItsPressure)),
            Map.entry(
                    "busy-loop",
                    new HostEvidence(
                            "thread TID \\(dummy-1\\) of process PID does not stop running, and used [1-9]\\d* ms of CPU since the request that carried the fault",
                            HostAftermath.NOTHING)),
            Map.entry(
                    "blocking-call",
                    new HostEvidence(
                            "FIRED blocking-call OWNER blocks for 30 s .*" + UNANSWERED, HostAftermath::keepsThreads)),
            Map.entry(
                    "pool-exhaustion",
                    new HostEvidence(
                            "FIRED blocking-call OWNER blocks for 30 s .*" + UNANSWERED
                                    + "(; FIRED blocking-call pid=PID tid=\\d+ shard=[678] blocks .*" + UNANSWERED
                                    + "){3}",
                            HostAftermath::keepsThreads)),
            Map.entry(
                    "deadlock",
                    new HostEvidence(
                            "FIRED deadlock OWNER holds a lock .*" + UNANSWERED
                                    + "; FIRED deadlock pid=PID tid=\\d+ shard=6 holds a lock .*" + UNANSWERED,
                            HostAftermath::isADeadlockToTheJvm)),
            Map.entry(
                    "descriptor-exhaustion",
                    serving(
                            "FIRED descriptor-exhaustion OWNER has \\d{2,} files more open, and the next fails with: /dev/null \\(Too many open files\\); the limit is (?<limit>\\d+)"
                                    + ANSWERED
                                    + "'accepted'; process PID has \\d{2,} descriptors open, and may have \\k<limit>")),
            Map.entry(
                    "poisoned-class",
                    new HostEvidence(
                            "FIRED poisoned-class OWNER the class is dead: java.lang.ExceptionInInitializerError"
                                    + ANSWERED
                                    + "'indeterminate: .*'",
                            HostAftermath::healsInAnotherProcess)),
            Map.entry(
                    "poison-request",
                    serving(
                            "request \\d+, whose handler suffers 'exception', was sent \\d+ times within 2000 ms: [1-3] times its handler was lost, [1-9]\\d* times it was refused, \\d+ times not answered; it was quarantined after \\d+ ms")),
            Map.entry(
                    "wild-write",
                    new HostEvidence(
                            "FIRED wild-write OWNER added 100 cents behind the owners' backs to shard/account: .*"
                                    + ANSWERED + "'accepted'",
                            HostAftermath::isInMemory)),
            Map.entry(
                    "native-crash",
                    new HostEvidence(
                            "process PID, which ran shard 5, is gone, with exit status 1; before that: FIRED native-crash OWNER writes to address 0",
                            HostAftermath::saysSegmentationFault)),
            Map.entry(
                    "exit",
                    new HostEvidence(
                            "process PID, which ran shard 5, is gone, with exit status 86; before that: FIRED exit OWNER halts the process with status 86",
                            HostAftermath::isServedAgain)),
            Map.entry(
                    "kill",
                    new HostEvidence(
                            "process PID, which ran shard 5, was sent SIGKILL and is gone, with exit status 137 \\(SIGKILL\\)",
                            HostAftermath::isServedAgain)),
            Map.entry(
                    "freeze",
                    new HostEvidence(
                            "process PID, which runs shard 5, was sent SIGSTOP, and the kernel says that it is stopped",
                            HostAftermath::thawsInTheEnd)),
            Map.entry(
                    "overload",
                    new HostEvidence(
                            "in \\d+ ms 4000 requests were sent to shard 5 that keep it busy \\(\\d+ served, [1-9]\\d{2,} refused OVERLOADED, 0 answered otherwise, [1-9]\\d* waiting\\)",
                            HostAftermath::countsInTheEnd)),
            Map.entry(
                    "torn-journal",
                    new HostEvidence(
                            "all processes were sent SIGKILL, and half an entry was left at offset [1-9]\\d* of \\S+/\\S+, behind the last whole one",
                            HostAftermath::isCutOffAndDamageIsNot)));

    /** Of a fault that a shard gets over. */
    private static HostEvidence serving(String proof) {
        return new HostEvidence(proof, (trial, _, _) -> HostAftermath.hasAllThatWasDeposited(trial));
    }

    boolean isShownBy(String found, Owner owner) {
        String thread = Long.toString(owner.threadId());
        String process = Long.toString(owner.process().pid());
        return found.matches(proof.replace("OWNER", "pid=PID tid=TID shard=" + owner.shard())
                .replace("PID", process)
                .replace("TID", thread));
    }
}
