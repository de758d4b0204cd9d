package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import fourways.workload.Peers.Credit;
import fourways.workload.Peers.Credited;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What one shard does, and what two say to each other, message by message; nothing crashes here ({@link ShardCrashTest} sees to that). Shard 0 has the accounts 0,
 * 3, 6, shard 1 has 1, 4, 7, and so on; each holds 10.00.
 */
class ShardTest {

    private final LedgerConfig config = LedgerConfig.inMemory()
            .withAccounts(9, 3)
            .withInitialBalanceCents(1_000)
            .withCapacity(2);

    private final ShardCluster cluster = new ShardCluster(config);
    private long id;

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    private CompletableFuture<Outcome> transfer(int from, int to, long amountCents) {
        return cluster.submit(new Transfer(++id, from, to, amountCents));
    }

    /** A transfer whose answer is of no interest. */
    private void send(int from, int to, long amountCents) {
        var _ = transfer(from, to, amountCents);
    }

    private List<Record> underWay() {
        return cluster.underWay().stream().map(ShardCluster.Message::content).toList();
    }

    private static Reason reason(Outcome outcome) {
        return assertInstanceOf(Refused.class, outcome).reason();
    }

    @Test
    void answersWithTheNewBalance() {
        assertEquals(new Accepted(1_500), cluster.call(new Deposit(1, 3, 500)));
        assertEquals(new Accepted(0), cluster.call(new Withdraw(2, 3, 1_500)));
        assertEquals(new Accepted(1_000), cluster.call(new Command.ReadBalance(3, 6)));
    }

    @Test
    void refusesWhatTheBalanceDoesNotCoverAndChangesNothing() {
        assertEquals(Reason.INSUFFICIENT_FUNDS, reason(cluster.call(new Withdraw(1, 3, 1_001))));
        assertEquals(Reason.INSUFFICIENT_FUNDS, reason(cluster.call(new Transfer(2, 3, 6, 1_001))));
        assertEquals(Reason.INSUFFICIENT_FUNDS, reason(cluster.call(new Transfer(3, 3, 1, 1_001))));

        assertEquals(1_000, cluster.balance(3));
        assertEquals(1_000, cluster.balance(6));
        assertEquals(List.of(), underWay());
    }

    @Test
    void refusesADepositBeyondWhatCanBeCounted() {
        assertEquals(Reason.INVALID_AMOUNT, reason(cluster.call(new Deposit(1, 3, Long.MAX_VALUE / 3 - 2_999))));
        assertEquals(1_000, cluster.balance(3));
        assertEquals(
                new Accepted(Long.MAX_VALUE / 3 - 2_000), cluster.call(new Deposit(2, 3, Long.MAX_VALUE / 3 - 3_000)));
    }

    @Test
    void aTransferWithinTheShardIsDoneAtOnce() {
        assertEquals(new Accepted(700), transfer(3, 6, 300).resultNow());
        assertEquals(1_300, cluster.balance(6));
        assertEquals(List.of(), underWay());
    }

    @Test
    void aTransferAcrossShardsIsAnsweredOnceBothSidesHold() {
        CompletableFuture<Outcome> answer = transfer(3, 1, 300);

        assertEquals(List.of(new Credit(0, 1, 1, 1, 3, 1, 300)), underWay());
        assertEquals(700, cluster.balance(3));
        assertEquals(1_000, cluster.balance(1));

        cluster.deliver(cluster.take(0));
        assertEquals(List.of(new Credited(0, 1, 1)), underWay());
        assertEquals(1_300, cluster.balance(1));
        assertFalse(answer.isDone());

        cluster.deliver(cluster.take(0));
        assertEquals(new Accepted(700), answer.resultNow());
        assertEquals(List.of(), underWay());
    }

    @Test
    void aTransferIsAnsweredWithTheBalanceThatItLeft() {
        CompletableFuture<Outcome> answer = transfer(3, 1, 300);
        cluster.call(new Deposit(++id, 3, 5_000));

        cluster.deliverAll();

        assertEquals(new Accepted(700), answer.resultNow());
        assertEquals(5_700, cluster.balance(3));
    }

    @Test
    void transfersAreNumberedForEachDestination() {
        send(3, 1, 1);
        send(3, 2, 2);
        send(1, 0, 3);
        send(6, 4, 4);

        assertEquals(
                List.of(
                        new Credit(0, 1, 1, 1, 3, 1, 1),
                        new Credit(0, 1, 2, 4, 6, 4, 4),
                        new Credit(0, 2, 1, 2, 3, 2, 2),
                        new Credit(1, 0, 1, 3, 1, 0, 3)),
                underWay());
    }

