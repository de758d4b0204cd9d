package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import fourways.workload.Peers.Credit;
import fourways.workload.Peers.Credited;
import fourways.workload.ShardCluster.Message;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random commands on three shards that crash at random points, on a network that loses and repeats: whatever happens, no cent is lost and none applied twice. The
 * model knows nothing of journals: it changes a balance when a command or a message was carried out for the first time.
 */
class ShardCrashTest {

    private static final int RUNS = 40;
    private static final int STEPS = 400;

    @TempDir
    private Path directory;

    private static final JournalAudit.Visitor NOBODY = new JournalAudit.Visitor() {
        @Override
        public void entry(Entry entry, Path segment, long offset) {}

        @Override
        public void contradiction(Path segment, String what) {
            throw new AssertionError(segment + ": " + what);
        }
    };

    /** One run, which its seed repeats. */
    private static final class Run implements AutoCloseable {
        private final LedgerConfig config;
        private final Random random;
        private final ShardCluster cluster;
        private final long[] balances;
        private long mintedCents;
        private long id;

        /** Transfers that were debited and of which the credit has not arrived, by command. */
        private final Map<Long, Credit> underWay = new HashMap<>();

        private final Map<Long, CompletableFuture<Outcome>> waiting = new HashMap<>();

        Run(LedgerConfig config, long seed) {
            this.config = config;
            this.random = new Random(seed);
            this.cluster = new ShardCluster(config);
            this.balances = new long[config.accounts()];
            Arrays.fill(balances, config.initialBalanceCents());
            this.mintedCents = config.initialBalanceCents() * config.accounts();
        }

        void step() {
            switch (random.nextInt(20)) {
                case 0 -> crash();
                case 1 -> sabotage();
                case 2 -> lose();
                case 3 -> deliver(true);
                case 4, 5, 6, 7, 8, 9 -> deliver(false);
                case 10, 11, 12 -> deposit();
                case 13, 14 -> withdraw();
                default -> transfer();
            }
        }

        private int anyAccount() {
            return random.nextInt(config.accounts());
        }

        private long anyAmount() {
            return 1L + random.nextInt(150);
        }

        private void deposit() {
            Deposit command = new Deposit(++id, anyAccount(), anyAmount());
            balances[command.account()] += command.amountCents();
            mintedCents += command.amountCents();
            assertEquals(
                    new Accepted(balances[command.account()]),
                    cluster.submit(command).join());
        }

        private void withdraw() {
            Withdraw command = new Withdraw(++id, anyAccount(), anyAmount());
            boolean covered = balances[command.account()] >= command.amountCents();
            if (covered) {
                balances[command.account()] -= command.amountCents();
                mintedCents -= command.amountCents();
            }
            assertAnswer(covered, command.account(), cluster.submit(command).join());
        }

        private void assertAnswer(boolean covered, int account, Outcome outcome) {
            if (covered) {
                assertEquals(new Accepted(balances[account]), outcome);
            } else {
                assertEquals(Reason.INSUFFICIENT_FUNDS, ((Refused) outcome).reason());
            }
        }

        private void transfer() {
            int from = anyAccount();
            int to = (from + 1 + random.nextInt(config.accounts() - 1)) % config.accounts();
            Transfer command = new Transfer(++id, from, to, anyAmount());
            boolean covered = balances[from] >= command.amountCents();
            CompletableFuture<Outcome> outcome = cluster.submit(command);
            if (!covered || config.shardOf(from) == config.shardOf(to)) {
                if (covered) {
                    balances[from] -= command.amountCents();
                    balances[to] += command.amountCents();
                }
                assertAnswer(covered, from, outcome.join());
            } else if (outcome.isDone()) {
                assertEquals(Reason.OVERLOADED, ((Refused) outcome.join()).reason());
            } else {
                balances[from] -= command.amountCents();
                waiting.put(command.id(), outcome);
                underWay.put(
                        command.id(),
                        new Credit(config.shardOf(from), config.shardOf(to), 0, id, from, to, command.amountCents()));
            }
        }

