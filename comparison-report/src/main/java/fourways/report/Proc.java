package fourways.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** What the kernel tells about processes (Linux: {@code /proc}). A process that is gone has used nothing and holds nothing. */
final class Proc {

    private static final System.Logger LOG = System.getLogger(Proc.class.getName());

    /** The kernel counts CPU time in these units towards user space on every architecture Java runs on (USER_HZ is 100). */
    private static final long TICK_MICROS = 10_000;

    private static final String DESCRIPTOR_LIMIT = "Max open files";

    // Fields of /proc/PID/stat, counted from the one behind the name, which may itself hold spaces and parentheses.
    private static final int STATE = 0;
    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final int CUTIME = 13;
    private static final int CSTIME = 14;

    private Proc() {}

    /** One kernel thread: its state as one letter ({@code R} is running), and the CPU time it has used. */
    record ThreadUsage(long pid, long threadId, String name, char state, long cpuMicros) {}

    /** The CPU time, user and system, that processes and all their children that have ended have used so far. */
    static long cpuMicros(Collection<ProcessHandle> processes) throws IOException {
        long ticks = 0;
        for (ProcessHandle process : processes) {
            List<String> stat = stat(Path.of("/proc", Long.toString(process.pid()), "stat"));
            for (int field : stat.isEmpty() ? new int[0] : new int[] {UTIME, STIME, CUTIME, CSTIME}) {
                ticks += Long.parseLong(stat.get(field));
            }
        }
        return ticks * TICK_MICROS;
    }

    /** The memory that processes hold together, each shared page counted once (the sum of their proportional set sizes). */
    static long pssKibibytes(Collection<ProcessHandle> processes) throws IOException {
        long kibibytes = 0;
        for (ProcessHandle process : processes) {
            for (String line : lines(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup"))) {
                if (line.startsWith("Pss:")) {
                    kibibytes += Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        }
        return kibibytes;
    }

    /** All kernel threads of all these processes. */
    static List<ThreadUsage> threads(Collection<ProcessHandle> processes) throws IOException {
        List<ThreadUsage> threads = new ArrayList<>();
        for (ProcessHandle process : processes) {
            Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
            try (DirectoryStream<Path> directory = Files.newDirectoryStream(tasks)) {
                for (Path task : directory) {
                    List<String> stat = stat(task.resolve("stat"));
                    if (!stat.isEmpty()) {
                        threads.add(usage(process.pid(), task, stat));
                    }
                }
            } catch (NoSuchFileException e) {
                LOG.log(System.Logger.Level.DEBUG, "process {0} has ended", process.pid());
            }
        }
        return threads;
    }

    /** What one process has in memory, shared pages included. */
    static long residentKibibytes(ProcessHandle process) throws IOException {
        return lines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /** How many descriptors a process may have open; empty if it is gone. */
    static OptionalLong descriptorLimit(ProcessHandle process) throws IOException {
        return lines(Path.of("/proc", Long.toString(process.pid()), "limits")).stream()
                .filter(line -> line.startsWith(DESCRIPTOR_LIMIT))
                .map(line -> line.substring(DESCRIPTOR_LIMIT.length()).strip().replaceAll(" .*", ""))
                // A process may also be "unlimited".
                .mapToLong(limit -> limit.matches("\\d+") ? Long.parseLong(limit) : Long.MAX_VALUE)
                .findFirst();
    }

    /** Whether a process is kept from running by a signal. */
    static boolean isStopped(long pid) throws IOException {
        List<String> stat = stat(Path.of("/proc", Long.toString(pid), "stat"));
        return !stat.isEmpty() && stat.get(STATE).equals("T");
    }

    /** How many files, sockets and the like these processes have open. */
    static int descriptors(Collection<ProcessHandle> processes) throws IOException {
        int descriptors = 0;
        for (ProcessHandle process : processes) {
            Path open = Path.of("/proc", Long.toString(process.pid()), "fd");
            try (DirectoryStream<Path> directory = Files.newDirectoryStream(open)) {
                for (Path _ : directory) {
                    descriptors++;
                }
            } catch (NoSuchFileException e) {
                LOG.log(System.Logger.Level.DEBUG, "process {0} has ended", process.pid());
            }
        }
        return descriptors;
    }

    /** Whether a process is dead and only waits for its parent to notice. */
    static boolean isZombie(long pid) throws IOException {
        List<String> stat = stat(Path.of("/proc", Long.toString(pid), "stat"));
        return !stat.isEmpty() && stat.get(STATE).equals("Z");
    }

    private static ThreadUsage usage(long pid, Path task, List<String> stat) throws IOException {
        return new ThreadUsage(
                pid,
                Long.parseLong(task.getFileName().toString()),
                String.join("", lines(task.resolve("comm"))),
                stat.get(STATE).charAt(0),
                (Long.parseLong(stat.get(UTIME)) + Long.parseLong(stat.get(STIME))) * TICK_MICROS);
    }

    /** The fields behind the name; none if the process or thread is gone. */
    private static List<String> stat(Path file) throws IOException {
        String line = String.join("", lines(file));
        return line.isEmpty()
                ? List.of()
                : Arrays.asList(line.substring(line.lastIndexOf(')') + 2).split(" "));
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            // A process that ends between open and read makes the read fail with ESRCH, for which Java has no exception
            // of its own.
            if (Files.exists(file) || !String.valueOf(e.getMessage()).contains("No such process")) {
                throw e;
            }
            return List.of();
        }
    }
}
