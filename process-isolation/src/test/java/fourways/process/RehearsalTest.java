package fourways.process;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import fourways.workload.JournalSums;
import fourways.workload.LedgerConfig;
import java.nio.file.Path;
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
}
