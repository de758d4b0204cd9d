package fourways.report;

import fourways.report.Target.Owner;

/** How processes ended, in words. */
final class Deaths {

    /** A shell's, and Java's, way to say that a signal ended a process. */
    private static final int SIGNALLED = 128;

    private Deaths() {}

    /** Of one that is known to have ended. Only a parent learns how its child ended, and ours is the trial's first JVM. */
    static String describe(Target target, Owner owner, String what) {
        long pid = owner.process().pid();
        String status = target.isTopmost(owner.process())
                ? ", with exit status " + inWords(target.jvm().exit().join())
                : "";
        return "process " + pid + ", which ran shard " + owner.shard() + ", " + what + status;
    }

    static String inWords(int status) {
        return status
                + switch (status - SIGNALLED) {
                    case 6 -> " (SIGABRT)";
                    case 9 -> " (SIGKILL)";
                    case 11 -> " (SIGSEGV)";
                    default -> "";
                };
    }
}
