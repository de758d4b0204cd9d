package fourways.report;

import fourways.workload.Architecture;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The main program of a trial's JVM, on whose class path there is one architecture. It does what its {@link Order} says and answers with lines on its
 * standard output; whatever else is printed by anyone goes to the standard error, which becomes the trial's log. It ends when its standard input ends.
 */
final class TrialHost {

    /** The line that says the ledger serves, and has been warmed up if it is to be driven. */
    static final String READY = "ready";

    private static final System.Logger LOG = System.getLogger(TrialHost.class.getName());

    private TrialHost() {}

    /** Exits with 0 when the order was carried out, with 1 and a stack trace in the log if it could not be. */
    public static void main(String[] arguments) {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        HostLeash leash = HostLeash.hold();
        int status = 1;
        try {
            Order order = Order.parse(arguments);
            Architecture architecture = find(order.architecture());
            switch (order.mode()) {
                case DRIVE_LEDGER, DRIVE_FLOOR ->
                    new HostDrive(order, architecture)
                            .run(leash::next, answers::println)
                            .lines()
                            .forEach(answers::println);
                case SERVE -> HostService.run(order, architecture, leash, () -> answers.println(READY));
            }
            status = 0;
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the trial failed", e);
        } finally {
            // Threads that a fault left hanging must not keep the process.
            System.exit(status);
        }
    }

    private static Architecture find(String name) {
        List<Architecture> found = ServiceLoader.load(Architecture.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(architecture -> architecture.name().equals(name))
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException(
                    found.size() + " architectures named " + name + " on the class path, needed is 1");
        }
        return found.getFirst();
    }
}