    @Test
    void aCreditSeenAgainIsAcknowledgedAgainAndNotApplied() {
        CompletableFuture<Outcome> answer = transfer(3, 1, 300);
        ShardCluster.Message credit = cluster.take(0);
        cluster.deliver(credit);
        cluster.lose(_ -> true);
        assertFalse(answer.isDone(), "its acknowledgement was lost");

        cluster.deliver(credit);

        assertEquals(1_300, cluster.balance(1));
        assertEquals(List.of(new Credited(0, 1, 1)), underWay());
        cluster.deliverAll();
        assertEquals(new Accepted(700), answer.resultNow());
    }

    @Test
    void aCreditAfterAGapIsIgnoredUntilTheGapIsFilled() {
        CompletableFuture<Outcome> first = transfer(3, 1, 100);
        cluster.lose(_ -> true);
        CompletableFuture<Outcome> second = transfer(6, 4, 200);

        cluster.deliverAll();
        assertEquals(1_000, cluster.balance(1));
        assertEquals(1_000, cluster.balance(4));
        assertFalse(second.isDone());

        cluster.shard(0).resend(1);
        cluster.deliverAll();
        assertEquals(1_100, cluster.balance(1));
        assertEquals(1_200, cluster.balance(4));
        assertEquals(new Accepted(900), first.resultNow());
        assertEquals(new Accepted(800), second.resultNow());
    }

    @Test
    void aLaterAcknowledgementMakesUpForALostOne() {
        CompletableFuture<Outcome> first = transfer(3, 1, 100);
        CompletableFuture<Outcome> second = transfer(3, 1, 200);
        cluster.deliver(cluster.take(0));
        cluster.lose(message -> message.content() instanceof Credited);

        cluster.deliverAll();

        assertEquals(new Accepted(900), first.resultNow());
        assertEquals(new Accepted(700), second.resultNow());
        assertEquals(1_300, cluster.balance(1));
    }

    @Test
    void anAcknowledgementSeenAgainChangesNothing() {
        send(3, 1, 100);
        cluster.deliverAll();
        CompletableFuture<Outcome> second = transfer(3, 1, 200);
        cluster.lose(_ -> true);

        cluster.shard(0).credited(new Credited(0, 1, 1));

        assertFalse(second.isDone());
        cluster.shard(0).resend(1);
        assertEquals(List.of(new Credit(0, 1, 2, 2, 3, 1, 200)), underWay());
    }

    @Test
    void onlyWhatIsNotSettledIsSentAgainInOrder() {
        send(3, 2, 50);
        cluster.deliverAll();
        send(3, 1, 100);
        send(3, 2, 200);
        cluster.lose(_ -> true);
        send(3, 1, 300);
        cluster.lose(_ -> true);

        cluster.shard(0).resendAll();

        assertEquals(
                List.of(
                        new Credit(0, 1, 1, 2, 3, 1, 100),
                        new Credit(0, 1, 2, 4, 3, 1, 300),
                        new Credit(0, 2, 2, 3, 3, 2, 200)),
                underWay());
    }

    @Test
    void aShardThatHearsNothingFromOthersSoonDebitsNoMore() {
        for (int i = 0; i < Outbox.limit(config); i++) {
            assertFalse(transfer(3, 1 + i % 2, 1).isDone());
        }

        assertEquals(Reason.OVERLOADED, reason(transfer(3, 1, 1).resultNow()));
        assertEquals(1_000 - Outbox.limit(config), cluster.balance(3));
        cluster.deliverAll();
        assertFalse(transfer(3, 1, 1).isDone());
    }

    @Test
    void closingAnswersThoseWhoseMoneyIsUnderWay() {
        CompletableFuture<Outcome> answer = transfer(3, 1, 300);

        cluster.shard(0).close();

        assertInstanceOf(Indeterminate.class, answer.resultNow());
    }

    @Test
    void tellsWhoRunsIt() {
        Located located = assertInstanceOf(Located.class, cluster.call(new Locate(1, 2)));

        assertEquals(ProcessHandle.current().pid(), located.pid());
        assertEquals(Thread.currentThread().getName(), located.threadName());
        assertTrue(located.nativeThreadId() > 0);
    }

    @Test
    void sabotageLeavesHalfAChangeBehindForItsOwnerToRecover() {
        IllegalStateException thrown =
                assertThrows(IllegalStateException.class, () -> cluster.submit(new Sabotage(1, 1, "exception")));

        assertEquals("sabotaged: exception in the middle of an update", thrown.getMessage());
        assertEquals(1_001, cluster.balance(1), "a cent that is in no journal");
    }

    @Test
    void aStackOverflowIsReal() {
        assertThrows(StackOverflowError.class, () -> cluster.submit(new Sabotage(1, 1, "stack-overflow")));
    }
}
