package fourways.report;

import java.util.List;
import java.util.Locale;

/**
 * The timeline of a cell as a drawing that needs no script: one lane for the neighbours, one for the victim, a unit wide for each bucket. What was not
 * ok hangs down into the lane like an icicle, the longer the worse; where nothing was sent the lane is empty.
 *
 * @param buckets the width of the drawing
 * @param faultAt where the fault struck, in buckets
 * @param neighboursBad the path of what was not ok, in a lane from 0 down to {@link #LANE}
 * @param victimBad the same for the victim
 * @param words the same in a sentence, for those who do not see it
 */
record PageStrip(
        int buckets,
        double faultAt,
        String neighboursBad,
        String neighboursUnsent,
        String victimBad,
        String victimUnsent,
        String words) {

    static final int LANE = 10;

    /** A single failure among thousands of requests must still be seen. */
    private static final double LEAST = 1.5;

    static PageStrip of(FaultCell.Timeline timeline) {
        int buckets = timeline.neighboursSent().size();
        return new PageStrip(
                buckets,
                (double) timeline.faultAtMillis() / timeline.bucketMillis(),
                bad(timeline.neighboursSent(), timeline.neighboursOk()),
                unsent(timeline.neighboursSent()),
                bad(timeline.victimSent(), timeline.victimOk()),
                unsent(timeline.victimSent()),
                "Over " + PageWords.millis((long) buckets * timeline.bucketMillis()) + ", fault at "
                        + PageWords.millis(timeline.faultAtMillis()) + ": neighbours not all ok for "
                        + badTime(timeline, timeline.neighboursSent(), timeline.neighboursOk())
                        + ", victim for " + badTime(timeline, timeline.victimSent(), timeline.victimOk()) + " in all.");
    }

    private static String badTime(FaultCell.Timeline timeline, List<Integer> sent, List<Integer> ok) {
        long bad = 0;
        for (int i = 0; i < sent.size(); i++) {
            bad += ok.get(i) < sent.get(i) ? 1 : 0;
        }
        return PageWords.millis(bad * timeline.bucketMillis());
    }

    private static String bad(List<Integer> sent, List<Integer> ok) {
        StringBuilder path = new StringBuilder();
        int from = 0;
        while (from < sent.size()) {
            double depth = depth(sent.get(from), ok.get(from));
            int to = from + 1;
            while (to < sent.size() && depth(sent.get(to), ok.get(to)) == depth) {
                to++;
            }
            if (depth > 0) {
                bar(path, from, to, depth);
            }
            from = to;
        }
        return path.toString();
    }

    /** Rounded, so that nearly equal buckets make one bar. */
    private static double depth(int sent, int ok) {
        return ok >= sent ? 0 : Math.max(LEAST, Math.rint(2.0 * LANE * (sent - ok) / sent) / 2);
    }

    private static String unsent(List<Integer> sent) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < sent.size(); i++) {
            if (sent.get(i) == 0) {
                bar(path, i, i + 1, LANE);
            }
        }
        return path.toString();
    }

    private static void bar(StringBuilder path, int from, int to, double depth) {
        path.append(String.format(Locale.ROOT, "M%d 0h%dv%.1fh-%dz", from, to - from, depth, to - from));
    }
}
