package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command;
import fourways.workload.Command.Transfer;
import fourways.workload.LedgerConfig;
import fourways.workload.Load;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class EvenLoadTest {

    private static final int COMMANDS = 50_000;

    private final LedgerConfig config = LedgerConfig.inMemory().withAccounts(6_400, 64);
    private final Load load = Load.standard(config, 7);
    private final EvenLoad even = new EvenLoad(load, config);

    @Test
    void shardsAreVisitedInTurn() {
        for (long id = 0; id < COMMANDS; id++) {
            assertEquals(id % 64, config.shardOf(even.command(id)));
            assertEquals(id, even.command(id).id());
        }
    }

    @Test
    void kindsAmountsAndTheShareThatCrossesShardsStayAsTheyWere() {
        for (long id = 0; id < COMMANDS; id++) {
            Command before = load.command(id);
            Command after = even.command(id);

            assertEquals(before.getClass(), after.getClass());
            assertEquals(EvenLoad.crosses(before, config), EvenLoad.crosses(after, config));
            if (before instanceof Transfer transfer && after instanceof Transfer moved) {
                assertEquals(transfer.amountCents(), moved.amountCents());
                assertNotEquals(moved.from(), moved.to());
                assertTrue(moved.to() >= 0 && moved.to() < config.accounts());
            }
        }
        assertTrue(LongStream.range(0, COMMANDS).anyMatch(id -> EvenLoad.crosses(even.command(id), config)));
    }

    @Test
    void shardsOfDifferentSizesAreRefused() {
        LedgerConfig uneven = config.withAccounts(6_401, 64);

        assertThrows(IllegalArgumentException.class, () -> new EvenLoad(Load.standard(uneven, 1), uneven));
    }
}
