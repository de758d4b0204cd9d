package fourways.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what machine this is. */
final class MachineProbe {

    private static final long KIBIBYTES_PER_MEBIBYTE = 1_024;

    private MachineProbe() {}

    static Results.Machine read() throws IOException {
        return new Results.Machine(
                Runtime.getRuntime().availableProcessors(),
                field(Path.of("/proc/cpuinfo"), "model name"),
                Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", ""))
                        / KIBIBYTES_PER_MEBIBYTE,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor.version", "") + " " + System.getProperty("java.runtime.version"));
    }

    /** Some processors have no model name. */
    private static String field(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
