package fourways.actors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Admission;
import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerStore;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Peers;
import fourways.workload.Request;
import fourways.workload.RestartBackoff;
import fourways.workload.Restarts;
import fourways.workload.Restarts.Decision;
import fourways.workload.Shard;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TenureTest {

    @TempDir
    Path directory;

    private final Tenure tenure = Tenure.first(0, Restarts.withBackoff(RestartBackoff.Settings.usual()));
    private LedgerStore store;
    private Admission admission;

    @BeforeEach
    void open() {
        LedgerConfig config = LedgerConfig.in(directory).withAccounts(4, 1);
        store = LedgerStore.open(config);
        admission = new Admission(config);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whoseTenureIsOverCanChangeNothingAndSayNothing() {
        Shard late = shard();
        assertTrue(tenure.begin(late));

        tenure.revoke();
        Request request = admission.admit(new Deposit(1, 0, 5));
        assertThrows(IllegalStateException.class, () -> late.handle(request.command(), request));

        assertFalse(request.isDone());
        Tenure next = tenure.next();
        Shard taken = shard();
        assertTrue(next.begin(taken));
        Request read = admission.admit(new ReadBalance(2, 0));
        taken.handle(read.command(), read);
        assertEquals(new Accepted(100_000), read.join());
    }

    @Test
    void whoOpensTheShardTooLateGivesItBack() {
        tenure.revoke();

        assertFalse(tenure.begin(shard()));

        assertTrue(tenure.next().begin(shard()), "it is free");
    }

    @Test
    void theFailuresOfOneOwnerCountForTheNext() {
        assertTrue(tenure.fail());
        assertEquals(new Decision.Restart(Duration.ZERO), tenure.decision());
        tenure.revoke();
        assertFalse(tenure.fail(), "it has no say any more");

        Tenure next = tenure.next();
        assertTrue(next.fail());

        assertFalse(((Decision.Restart) next.decision()).delay().isZero());
    }

    private Shard shard() {
        return Shard.open(store, 0, new Peers() {
            @Override
            public void credit(Credit credit) {}

            @Override
            public void credited(Credited credited) {}
        });
    }
}
