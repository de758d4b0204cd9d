package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerConfigTest {

    private final LedgerConfig config = LedgerConfig.inMemory();

    @Test
    void theDefaultsAreThoseOfTheDesign() {
        assertEquals(100_000, config.accounts());
        assertEquals(64, config.shards());
        assertEquals(4, config.workers());
        assertEquals(1_024, config.capacity());
        assertEquals(500, config.deadlineMillis());
        assertEquals(JournalMode.PROCESS, LedgerConfig.in(Path.of("somewhere")).journal());
    }

    @Test
    void whatIsOutOfRangeIsRefusedWithTheValueAndWhatIsAllowed() {
        assertRefused("accounts is 0, allowed are 1 to 10000000", () -> config.withAccounts(0, 1));
        assertRefused("accounts is 10000001, allowed are 1 to 10000000", () -> config.withAccounts(10_000_001, 1));
        assertRefused("shards is 0, allowed are 1 to 1024", () -> config.withAccounts(100_000, 0));
        assertRefused("shards is -1, allowed are 1 to 1024", () -> config.withAccounts(100_000, -1));
        assertRefused("shards is 1025, allowed are 1 to 1024", () -> config.withAccounts(100_000, 1_025));
        assertRefused("shards is 8, allowed are 1 to 7", () -> config.withAccounts(7, 8));
        assertRefused("workers is 0, allowed are 1 to 64", () -> config.withWorkers(0));
        assertRefused("workers is 65, allowed are 1 to 64", () -> config.withWorkers(65));
        assertRefused("capacity is 0, allowed are 1 to 65536", () -> config.withCapacity(0));
        assertRefused("capacity is 65537, allowed are 1 to 65536", () -> config.withCapacity(65_537));
        assertRefused(
                "capacity is 4097, allowed are 1 to 4096",
                () -> config.withAccounts(100_000, 1_024).withCapacity(4_097));
        assertRefused("segmentBytes is 4095, allowed are 4096 to 1073741824", () -> config.withSegments(4_095, false));
        assertRefused("deadlineMillis is 19, allowed are 20 to 60000", () -> config.withDeadlineMillis(19));
        assertRefused("deadlineMillis is 60001, allowed are 20 to 60000", () -> config.withDeadlineMillis(60_001));
        assertRefused(
                "directory is missing: the journal DISK needs one, only MEMORY does not",
                () -> config.withJournal(JournalMode.DISK, null));
    }

    @Test
    void whatIsChangedIsChangedAndNothingElse() {
        LedgerConfig changed = config.withDeadlineMillis(20).withVariant("hardened");

        assertEquals(20, changed.deadlineMillis());
        assertEquals("hardened", changed.variant());
        assertEquals(config, changed.withDeadlineMillis(500).withVariant("plain"));
    }

    @Test
    void initialBalancesCannotAddUpToMoreThanALongCanCount() {
        LedgerConfig small = config.withAccounts(10, 4);
        long most = Long.MAX_VALUE / 4 / 3;

        assertEquals(most, small.withInitialBalanceCents(most).initialBalanceCents());
        assertRefused(
                "initialBalanceCents is " + (most + 1) + ", allowed are 0 to " + most,
                () -> small.withInitialBalanceCents(most + 1));
        assertRefused("initialBalanceCents is -1, allowed are 0 to " + most, () -> small.withInitialBalanceCents(-1));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "10,4", "12,4", "13,4", "100000,64", "64,64", "65,64"})
    void everyAccountIsInOneShard(int accounts, int shards) {
        LedgerConfig shape = config.withAccounts(accounts, shards);

        int[] counts = new int[shards];
        for (int account = 0; account < accounts; account++) {
            counts[shape.shardOf(account)]++;
        }

        for (int shard = 0; shard < shards; shard++) {
            assertEquals(counts[shard], shape.accountsIn(shard));
        }
        assertEquals(accounts, IntStream.of(counts).sum());
    }

    private static void assertRefused(String message, Supplier<LedgerConfig> making) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, making::get).getMessage());
    }
}
