package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import fourways.workload.Peers.Credit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final Outbox outbox = new Outbox(4);

    private Credit add(int destination, long amountCents) {
        Credit credit =
                new Credit(0, destination, outbox.nextNumber(destination), amountCents, 0, destination, amountCents);
        outbox.add(credit);
        return credit;
    }

    @Test
    void numbersCountFromOneForEachDestination() {
        assertEquals(1, outbox.nextNumber(1));

        add(1, 10);
        add(1, 20);
        add(3, 30);

        assertEquals(3, outbox.nextNumber(1));
        assertEquals(1, outbox.nextNumber(2));
        assertEquals(2, outbox.nextNumber(3));
        assertEquals(3, outbox.size());
        assertEquals(60, outbox.amountCents());
    }

    @Test
    void whatIsUnderWayIsToldInOrder() {
        Credit first = add(1, 10);
        Credit second = add(1, 20);
        Credit elsewhere = add(3, 30);

        assertEquals(List.of(first, second), outbox.underWay(1));
        assertEquals(List.of(), outbox.underWay(2));
        assertSame(second, outbox.last(1).credit);
        List<Credit> all = new ArrayList<>();
        outbox.forEachTransit(transit -> all.add(transit.credit));
        assertEquals(List.of(first, second, elsewhere), all);
    }

    @Test
    void settlingForgetsAllUpToANumberAndOnlyThere() {
        add(1, 10);
        add(1, 20);
        Credit third = add(1, 30);
        add(3, 40);

        outbox.settle(1, 2);

        assertEquals(List.of(third), outbox.underWay(1));
        assertEquals(2, outbox.size());
        assertEquals(70, outbox.amountCents());
        outbox.settle(1, 2);
        assertEquals(2, outbox.size(), "again");
        outbox.settle(1, 99);
        assertEquals(1, outbox.size());
        assertEquals(4, outbox.nextNumber(1), "numbers are never used again");
    }

    @Test
    void theOldestIsTheOneThatMayBeSettledNext() {
        assertNull(outbox.oldest(1, 99));
        Credit first = add(1, 10);
        add(1, 20);

        assertNull(outbox.oldest(1, 0));
        Outbox.Transit oldest = outbox.oldest(1, 2);

        assertSame(first, oldest == null ? null : oldest.credit);
    }

    @Test
    void whatIsUnderWayCanBeSettledWhileItIsSent() {
        add(1, 10);
        add(1, 20);

        int sent = 0;
        for (Credit credit : outbox.underWay(1)) {
            outbox.settle(1, credit.number());
            sent++;
        }

        assertEquals(2, sent);
        assertEquals(0, outbox.size());
    }

    @Test
    void theLimitIsTwiceTheCapacity() {
        assertEquals(14, Outbox.limit(LedgerConfig.inMemory().withCapacity(7)));
    }
}
