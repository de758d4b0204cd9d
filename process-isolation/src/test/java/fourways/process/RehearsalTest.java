package fourways.process;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fourways.workload.JournalSums;
import fourways.workload.LedgerConfig;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {

    @TempDir
    Path directory;

    @Test
    void eachRoundServesCommandsAndGivesTheShardsUp() {
        LedgerConfig config = Rehearsal.config(directory.resolve("ledger"));
        try (Rehearsal rehearsal = new Rehearsal(config)) {

            rehearsal.run();
            long afterOneCents = JournalSums.totalCents(config);
            rehearsal.run();

            assertNotEquals(
                    config.accounts() * config.initialBalanceCents(), afterOneCents, "deposits and withdrawals");
            assertNotEquals(afterOneCents, JournalSums.totalCents(config));
        }
    }

    @Test
    void whoHasTakenOverKeepsNoSocketOfTheRehearsal() {
        Rehearsal rehearsal = new Rehearsal(Rehearsal.config(directory.resolve("ledger")));
        rehearsal.run();

        rehearsal.close();

        assertThrows(UncheckedIOException.class, rehearsal::run);
    }
}
