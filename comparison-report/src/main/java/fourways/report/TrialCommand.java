package fourways.report;

import fourways.process.LedgerServer;
import fourways.workload.Fault;
import fourways.workload.Faults;
import fourways.workload.Ledger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command line of a trial's JVM. */
final class TrialCommand {

    /** What every architecture has, in all its processes together. */
    private static final int HEAP_MEBIBYTES = 1_024;

    /** The same for every architecture; the report's parity table shows them as the running process has them. */
    private static final List<String> FLAGS = List.of(
            "-XX:+UseParallelGC",
            // Virtual threads get as many carriers as the others have workers.
            "-Djdk.virtualThreadScheduler.parallelism=4",
            "-Djdk.virtualThreadScheduler.maxPoolSize=4",
            // The journal maps files; two libraries still use Unsafe, and a warning in every log would hide what
            // matters.
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            // No file in the directory for temporary files that a killed JVM would leave there.
            "-XX:-UsePerfData",
            // One that crashes leaves no file, and says why in the trial's log; its standard output is for answers.
            "-XX:-CreateCoredumpOnCrash",
            "-XX:+ErrorFileToStderr",
            "-XX:+DisplayVMOutputToStderr");

    private TrialCommand() {}

    static List<String> of(Contender contender, Order order) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + (HEAP_MEBIBYTES - contender.provider().heapElsewhereMebibytes(order.config())) + "m");
        command.addAll(FLAGS);
        // What a killed ledger leaves of sockets and files goes with the run.
        command.add("-Djava.io.tmpdir=" + order.socket().getParent());
        command.add("-cp");
        command.add(classPath(contender, order.mode()));
        command.add(TrialHost.class.getName());
        command.addAll(order.arguments());
        return command;
    }

    /** With the faults that are not part of this project, each in a jar of its own. */
    private static Class<?>[] toServe() {
        return Stream.concat(
                        Stream.of(TrialHost.class, Ledger.class, LedgerServer.class),
                        Faults.all().stream().map(Fault::getClass))
                .toArray(Class<?>[]::new);
    }

    /** One architecture, this module for the trial's main program, and only where it is needed the socket protocol. */
    private static String classPath(Contender contender, Order.Mode mode) {
        return switch (mode) {
            case DRIVE_LEDGER, DRIVE_FLOOR -> Contenders.classPath(contender.code(), TrialHost.class, Ledger.class);
            case SERVE -> Contenders.classPath(contender.code(), toServe());
        };
    }
}
