package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Entry.Kind;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class BooksTest {

    /** Shard 1 of 4 has the accounts 1, 5 and 9. */
    private static final LedgerConfig CONFIG =
            LedgerConfig.inMemory().withAccounts(10, 4).withInitialBalanceCents(1_000);

    private final Books books = new Books(CONFIG, 1);

    private void redo(Kind kind, int account, int other, long amountCents, long number) {
        books.redo(new Entry(kind, 1, account, other, amountCents, number));
    }

    @Test
    void newBooksHoldTheInitialBalances() {
        assertEquals(1_000, books.balance(1));
        assertEquals(1_000, books.balance(9));
        assertEquals(3_000, books.holdingsCents());
        assertEquals(0, books.lastCredited(3));
        assertEquals(0, books.outbox().size());
    }

    @Test
    void eachKindOfEntryChangesWhatItSays() {
        redo(Kind.DEPOSIT, 1, 1, 50, 0);
        assertEquals(1_050, books.balance(1));

        redo(Kind.WITHDRAW, 5, 5, 10, 0);
        assertEquals(990, books.balance(5));

        redo(Kind.MOVE, 1, 9, 50, 0);
        assertEquals(1_000, books.balance(1));
        assertEquals(1_050, books.balance(9));
        assertEquals(3_040, books.holdingsCents());

        redo(Kind.DEBIT, 9, 2, 1_000, 1);
        assertEquals(50, books.balance(9));
        assertEquals(1, books.outbox().size());
        assertEquals(3_040, books.holdingsCents(), "it is still this shard's");

        redo(Kind.SETTLE, 9, 2, 1_000, 1);
        assertEquals(0, books.outbox().size());
        assertEquals(2_040, books.holdingsCents());

        redo(Kind.CREDIT, 5, 3, 7, 1);
        assertEquals(997, books.balance(5));
        assertEquals(1, books.lastCredited(3));
        assertEquals(0, books.lastCredited(2));
        assertEquals(2_047, books.holdingsCents());
    }

    @Test
    void aDebitIsRememberedAsTheCreditThatItBecomes() {
        books.redo(new Entry(Kind.DEBIT, 77, 9, 2, 300, 1));

        assertEquals(new Peers.Credit(1, 2, 1, 77, 9, 2, 300), books.outbox().last(2).credit);
    }

    @Test
    void aShardCreatesNoMoreThanItsShareOfWhatALongCanCount() {
        long share = Long.MAX_VALUE / 4;

        assertTrue(books.canMint(share - 3_000));
        assertFalse(books.canMint(share - 2_999));
        assertFalse(books.canMint(Long.MAX_VALUE));

        redo(Kind.DEPOSIT, 1, 1, share - 3_000, 0);
        assertFalse(books.canMint(1));

        redo(Kind.DEBIT, 1, 2, share - 3_000, 1);
        redo(Kind.SETTLE, 1, 2, share - 3_000, 1);
        assertFalse(books.canMint(1), "what it created and gave away still counts");

        redo(Kind.WITHDRAW, 1, 1, 5, 0);
        assertTrue(books.canMint(5));
        assertFalse(books.canMint(6));
    }

    @Test
    void aSnapshotIsTheBooks() {
        redo(Kind.DEPOSIT, 1, 1, 50, 0);
        redo(Kind.DEBIT, 9, 2, 100, 1);
        redo(Kind.DEBIT, 9, 2, 200, 2);
        redo(Kind.DEBIT, 5, 3, 300, 1);
        redo(Kind.SETTLE, 9, 2, 100, 1);
        redo(Kind.CREDIT, 5, 3, 7, 1);
        ByteBuffer snapshot = snapshotOf(books);

        Books copy = new Books(CONFIG, 1);
        copy.readFrom(snapshot);

        assertEquals(0, snapshot.remaining());
        assertEquals(1_050, copy.balance(1));
        assertEquals(1, copy.lastCredited(3));
        assertEquals(3, copy.outbox().nextNumber(2));
        assertEquals(books.outbox().underWay(2), copy.outbox().underWay(2));
        assertEquals(books.outbox().underWay(3), copy.outbox().underWay(3));
        assertEquals(2, copy.outbox().size());
        assertArrayEquals(snapshotOf(books).array(), snapshotOf(copy).array());
        long share = Long.MAX_VALUE / 4;
        assertTrue(copy.canMint(share - 3_050));
        assertFalse(copy.canMint(share - 3_049));
    }

    @Test
    void aSnapshotHasTheSizeThatWasReservedForIt() {
        redo(Kind.DEBIT, 9, 2, 100, 1);

        assertEquals(snapshotOf(books).capacity(), books.snapshotBytes());
        assertTrue(books.snapshotBytes() <= Books.maxSnapshotBytes(CONFIG));
    }

    @Test
    void aSnapshotThatCannotBeIsRefused() {
        Books overdrawn = new Books(CONFIG, 1);
        overdrawn.redo(new Entry(Kind.WITHDRAW, 1, 1, 1, 1_001, 0));
        assertNotReadable(overdrawn);

        Books negativeNumber = new Books(CONFIG, 1);
        negativeNumber.redo(new Entry(Kind.CREDIT, 1, 1, 2, 1, -1));
        assertNotReadable(negativeNumber);

        Books wrongSource = new Books(CONFIG, 1);
        wrongSource.outbox().add(new Peers.Credit(1, 2, 1, 1, 4, 2, 5));
        assertNotReadable(wrongSource);

        Books wrongDestination = new Books(CONFIG, 1);
        wrongDestination.outbox().add(new Peers.Credit(1, 2, 1, 1, 1, 3, 5));
        assertNotReadable(wrongDestination);

        Books toItself = new Books(CONFIG, 1);
        toItself.outbox().add(new Peers.Credit(1, 1, 1, 1, 1, 5, 5));
        assertNotReadable(toItself);

        Books noAmount = new Books(CONFIG, 1);
        noAmount.outbox().add(new Peers.Credit(1, 2, 1, 1, 1, 2, 0));
        assertNotReadable(noAmount);

        Books gap = new Books(CONFIG, 1);
        gap.outbox().add(new Peers.Credit(1, 2, 1, 1, 1, 2, 5));
        gap.outbox().add(new Peers.Credit(1, 2, 3, 1, 1, 2, 5));
        assertNotReadable(gap);
    }

    private static ByteBuffer snapshotOf(Books books) {
        ByteBuffer snapshot = ByteBuffer.allocate(1_000);
        books.writeTo(snapshot);
        byte[] exact = new byte[snapshot.position()];
        return ByteBuffer.wrap(exact).put(snapshot.flip()).flip();
    }

    private static void assertNotReadable(Books impossible) {
        ByteBuffer snapshot = snapshotOf(impossible);

        assertThrows(IllegalArgumentException.class, () -> new Books(CONFIG, 1).readFrom(snapshot));
    }
}
