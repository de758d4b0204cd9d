package fourways.workload;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a test starts another JVM like its own. */
public final class JavaCommand {

    private JavaCommand() {}

    /** The command line that runs a main class on this JVM's class path and what is added to it, with a small heap, without its arguments. */
    public static List<String> running(Class<?> main, Path... more) {
        // First, or a class that this one has too would be taken from here, where it is nobody's provider.
        String classPath = Stream.concat(
                        Arrays.stream(more).map(Path::toString), Stream.of(System.getProperty("java.class.path")))
                .collect(Collectors.joining(":"));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                main.getName());
    }
}
