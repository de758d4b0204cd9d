package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Admission;
import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerStore;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Peers;
import fourways.workload.RestartBackoff;
import fourways.workload.Shard;
import fourways.workload.StandardFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker's half of the protocol, without a process: the worker owns shards 1 and 3 of 4. */
class OwnedShardsTest {

    private static final LedgerConfig CONFIG =
            LedgerConfig.inMemory().withAccounts(8, 4).withWorkers(2);

    private static final Duration INSTANT = Duration.ofMillis(1);

    /** Two restarts at once, then a pause that is as short, and no end to it. */
    private static final RestartBackoff.Settings EAGER =
            new RestartBackoff.Settings(2, INSTANT, INSTANT, Duration.ofDays(1), Duration.ofMillis(50));

    private static final Peers NOBODY = new DeafPeers();

    private static final Duration SOON = Duration.ofSeconds(60);

    private final SentFrames out = new SentFrames();

    private final List<Frame> sent = out.frames();

    private OwnedShards begin(LedgerConfig config, ShardPolicies policies) {
        return new OwnedShards(config, 1, out, out, policies);
    }

    private OwnedShards begin(LedgerConfig config) {
        return begin(config, ShardPolicies.of(config));
    }

    /** Opens all shards, and forgets what was said of it. */
    private OwnedShards open(LedgerConfig config) {
        OwnedShards shards = begin(config);
        await(new Frame.Ready());
        sent.clear();
        return shards;
    }

    private void await(Frame frame) {
        Awaitility.await().atMost(SOON).until(() -> sent.contains(frame));
    }

    @Test
    void saysWhichShardsAreOpenAndThenThatThisIsAllAndAnswers() throws MalformedFrameException {
        OwnedShards shards = begin(CONFIG);
        await(new Frame.Ready());

        shards.handle(new Frame.Submit(7, new Deposit(1, 3, 5)));

        assertEquals(
                List.of(
                        new Frame.Served(1),
                        new Frame.Served(3),
                        new Frame.Ready(),
                        new Frame.Answer(7, 1, new Accepted(100_005))),
                sent);
    }

    @Test
    void moneyForAnotherWorkerGoesOutAndIsAnsweredWhenItHasArrived() throws MalformedFrameException {
        OwnedShards shards = open(CONFIG);

        shards.handle(new Frame.Submit(7, new Transfer(1, 3, 2, 5)));
        Frame credit = new Frame.Credit(new Peers.Credit(3, 2, 1, 1, 3, 2, 5));
        assertEquals(List.of(credit), sent);
        shards.handle(new Frame.Resend(2));
        assertEquals(List.of(credit, credit), sent);
        shards.handle(new Frame.Credited(new Peers.Credited(3, 2, 1)));

        assertEquals(new Frame.Answer(7, 1, new Accepted(99_995)), sent.getLast());
    }

    @Test
    void moneyFromAnotherWorkerIsAcknowledged() throws MalformedFrameException {
        OwnedShards shards = open(CONFIG);

        shards.handle(new Frame.Credit(new Peers.Credit(0, 1, 1, 1, 0, 1, 5)));

        assertEquals(new Frame.Credited(new Peers.Credited(0, 1, 1)), sent.getLast());
    }

    @Test
    void moneyForTheSameWorkerNeverGoesOut() throws MalformedFrameException {
        OwnedShards shards = open(CONFIG);

        shards.handle(new Frame.Submit(7, new Transfer(1, 3, 1, 5)));

        assertEquals(List.of(new Frame.Answer(7, 1, new Accepted(99_995))), sent);
    }

    static List<Frame> misdirected() {
        return List.of(
                new Frame.Submit(0, new Deposit(1, 2, 5)),
                new Frame.Submit(0, new Deposit(1, -1, 5)),
                new Frame.Credit(new Peers.Credit(1, 2, 1, 1, 1, 2, 5)),
                new Frame.Credit(new Peers.Credit(1, 5, 1, 1, 1, 5, 5)),
                new Frame.Credited(new Peers.Credited(-3, 1, 1)),
                new Frame.Ready());
    }

    @ParameterizedTest
    @MethodSource("misdirected")
    void whatIsMeantForSomebodyElseIsMalformed(Frame frame) {
        OwnedShards shards = open(CONFIG);

        assertThrows(MalformedFrameException.class, () -> shards.handle(frame));
    }

    @Test
    void aNewWorkerSendsOnWhatTheLastOneHadOnlyDebited(@TempDir Path temporary) throws MalformedFrameException {
        LedgerConfig config = journaled(temporary);
        Frame credit = new Frame.Credit(new Peers.Credit(3, 2, 1, 1, 3, 2, 5));
        try (LedgerStore _ = LedgerStore.open(config)) {
            OwnedShards first = open(config);
            first.handle(new Frame.Submit(7, new Transfer(1, 3, 2, 5)));
            first.close();

            try (OwnedShards second = open(config)) {
                // As the supervisor tells every worker, this one included.
                second.handle(new Frame.Resend(1));

                assertEquals(List.of(credit), sent);
            }
        }
    }

