package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Transfer;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerOpenException;
import fourways.workload.LedgerStore;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Peers;
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
    void aWorkerThatCannotOpenAShardOpensNone(@TempDir Path temporary) {
        LedgerConfig config =
                LedgerConfig.in(temporary.resolve("ledger")).withAccounts(8, 4).withWorkers(2);
        try (LedgerStore _ = LedgerStore.open(config)) {
            OwnedShards first = new OwnedShards(config, 1, out);
            assertThrows(LedgerOpenException.class, () -> new OwnedShards(config, 1, out));

            first.close();

            new OwnedShards(config, 1, out).close();
        }
    }
}
