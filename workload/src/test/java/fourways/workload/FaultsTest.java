package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ownfault.NamedLikeAnother;

class FaultsTest {

    private static final List<String> STANDARD =
            Arrays.stream(StandardFault.values()).map(Fault::faultName).toList();

    @TempDir
    private Path directory;

    private record Named(String faultName) implements Fault {
        @Override
        public void strike(Scene scene) {}
    }

    private static List<String> names(String... own) {
        return List.copyOf(Faults.byName(
                        Arrays.stream(own).map(name -> (Fault) new Named(name)).toList())
                .keySet());
    }

    @Test
    void standardOnesComeFirstAndTheOthersByName() {
        List<String> expected = new ArrayList<>(STANDARD);
        expected.addAll(List.of("aardvark", "zebra-2"));

        assertEquals(expected, names("zebra-2", "aardvark"));
        assertEquals(STANDARD, Faults.names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Exit", "a,b", "../x", "a b", "12345678901234567890123456789012345678901"})
    void nameThatCannotBeAFileNameIsRefused(String name) {
        LedgerOpenException e = assertThrows(LedgerOpenException.class, () -> names(name));

        assertEquals(
                "the fault " + Named.class.getName() + " on the class path is named '" + name
                        + "', allowed are 1 to 40 lower-case letters, digits and hyphens",
                e.getMessage());
    }

    @Test
    void twoOfTheSameNameAreRefused() {
        LedgerOpenException e = assertThrows(LedgerOpenException.class, () -> names("same", "same"));

        assertEquals(
                "two faults are named same: " + Named.class.getName() + " and " + Named.class.getName()
                        + ", allowed is one of each name",
                e.getMessage());
    }

    @Test
    void noLedgerOpensWithAFaultOnTheClassPathThatCannotBeUsed() throws Exception {
        Path log = directory.resolve("log");
        Path jar = OwnFaultJar.in(directory, NamedLikeAnother.class);
        List<String> command = new ArrayList<>(JavaCommand.running(Opening.class, jar));
        command.add(directory.resolve("ledger").toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertTrue(process.waitFor(ChildJvm.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }

        String output = Files.readString(log);
        assertTrue(output.contains("LedgerOpenException: two faults are named exit: "), output);
        assertTrue(output.contains(NamedLikeAnother.class.getName()), output);
    }

    static final class Opening {
        public static void main(String[] arguments) {
            ChildJvm.endWithParent();
            LedgerStore.open(LedgerConfig.in(Path.of(arguments[0]))).close();
            System.out.println("it opened");
        }
    }
}
