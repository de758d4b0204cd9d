package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.JournalVandal.Place;
import fourways.workload.Outcome.Accepted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalVandalTest {

    private static final int ENTRIES = 9;
    private static final int SHARD = 1;

    @TempDir
    Path temporary;

    private LedgerConfig config;
    private JournalVandal vandal;

    @BeforeEach
    void journalWithEntries() {
        config = LedgerConfig.in(temporary.resolve("ledger")).withAccounts(4, 2).withInitialBalanceCents(100);
        vandal = new JournalVandal(config, SHARD);
        try (LedgerStore store = LedgerStore.open(config);
                Shard shard = Shard.open(store, SHARD, new NoPeers())) {
            for (int id = 0; id < ENTRIES; id++) {
                shard.handle(new Deposit(id, SHARD, 1), outcome -> {});
            }
        }
    }

    @Test
    void tornEntryIsCutAndTheOthersAreKept() throws Exception {
        Place torn = vandal.tear();

        byte[] half = new byte[24];
        System.arraycopy(Files.readAllBytes(torn.file()), Math.toIntExact(torn.offset()), half, 0, 24);
        assertTrue(half[0] == 40 && half[8] == 1, "the header and the first half of a deposit");
        assertEquals(100 + ENTRIES, balance());
        assertArrayEquals(
                new byte[48],
                java.util.Arrays.copyOfRange(
                        Files.readAllBytes(torn.file()), (int) torn.offset(), (int) torn.offset() + 48));
    }

    @Test
    void flippedBitIsRefusedByFileAndOffsetUntilItIsFlippedBack() throws Exception {
        Place flipped = vandal.flip();

        String message =
                assertThrows(JournalDamagedException.class, this::balance).getMessage();
        vandal.flip(flipped);

        assertTrue(String.valueOf(message).contains(flipped.file() + " at offset " + flipped.offset()), message);
        assertEquals(100 + ENTRIES, balance());
    }

    @Test
    void journalWithoutEntriesCannotBeDamagedSo() {
        JournalVandal other = new JournalVandal(config, 0);

        assertThrows(IOException.class, other::tear);
    }

    private long balance() {
        AtomicReference<Outcome> answer = new AtomicReference<>();
        try (LedgerStore store = LedgerStore.open(config);
                Shard shard = Shard.open(store, SHARD, new NoPeers())) {
            shard.handle(new Command.ReadBalance(ENTRIES, SHARD), answer::set);
        }
        return ((Accepted) answer.get()).balanceCents();
    }
}
