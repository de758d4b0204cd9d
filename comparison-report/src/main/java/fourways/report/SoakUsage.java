package fourways.report;

import java.io.IOException;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What all processes of a ledger together hold at a moment.
 *
 * @param threads as the kernel counts them
 * @param heapKibibytes of objects that are still alive after a full collection in each
 */
record SoakUsage(int processes, int threads, int descriptors, long heapKibibytes) {

    /** The last line of a class histogram, which is made after a full collection: objects and bytes. */
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private static final long KIBIBYTE = 1_024;

    /** Cheap, without the heap. */
    static SoakUsage quick(Collection<ProcessHandle> processes) throws IOException {
        return new SoakUsage(processes.size(), Proc.threads(processes).size(), Proc.descriptors(processes), 0);
    }

    /** Has each of the JVMs collect its garbage first. */
    static SoakUsage whole(Collection<ProcessHandle> processes) throws IOException {
        long bytes = 0;
        for (ProcessHandle process : processes) {
            String histogram = Jcmd.ask(process.pid(), "GC.class_histogram");
            Matcher total = TOTAL.matcher(histogram);
            if (!total.find()) {
                throw new IOException("process " + process.pid() + " does not tell how large its heap is");
            }
            bytes += Long.parseLong(total.group(1));
        }
        SoakUsage quick = quick(processes);
        return new SoakUsage(quick.processes(), quick.threads(), quick.descriptors(), bytes / KIBIBYTE);
    }
}