        /** Delivers one message, twice on demand. A credit counts in the model if the shard's balance says so; that it does so once is checked here. */
        private void deliver(boolean twice) {
            if (cluster.underWay().isEmpty()) {
                return;
            }
            Message message = cluster.take(random.nextInt());
            for (int times = twice ? 2 : 1; times > 0; times--) {
                if (message.content() instanceof Credit credit) {
                    long before = cluster.balance(credit.to());
                    cluster.deliver(message);
                    if (cluster.balance(credit.to()) != before) {
                        arrived(credit);
                    }
                } else {
                    cluster.deliver(message);
                    answered((Credited) message.content());
                }
            }
        }

        private void arrived(Credit credit) {
            Credit expected = underWay.remove(credit.id());
            Credit sent = new Credit(
                    credit.source(),
                    credit.destination(),
                    0,
                    credit.id(),
                    credit.from(),
                    credit.to(),
                    credit.amountCents());
            assertEquals(expected, sent, "credited twice, or never debited");
            balances[credit.to()] += credit.amountCents();
        }

        private void answered(Credited credited) {
            waiting.forEach((command, outcome) -> {
                if (outcome.isDone() && outcome.join() instanceof Accepted) {
                    assertTrue(!underWay.containsKey(command), () -> "accepted before it arrived: " + credited);
                }
            });
            waiting.values().removeIf(CompletableFuture::isDone);
        }

        private void lose() {
            int chance = random.nextInt(4);
            cluster.lose(message -> random.nextInt(4) <= chance);
        }

        private void crash() {
            int shard = random.nextInt(config.shards());
            cluster.lose(message -> message.to() == shard || (random.nextBoolean() && message.from() == shard));
            cluster.recover(shard);
            waiting.values().removeIf(outcome -> outcome.isDone() && outcome.join() instanceof Indeterminate);
            assertBalances(shard);
        }

        private void sabotage() {
            int shard = random.nextInt(config.shards());
            Sabotage command = new Sabotage(++id, shard, "exception");
            assertThrows(IllegalStateException.class, () -> cluster.submit(command));
            cluster.recover(shard);
            assertBalances(shard);
        }

        private void assertBalances(int shard) {
            for (int account = shard; account < config.accounts(); account += config.shards()) {
                assertEquals(balances[account], cluster.balance(account), "account " + account);
            }
        }

        /** All messages are lost, all the rest arrives by what is sent again, in one of the three ways in which that happens. */
        void end(int way) {
            cluster.lose(message -> true);
            for (int shard = 0; shard < config.shards(); shard++) {
                switch (way) {
                    case 0 -> cluster.shard(shard).resendAll();
                    case 1 -> cluster.recover(shard);
                    default -> resendTo(shard);
                }
            }
            while (!cluster.underWay().isEmpty()) {
                deliver(false);
            }
            assertEquals(Map.of(), underWay);
            for (int shard = 0; shard < config.shards(); shard++) {
                assertBalances(shard);
            }
            assertEquals(mintedCents, Arrays.stream(balances).sum());
        }

        private void resendTo(int destination) {
            for (int shard = 0; shard < config.shards(); shard++) {
                cluster.shard(shard).resend(destination);
            }
        }

        /** Closed; what the journals say then is the same, and no shard waits for anything. */
        void audit() {
            long holdingsCents = 0;
            for (int shard = 0; shard < config.shards(); shard++) {
                Books books = JournalAudit.read(config, shard, NOBODY).books();
                assertEquals(0, books.outbox().size(), "under way from shard " + shard);
                holdingsCents += books.holdingsCents();
            }
            assertEquals(mintedCents, holdingsCents);
        }

        @Override
        public void close() {
            cluster.close();
        }
    }

    @Test
    void noCentIsLostOrMadeWhateverCrashesAndWhateverIsLost() {
        for (long seed = 1; seed <= RUNS; seed++) {
            Path ledger = directory.resolve("ledger-" + seed);
            LedgerConfig config = LedgerConfig.in(ledger)
                    .withAccounts(9, 3)
                    .withCapacity(8)
                    .withInitialBalanceCents(200)
                    .withSegments(4_096, seed % 2 == 0);
            try {
                run(config, seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static void run(LedgerConfig config, long seed) {
        Run run = new Run(config, seed);
        try (run) {
            for (int step = 0; step < STEPS; step++) {
                run.step();
            }
            run.end((int) (seed % 3));
        }
        run.audit();
    }
}
