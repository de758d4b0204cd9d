package fourways.workload;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The words in which every ledger says how it recovers, a line a step: {@code RECOVERY <step> shard=<number>|worker=<pid> <detail>}. They are for whoever looks on from another process, and are
 * written only when something has failed, and never where a request is served.
 *
 * <p>They go to standard error as they are, in one piece and at once. A logger would put its own words around them, and take its time, while somebody waits for the shard. The lines carry no time:
 * whoever reads them has a clock of its own.
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
        System.err.println(line(step, subject, detail));
    }

    static String line(Step step, String subject, String detail) {
        StringBuilder line =
                new StringBuilder("RECOVERY ").append(step.word).append(' ').append(subject);
        int length = Math.min(detail.length(), MAX_DETAIL);
        for (int i = 0; i < length; i++) {
            char character = detail.charAt(i);
            line.append(i == 0 ? " " : "").append(Character.isISOControl(character) ? ' ' : character);
        }
        return line.toString();
    }

    /** Reads such a line; null if it is none. */
    public static @Nullable Line parse(String text) {
        String[] words = text.split(" ", 4);
        if (words.length < 3 || !words[0].equals("RECOVERY") || !isSubject(words[2])) {
            return null;
        }
        return Arrays.stream(Step.values())
                .filter(step -> step.word.equals(words[1]))
                .findFirst()
                .map(step -> new Line(step, words[2], words.length == 3 ? "" : words[3]))
                .orElse(null);
    }

    private static boolean isSubject(String word) {
        String number = word.substring(word.indexOf('=') + 1);
        return (word.startsWith("shard=") || word.startsWith("worker="))
                && !number.isEmpty()
                && number.chars().allMatch(character -> character >= '0' && character <= '9');
    }
}
