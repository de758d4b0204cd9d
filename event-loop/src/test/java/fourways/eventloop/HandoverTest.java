package fourways.eventloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import fourways.workload.Admission;
import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Transfer;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Request;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What becomes of requests and money that are under way when a loop is replaced. */
class HandoverTest extends HardenedFixture {

    @Test
    void whatANeighborHadUnderWayIsAnsweredByTheFreshLoop() {
        CountDownLatch destination = new CountDownLatch(1);
        latches.add(destination);
        // Not in a beat, so nobody takes the loop for stuck.
        loopOf(1).verticle().post(task -> awaitUninterruptibly(destination));
        CompletableFuture<Outcome> transfer = ledger.submit(new Transfer(id(), 2, 1, 70));
        assertEquals(new Accepted(INITIAL - 70), read(2), "debited");
        WatchedLoop loop = loopOf(0);

        hold(loop, 0, shard -> {});
        Awaitility.await().atMost(SOON).until(() -> !loopOf(0).equals(loop));
        assertFalse(transfer.isDone());
        destination.countDown();

        assertEquals(
                new Accepted(INITIAL - 70), answer(transfer), "by the shard that knows who asked: it was not replayed");
        assertEquals(new Accepted(INITIAL + 70), read(1));
        assertEquals(new Accepted(INITIAL - 70), read(2));
    }

    @Test
    void aRequestThatTheGateMayStillRefuseIsNotCarriedOutByTheFreshLoop() {
        Request atTheGate = ledger.admission().admit(new Deposit(id(), 2, 20));

        hold(loopOf(0), 0, shard -> {});
        // In the next slot, so it is found after that one.
        CompletableFuture<Outcome> behind = ledger.submit(new ReadBalance(id(), 2));

        assertEquals(new Accepted(INITIAL), answer(behind));
        atTheGate.answer(Admission.unavailable("suspended meanwhile"));
    }

    @Test
    void moneyOnItsWayToShardsOfAStuckLoopArrives() {
        CountDownLatch release = hold(loopOf(0), 0, shard -> {});
        CompletableFuture<Outcome> toNeighbor = ledger.submit(new Transfer(id(), 1, 2, 70));
        CompletableFuture<Outcome> toStuck = ledger.submit(new Transfer(id(), 1, 0, 7));

        assertEquals(new Accepted(INITIAL - 70), answer(toNeighbor));
        assertEquals(new Accepted(INITIAL - 77), answer(toStuck));
        release.countDown();

        assertEquals(new Accepted(INITIAL + 70), read(2));
        assertEquals(new Accepted(INITIAL + 7), read(0));
    }
}