    @Test
    void aShardThatThrowsIsRecoveredAndEverybodySendsToItAgain(@TempDir Path temporary) throws MalformedFrameException {
        LedgerConfig config = journaled(temporary);
        Frame credit = new Frame.Credit(new Peers.Credit(3, 2, 1, 1, 3, 2, 5));
        try (LedgerStore _ = LedgerStore.open(config);
                OwnedShards shards = open(config)) {
            shards.handle(new Frame.Submit(7, new Transfer(1, 3, 2, 5)));
            sent.clear();

            shards.handle(new Frame.Submit(8, new Sabotage(2, 3, StandardFault.EXCEPTION.faultName())));
            shards.handle(new Frame.Submit(9, new ReadBalance(3, 3)));

            assertEquals(
                    8, assertInstanceOf(Frame.Answer.class, sent.removeFirst()).token(), "the sabotage");
            assertEquals(
                    7, assertInstanceOf(Frame.Answer.class, sent.removeFirst()).token(), "the transfer");
            assertEquals(List.of(new Frame.Served(3), credit, new Frame.Answer(9, 3, new Accepted(99_995))), sent);
        }
    }

    private static LedgerConfig journaled(Path temporary) {
        return LedgerConfig.in(temporary.resolve("ledger")).withAccounts(8, 4).withWorkers(2);
    }

    @Test
    void aPlainWorkerThatCannotOpenAShardGivesUp(@TempDir Path temporary) {
        LedgerConfig config = journaled(temporary);
        try (LedgerStore store = LedgerStore.open(config);
                Shard _ = Shard.open(store, 3, NOBODY);
                OwnedShards _ = begin(config)) {
            Awaitility.await().atMost(SOON).until(() -> sent.stream().anyMatch(Frame.Failed.class::isInstance));
        }
    }

    @Test
    void aShardThatCannotBeOpenedIsSuspendedWhileTheOthersServeAndIsOpenedWhenItCanBe(@TempDir Path temporary)
            throws MalformedFrameException {
        LedgerConfig config = journaled(temporary);
        try (LedgerStore store = LedgerStore.open(config);
                Shard taken = Shard.open(store, 3, NOBODY);
                OwnedShards shards = begin(config, ShardPolicies.hardened(EAGER))) {
            await(new Frame.Ready());
            assertTrue(sent.contains(new Frame.Served(1)));

            shards.handle(new Frame.Submit(7, new Deposit(1, 1, 5)));
            shards.handle(new Frame.Submit(8, new Deposit(2, 3, 5)));

            assertTrue(sent.contains(new Frame.Answer(7, 1, new Accepted(100_005))), sent::toString);
            assertTrue(
                    sent.contains(new Frame.Answer(8, 2, Admission.unavailable("shard 3 is not open"))),
                    sent::toString);
            Awaitility.await().atMost(SOON).until(() -> suspensions().anyMatch(Frame.Suspended::givenUp));
            assertFalse(suspensions().findFirst().orElseThrow().givenUp(), "it was tried before");
            assertTrue(suspensions()
                    .allMatch(suspended ->
                            suspended.shard() == 3 && suspended.reason().contains("is in use by this process")));

            taken.fence();
            await(new Frame.Served(3));
            shards.handle(new Frame.Submit(9, new Deposit(3, 3, 5)));

            assertEquals(new Frame.Answer(9, 3, new Accepted(100_005)), sent.getLast());
        }
    }

    @Test
    void aShardThatFailsAgainAndAgainIsSuspendedWhileTheOthersServe(@TempDir Path temporary)
            throws MalformedFrameException {
        LedgerConfig config = journaled(temporary);
        try (LedgerStore _ = LedgerStore.open(config);
                OwnedShards shards = begin(config, ShardPolicies.hardened(EAGER))) {
            await(new Frame.Ready());

            for (int id = 1; suspensions().noneMatch(Frame.Suspended::givenUp); id++) {
                shards.handle(new Frame.Submit(id, new Sabotage(id, 3, StandardFault.EXCEPTION.faultName())));
            }
            shards.handle(new Frame.Submit(0, new Deposit(0, 1, 5)));

            assertEquals(new Frame.Answer(0, 0, new Accepted(100_005)), sent.getLast());
            assertTrue(suspensions()
                    .reduce((first, last) -> last)
                    .orElseThrow()
                    .reason()
                    .endsWith(", too often in a row"));
        }
    }

    private Stream<Frame.Suspended> suspensions() {
        return List.copyOf(sent).stream()
                .filter(Frame.Suspended.class::isInstance)
                .map(Frame.Suspended.class::cast);
    }

    @Test
    void moneyBetweenShardsOfOneWorkerArrivesWhicheverIsOpenFirst(@TempDir Path temporary)
            throws MalformedFrameException {
        LedgerConfig config = journaled(temporary);
        try (LedgerStore store = LedgerStore.open(config)) {
            try (Shard source = Shard.open(store, 1, NOBODY)) {
                // Debited, and lost on its way.
                source.handle(new Transfer(1, 1, 3, 5), outcome -> {});
            }
            try (Shard taken = Shard.open(store, 3, NOBODY);
                    OwnedShards shards = begin(config, ShardPolicies.hardened(EAGER))) {
                await(new Frame.Ready());
                shards.handle(new Frame.Resend(1));
                taken.fence();
                await(new Frame.Served(3));

                shards.handle(new Frame.Resend(3));
                shards.handle(new Frame.Submit(9, new ReadBalance(3, 3)));

                assertEquals(new Frame.Answer(9, 3, new Accepted(100_005)), sent.getLast());
            }
        }
    }
}
