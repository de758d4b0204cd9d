package fourways.process;

import fourways.workload.Faults;
import fourways.workload.LedgerConfig;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command lines that start workers. */
final class WorkerCommand {

    private static final int STACK_TRACE_DEPTH = 50;

    private static final int TRIM_MILLIS = 1_000;

    /** Comes with util-linux. Where it is missing, only an orphan that was stopped outlives its supervisor. */
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    /** Limits the descriptors of what it then becomes. A limit that the system does not allow is left as it is. */
    private static final String WITH_LIMIT = "ulimit -n \"$0\" 2>/dev/null; exec \"$@\"";

    private WorkerCommand() {}

    /** A JVM like this one, with a small fixed heap. */
    static List<String> plain(LedgerConfig config, Class<?> main, Path socket) {
        List<String> command = new ArrayList<>(jvm(Limits.heapMebibytes(config)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), socket.toString()));
        return command;
    }

    /**
     * The same within limits, and killed by the kernel when the thread that started it ends, as it does with its process at the latest: this finds even those that are stopped.
     * It has only those classes on its class path that it needs.
     */
    static List<String> hardened(WorkerSettings settings, Class<?> main, Path socket) {
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", "-c", WITH_LIMIT, Integer.toString(settings.maxDescriptors())));
        if (Files.isExecutable(SETPRIV)) {
            command.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "KILL"));
        }
        command.addAll(jvm(settings.heapMebibytes()));
        // A process is gone, and its journals are free, when the kernel has taken back its memory page by page: so
        // large ones shorten an outage. Where there are none, the JVM does without.
        command.add("-XX:+UseTransparentHugePages");
        // For the same reason: what the compiler no longer uses is given back while the process lives.
        command.add("-XX:TrimNativeHeapInterval=" + TRIM_MILLIS);
        command.addAll(StartCache.options(jars(main)));
        command.addAll(List.of("-cp", classPath(main), main.getName(), socket.toString()));
        return command;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<String> jvm(int heapMebibytes) {
        return List.of(
                java(),
                "-Xms" + heapMebibytes + "m",
                "-Xmx" + heapMebibytes + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                // What the JVM says in the end, of a heap that is full or of a crash, is for whoever reads the log of
                // this
                // process, and its standard error is that; no file of a worker is left anywhere.
                "-XX:+DisplayVMOutputToStderr",
                "-XX:+ErrorFileToStderr",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                // A stack overflow is a line in the log, not a thousand.
                "-XX:MaxJavaStackTraceDepth=" + STACK_TRACE_DEPTH);
    }

    /** Where the classes of workers are, and those of faults that are not among them. */
    static String classPath(Class<?> main) {
        Stream<Path> faults = Faults.all().stream().map(fault -> origin(fault.getClass()));
        return Stream.concat(jars(main).stream(), faults)
                .distinct()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** What is on every worker's class path first of all; folders instead, where nothing has been packaged. */
    static List<Path> jars(Class<?> main) {
        return Stream.of(main, Worker.class, LedgerConfig.class)
                .map(WorkerCommand::origin)
                .distinct()
                .toList();
    }

    private static Path origin(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
