package fourways.workload;

import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words in which every ledger says how it recovers, a line a step: {@code RECOVERY <step> shard=<number>|worker=<pid> <detail>}. They are for whoever looks on from another process, and are
 * written at level INFO, only when something has failed, and never where a request is served.
 *
 * <p>The lines carry no time: whoever reads them has a clock of its own, and they arrive at once.
 */
public final class RecoveryLog {

    /** What can be said, in the order in which it happens. */
    public enum Step {
        /** An owner has failed, is stuck or is gone, and whoever watches over it knows. */
        DETECTED("detected"),
        /** The journal was taken from an owner, whatever else that may still do. */
        FENCED("fenced"),
        /** The owner's process has ended. */
        KILLED("killed"),
        /** There is somebody to take over: another thread, actor, loop or process. */
        REPLACEMENT_UP("replacement-up"),
        /** The shard, or every shard of the worker, was recovered from its journal, and is served. */
        REPLAYED("replayed");

        private final String word;

        Step(String word) {
            this.word = word;
        }
    }

    /**
     * A line as it was read.
     *
     * @param subject {@code shard=<number>} or {@code worker=<pid>}
     * @param detail may be empty
     */
    public record Line(Step step, String subject, String detail) {}

    private static final System.Logger LOG = System.getLogger(RecoveryLog.class.getName());

    private static final Pattern LINE = Pattern.compile("\\bRECOVERY (\\S+) ((?:shard|worker)=\\d+)(?: (.*))?$");

    /** A line stays below what a pipe takes in one piece, so that those of several processes never mix. */
    private static final int MAX_DETAIL = 300;

    private RecoveryLog() {}

    /** Says it of one shard. */
    public static void shard(Step step, int shard, String detail) {
        say(step, "shard=" + shard, detail);
    }

    /** Says it of the process with this number, and of all its shards. */
    public static void worker(Step step, long pid, String detail) {
        say(step, "worker=" + pid, detail);
    }

    private static void say(Step step, String subject, String detail) {
        if (LOG.isLoggable(Level.INFO)) {
            LOG.log(Level.INFO, line(step, subject, detail));
        }
    }

    static String line(Step step, String subject, String detail) {
        String oneLine = detail.replaceAll("\\p{Cntrl}+", " ").strip();
        String cut = oneLine.length() > MAX_DETAIL ? oneLine.substring(0, MAX_DETAIL) : oneLine;
        return ("RECOVERY " + step.word + " " + subject + " " + cut).strip();
    }

    /** Finds such a line behind whatever a logger puts in front of it; null if it is none. */
    public static @Nullable Line parse(String text) {
        Matcher found = LINE.matcher(text);
        if (!found.find()) {
            return null;
        }
        String word = found.group(1);
        String detail = found.group(3);
        return Arrays.stream(Step.values())
                .filter(step -> step.word.equals(word))
                .findFirst()
                .map(step -> new Line(step, found.group(2), detail == null ? "" : detail))
                .orElse(null);
    }
}
