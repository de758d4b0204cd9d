package fourways.workload;

import java.nio.file.Path;
import java.util.List;

/** How a test starts another JVM like its own. */
public final class JavaCommand {

    private JavaCommand() {}

    /** The command line that runs a main class on this JVM's class path with a small heap, without its arguments. */
    public static List<String> running(Class<?> main) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
    }
}
