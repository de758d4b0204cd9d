package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fourways.workload.LedgerConfig;
import fourways.workload.LedgerOpenException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerSettingsTest {

    private static final String SPARES = "fourways.process.spares";

    private final LedgerConfig config = LedgerConfig.in(Path.of("ledger")).withVariant("hardened");

    @AfterEach
    void reset() {
        System.clearProperty(SPARES);
    }

    @Test
    void theSpareCountsAmongTheHeapsElsewhere() {
        int heap = WorkerSettings.of(config).heapMebibytes();

        assertEquals(5 * heap, new ProcessArchitecture().heapElsewhereMebibytes(config));
        System.setProperty(SPARES, "0");
        assertEquals(4 * heap, new ProcessArchitecture().heapElsewhereMebibytes(config));
    }

    @Test
    void nobodyIsThereInReserveForWhatNobodyCanTakeOver() {
        assertEquals(
                0,
                WorkerSettings.of(LedgerConfig.inMemory().withVariant("hardened"))
                        .spares());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "-1", "one", ""})
    void whatIsNotAllowedIsNamedWithWhatIs(String value) {
        System.setProperty(SPARES, value);

        LedgerOpenException refused = assertThrows(LedgerOpenException.class, () -> WorkerSettings.of(config));

        assertEquals(SPARES + " is '" + value + "', allowed are 0 to 1", refused.getMessage());
    }
}
