package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadTest {

    private static final int MANY = 200_000;

    private final LedgerConfig config = LedgerConfig.inMemory();
    private final Load load = Load.standard(config, 42);

    @Test
    void aCommandDependsOnSeedAndIdAlone() {
        List<Command> forwards =
                LongStream.range(0, 1_000).mapToObj(load::command).toList();
        Load same = Load.standard(config, 42);

        for (int id = 999; id >= 0; id--) {
            assertEquals(forwards.get(id), same.command(id));
            assertEquals(id, forwards.get(id).id());
        }
        assertNotEquals(
                forwards,
                LongStream.range(0, 1_000)
                        .mapToObj(Load.standard(config, 43)::command)
                        .toList());
    }

    @Test
    void aSeedMeansTheSameCommandsOnEveryMachine() {
        Load skewed = load.withChoice(AccountChoice.zipf(config.accounts(), 0.9));

        List<Command> commands = Stream.concat(
                        LongStream.range(0, 4).mapToObj(load::command),
                        LongStream.range(0, 4).mapToObj(skewed::command))
                .toList();

        assertEquals(
                List.of(
                        new Transfer(0, 95574, 67691, 48635),
                        new Withdraw(1, 30866, 25),
                        new Transfer(2, 79369, 64777, 26346),
                        new Transfer(3, 48018, 65234, 7),
                        new Transfer(0, 4143, 201, 48635),
                        new Withdraw(1, 30866, 25),
                        new Transfer(2, 79369, 137, 26346),
                        new Transfer(3, 21, 149, 7)),
                commands);
    }

    @Test
    void kindsComeInTheRatioOfTheMix() {
        int[] counts = new int[4];
        for (int id = 0; id < MANY; id++) {
            counts[
                    switch (load.command(id)) {
                        case Deposit _ -> 0;
                        case Withdraw _ -> 1;
                        case Transfer _ -> 2;
                        case ReadBalance _ -> 3;
                        case Command.Locate _, Command.Sabotage _ -> throw new AssertionError();
                    }]++;
        }

        assertShare(0.15, counts[0], MANY);
        assertShare(0.15, counts[1], MANY);
        assertShare(0.40, counts[2], MANY);
        assertShare(0.30, counts[3], MANY);
    }

    @ParameterizedTest
    @CsvSource({"0", "0.1", "0.5", "1"})
    void theShareOfTransfersThatCrossShardsIsAsAsked(double share) {
        List<Transfer> transfers = transfers(load.withCrossShardShare(share));

        long crossing = transfers.stream()
                .filter(transfer -> config.shardOf(transfer.from()) != config.shardOf(transfer.to()))
                .count();
        assertShare(share, crossing, transfers.size());
    }

    @Test
    void transfersGoFromEveryShardToEveryShard() {
        LedgerConfig small = config.withAccounts(40, 4);

        long pairs = transfers(Load.standard(small, 1).withCrossShardShare(0.5)).stream()
                .map(transfer -> small.shardOf(transfer.from()) * 4 + small.shardOf(transfer.to()))
                .distinct()
                .count();

        assertEquals(16, pairs);
    }

    @ParameterizedTest
    @CsvSource({"2,1,0", "2,2,1", "3,2,1", "4,2,0", "4,2,0.5", "129,64,1", "191,64,0.5", "100000,64,0.1"})
    void noCommandIsRefusedBeforeABalanceIsLookedAt(int accounts, int shards, double share) {
        LedgerConfig shape = config.withAccounts(accounts, shards);
        Load uniform = Load.standard(shape, 7).withCrossShardShare(share);

        for (Load each : List.of(uniform, uniform.withChoice(AccountChoice.zipf(accounts, 1.1)))) {
            for (int id = 0; id < 20_000; id++) {
                Command command = each.command(id);
                assertNull(Validation.refusalOf(command, shape), command::toString);
            }
        }
    }

    @Test
    void aFewAmountsAreMoreThanAnAccountStartsWith() {
        List<Transfer> transfers = transfers(load);

        long tooMuch = transfers.stream()
                .filter(transfer -> transfer.amountCents() > config.initialBalanceCents())
                .count();
        assertTrue(tooMuch > transfers.size() / 100, () -> tooMuch + " of " + transfers.size());
        assertTrue(tooMuch < transfers.size() / 10, () -> tooMuch + " of " + transfers.size());
        assertTrue(transfers.stream().allMatch(transfer -> transfer.amountCents() <= load.maxAmountCents()));
        assertTrue(transfers.stream().anyMatch(transfer -> transfer.amountCents() == 1));
    }

    @Test
    void theStandardLoadFitsLedgersOfEveryShape() {
        assertEquals(0, Load.standard(config.withAccounts(10, 1), 1).crossShardShare());
        assertEquals(1, Load.standard(config.withAccounts(7, 4), 1).crossShardShare());
        assertEquals(0.1, Load.standard(config.withAccounts(8, 4), 1).crossShardShare());
    }

    @Test
    void whatMakesNoSenseIsRefusedWithTheValueAndWhatIsAllowed() {
        assertRefused("crossShardShare is 1.01, allowed are 0 to 1", () -> load.withCrossShardShare(1.01));
        assertRefused("crossShardShare is NaN, allowed are 0 to 1", () -> load.withCrossShardShare(Double.NaN));
        assertRefused("crossShardShare is -0.1, allowed are 0 to 1", () -> load.withCrossShardShare(-0.1));
        assertRefused("maxAmountCents is 0, allowed are 1 and more", () -> load.withMaxAmountCents(0));
        assertRefused("shards is 64, allowed are 1 to 63", () -> load.withChoice(AccountChoice.uniform(63)));
        assertRefused(
                "crossShardShare is 0.1, with fewer than 2 accounts on some of the 64 shards only 1 is allowed",
                () -> load.withChoice(AccountChoice.uniform(127)));
        assertRefused(
                "crossShardShare is 0.5, with a single shard only 0 is allowed",
                () -> Load.standard(config.withAccounts(10, 1), 1).withCrossShardShare(0.5));
        assertRefused("reads is -1, allowed are 0 to 1000000", () -> new Mix(1, 1, 1, -1));
        assertRefused("transfers is 1000001, allowed are 0 to 1000000", () -> new Mix(1, 1, 1_000_001, 1));
        assertRefused(
                "deposits, withdrawals, transfers and reads are all 0, allowed is one or more above",
                () -> new Mix(0, 0, 0, 0));
        assertRefused("accounts is 0, allowed are 1 to 10000000", () -> AccountChoice.uniform(0));
    }

    private static List<Transfer> transfers(Load load) {
        return LongStream.range(0, MANY)
                .mapToObj(load::command)
                .filter(Transfer.class::isInstance)
                .map(Transfer.class::cast)
                .toList();
    }

    /** Six standard deviations: the seed is fixed, so this passes always or never. */
    private static void assertShare(double expected, long count, long of) {
        double tolerance = 6 * Math.sqrt(expected * (1 - expected) / of);
        assertEquals(expected, (double) count / of, tolerance);
    }

    private static void assertRefused(String message, Runnable making) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, making::run).getMessage());
    }
}
