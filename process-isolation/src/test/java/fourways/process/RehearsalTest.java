package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import fourways.workload.JournalSums;
import fourways.workload.LedgerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {

    @TempDir
    Path directory;

    @Test
    void eachRoundServesCommandsAndGivesTheShardsUp() {
        LedgerConfig config = Rehearsal.config(directory.resolve("ledger"));
        Rehearsal rehearsal = new Rehearsal(config);

        rehearsal.run();
        long afterOneCents = JournalSums.totalCents(config);
        rehearsal.run();

        assertNotEquals(config.accounts() * config.initialBalanceCents(), afterOneCents, "deposits and withdrawals");
        assertNotEquals(afterOneCents, JournalSums.totalCents(config));
    }

    @Test
    void whoHasTakenOverKeepsNoSocketOfTheRehearsal() throws IOException {
        Rehearsal rehearsal = new Rehearsal(Rehearsal.config(directory.resolve("ledger")));
        // What is opened once for the whole process is not counted.
        rehearsal.run();
        long before = openSockets();

        rehearsal.run();

        assertEquals(before, openSockets());
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(directory.resolve("ledger")), left.toList());
        }
    }

    @Test
    void whoHasPractisedIsCalledAsBefore() {
        String name = Thread.currentThread().getName();

        new Rehearsal(Rehearsal.config(directory.resolve("ledger"))).run();

        assertEquals(name, Thread.currentThread().getName());
    }

    /** Of this process. */
    private static long openSockets() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(RehearsalTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            // That of the listing itself, which is closed by now.
            return false;
        }
    }
}
