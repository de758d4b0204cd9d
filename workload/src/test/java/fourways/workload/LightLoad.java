package fourways.workload;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Clients that send a {@link FaultLoad} at a steady pace, each until it has too many requests unanswered, and keep the history of all. */
final class LightLoad implements AutoCloseable {

    /** A few hundred requests a second and shard: many in the shortest outage, and no effort for any ledger. */
    private static final long INTERVAL_MILLIS = 4;

    /** Unanswered, of one client: enough to see that a shard is back, few enough to fill no pipe and no queue. */
    private static final int MAX_OUTSTANDING = 24;

    private static final long MAX_COMMANDS = 1 << 20;

    private final Ledger ledger;
    private final FaultLoad commands = new FaultLoad();
    private final History history = new History(MAX_COMMANDS);
    private final List<Client> clients =
            IntStream.range(0, FaultLoad.CLIENTS).mapToObj(Client::new).toList();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("light-load").factory());

    private static final class Client {
        private final int number;
        private final ShardClient experience = new ShardClient();

        /** The sending thread's only. */
        private int next;

        Client(int number) {
            this.number = number;
        }
    }

    private LightLoad(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Returns when every shard has been served well for a while, however it began, and money goes from each to the victim's. */
    static LightLoad start(Ledger ledger) {
        LightLoad load = new LightLoad(ledger);
        var _ = load.clock.scheduleAtFixedRate(load::tick, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        Awaitility.await()
                .atMost(60, SECONDS)
                .until(() -> load.clients.stream()
                        .map(client -> client.experience.fate(System.nanoTime()))
                        .allMatch(fate -> fate == Fate.UNHARMED || fate == Fate.INTERRUPTED));
        return load;
    }

    private void tick() {
        clients.forEach(this::sendNext);
    }

    private void sendNext(Client client) {
        if (client.experience.outstanding() >= MAX_OUTSTANDING) {
            return;
        }
        long id = FaultLoad.id(client.number, client.next++);
        history.sent(id);
        client.experience.sent(id, System.nanoTime());
        var _ = ledger.submit(commands.command(id)).thenAccept(outcome -> {
            history.answered(id, outcome);
            client.experience.answered(id, outcome, System.nanoTime());
        });
    }

    History history() {
        return history;
    }

    /** What the clients of a shard experience that want nothing of any other. */
    ShardClient of(int shard) {
        return clients.get(shard).experience;
    }

    /** Sends nothing any more. */
    @Override
    public void close() {
        clock.shutdownNow();
        try {
            if (!clock.awaitTermination(60, SECONDS)) {
                throw new AssertionError("the load does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
