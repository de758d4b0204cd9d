package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.Fault;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerOpenException;
import fourways.workload.LedgerStore;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Peers;
import fourways.workload.Shard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker's half of the protocol, without a process: the worker owns shards 1 and 3 of 4. */
class OwnedShardsTest {

    private static final LedgerConfig CONFIG =
            LedgerConfig.inMemory().withAccounts(8, 4).withWorkers(2);

    private final List<Frame> sent = new ArrayList<>();
    private final FrameSink out = new FrameSink() {
        @Override
        public void send(Frame frame) {
            sent.add(frame);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @Test
    void saysThatItIsReadyAndThenAnswers() throws MalformedFrameException {
        OwnedShards shards = new OwnedShards(CONFIG, 1, out);

        shards.handle(new Frame.Submit(7, new Deposit(1, 3, 5)));

        assertEquals(List.of(new Frame.Ready(), new Frame.Answer(7, 1, new Accepted(100_005))), sent);
    }

    @Test
    void moneyForAnotherWorkerGoesOutAndIsAnsweredWhenItHasArrived() throws MalformedFrameException {
        OwnedShards shards = new OwnedShards(CONFIG, 1, out);
        sent.clear();

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
        OwnedShards shards = new OwnedShards(CONFIG, 1, out);

        shards.handle(new Frame.Credit(new Peers.Credit(0, 1, 1, 1, 0, 1, 5)));

        assertEquals(new Frame.Credited(new Peers.Credited(0, 1, 1)), sent.getLast());
    }

    @Test
    void moneyForTheSameWorkerNeverGoesOut() throws MalformedFrameException {
        OwnedShards shards = new OwnedShards(CONFIG, 1, out);

        shards.handle(new Frame.Submit(7, new Transfer(1, 3, 1, 5)));

        assertEquals(List.of(new Frame.Ready(), new Frame.Answer(7, 1, new Accepted(99_995))), sent);
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
        OwnedShards shards = new OwnedShards(CONFIG, 1, out);

        assertThrows(MalformedFrameException.class, () -> shards.handle(frame));
    }

    @Test
    void aNewWorkerSendsOnWhatTheLastOneHadOnlyDebited(@TempDir Path temporary) throws MalformedFrameException {
        LedgerConfig config = journaled(temporary);
        Frame credit = new Frame.Credit(new Peers.Credit(3, 2, 1, 1, 3, 2, 5));
        try (LedgerStore _ = LedgerStore.open(config)) {
            OwnedShards first = new OwnedShards(config, 1, out);
            first.handle(new Frame.Submit(7, new Transfer(1, 3, 2, 5)));
            first.close();
            sent.clear();

            new OwnedShards(config, 1, out).close();

            assertEquals(List.of(new Frame.Ready(), credit), sent);
        }
    }

    @Test
    void aShardThatThrowsIsRecoveredAndEverybodySendsToItAgain(@TempDir Path temporary) throws MalformedFrameException {
        LedgerConfig config = journaled(temporary);
        Frame credit = new Frame.Credit(new Peers.Credit(3, 2, 1, 1, 3, 2, 5));
        try (LedgerStore _ = LedgerStore.open(config)) {
            OwnedShards shards = new OwnedShards(config, 1, out);
            shards.handle(new Frame.Submit(7, new Transfer(1, 3, 2, 5)));
            sent.clear();

            shards.handle(new Frame.Submit(8, new Sabotage(2, 3, Fault.EXCEPTION.faultName())));
            shards.handle(new Frame.Submit(9, new ReadBalance(3, 3)));
            shards.close();

            assertEquals(
                    8, assertInstanceOf(Frame.Answer.class, sent.removeFirst()).token(), "the sabotage");
            assertEquals(
                    7, assertInstanceOf(Frame.Answer.class, sent.removeFirst()).token(), "the transfer");
            assertEquals(List.of(new Frame.Resend(3), credit, new Frame.Answer(9, 3, new Accepted(99_995))), sent);
        }
    }

    private static LedgerConfig journaled(Path temporary) {
        return LedgerConfig.in(temporary.resolve("ledger")).withAccounts(8, 4).withWorkers(2);
    }

    @Test
    void aWorkerThatCannotOpenAShardOpensNone(@TempDir Path temporary) {
        LedgerConfig config = journaled(temporary);
        Peers nobody = new Peers() {
            @Override
            public void credit(Credit credit) {}

            @Override
            public void credited(Credited credited) {}
        };
        try (LedgerStore store = LedgerStore.open(config);
                Shard _ = Shard.open(store, 3, nobody)) {
            assertThrows(LedgerOpenException.class, () -> new OwnedShards(config, 1, out));

            Shard.open(store, 1, nobody).close();
        }
    }
}
