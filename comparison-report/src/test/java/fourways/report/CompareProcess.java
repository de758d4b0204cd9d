package fourways.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The assembled program in a process of its own, for tests. Finds every process that descends from it, however its parents ended, by a mark in the environment. */
final class CompareProcess implements AutoCloseable {

    private static final String MARK = "FOURWAYS_TEST_RUN";
    private static final String TEMPORARY = "-Djava.io.tmpdir=";
    private static final Duration RUN_PATIENCE = Duration.ofMinutes(3);

    private final String mark = UUID.randomUUID().toString();
    private final List<String> classPath = new ArrayList<>(List.of(app() + "/*"));
    private @Nullable Process process;
    private @Nullable Path outputFile;

    private static Path app() {
        return Path.of("target", "app").toAbsolutePath();
    }

    void addToClassPath(Path jar) {
        classPath.add(jar.toString());
    }

    int run(Path directory, String... arguments) throws IOException, InterruptedException {
        start(directory, arguments);
        return awaitExit(RUN_PATIENCE);
    }

    void start(Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isInterruptIgnored()) {
            // A build in the background of a script ignores Ctrl-C, and so would all its children.
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(":", classPath),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Path file = directory.resolve("output.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(file.toFile());
        builder.environment().put(MARK, mark);
        outputFile = file;
        process = builder.start();
    }

    private static boolean isInterruptIgnored() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }

    /** As Ctrl-C does, but to this process alone: its children must be ended by it. */
    void interrupt() throws IOException, InterruptedException {
        signal("INT");
    }

    void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder(
                        "kill", "-" + name, Long.toString(running().pid()))
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("kill exited with " + status);
        }
    }

    /** Ends this process alone, at once. */
    void kill() {
        running().destroyForcibly();
    }

    int awaitExit(Duration patience) throws IOException, InterruptedException {
        if (!running().waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + patience + ":\n" + output());
        }
        return running().exitValue();
    }

    String output() throws IOException {
        return outputFile == null ? "" : Files.readString(outputFile);
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    /** Every living process that carries the mark, the program itself included. */
    List<String> survivors() {
        List<String> found = new ArrayList<>();
        for (ProcessHandle survivor : handles()) {
            found.add(survivor.pid() + " " + survivor.info().commandLine().orElse("?"));
        }
        return found;
    }

    /** The directories for temporary files that its processes were given, all that they have outside of the run's folder. */
    Set<Path> temporary() {
        Set<Path> found = new TreeSet<>();
        for (ProcessHandle process : handles()) {
            for (String argument : process.info().arguments().orElse(new String[0])) {
                if (argument.startsWith(TEMPORARY)) {
                    found.add(Path.of(argument.substring(TEMPORARY.length())));
                }
            }
        }
        return found;
    }

    private List<ProcessHandle> handles() {
        List<ProcessHandle> found = new ArrayList<>();
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            for (ProcessHandle handle : all.toList()) {
                if (ProcessTree.isAlive(handle) && environment(handle.pid()).contains(MARK + "=" + mark)) {
                    found.add(handle);
                }
            }
        }
        return found;
    }

    /** Empty for a process of somebody else, or one that has just ended. */
    private static String environment(long pid) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(pid), "environ"), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        handles().forEach(ProcessHandle::destroyForcibly);
    }
}
