package fourways.workload;

import fourways.workload.Peers.Credit;
import fourways.workload.Peers.Credited;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * The shards of a ledger, run by one thread, and a network between them of which a test says when it delivers and what it loses. For each pair of shards the order is
 * kept, as {@link Peers} promises.
 */
final class ShardCluster implements Peers, AutoCloseable {

    /** A {@link Credit} or {@link Credited} on its way. */
    record Message(int from, int to, Record content) {}

    private final LedgerConfig config;
    private final LedgerStore store;
    private final List<Shard> shards = new ArrayList<>();

    /** By {@code from * shards + to}; {@link JournalMode#DISK} sends from a thread of its own, hence the monitor of this list. */
    private final List<ArrayDeque<Message>> network = new ArrayList<>();

    ShardCluster(LedgerConfig config) {
        this.config = config;
        this.store = LedgerStore.open(config);
        for (int pair = 0; pair < config.shards() * config.shards(); pair++) {
            network.add(new ArrayDeque<>());
        }
        try {
            for (int index = 0; index < config.shards(); index++) {
                shards.add(Shard.open(store, index, this));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        shards.forEach(Shard::resendAll);
    }

    Shard shard(int index) {
        return shards.get(index);
    }

    /** Hands a command to its shard; the future is done when the shard has answered. */
    CompletableFuture<Outcome> submit(Command command) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        shards.get(config.shardOf(command)).handle(command, outcome::complete);
        return outcome;
    }

    /** Hands a command in and runs the network until it is answered. */
    Outcome call(Command command) {
        CompletableFuture<Outcome> outcome = submit(command);
        while (!outcome.isDone()) {
            if (!deliverAll()) {
                // The committer is at work; whatever it does brings a message or the answer.
                Thread.onSpinWait();
            }
        }
        return outcome.join();
    }

    long balance(int account) {
        return ((Outcome.Accepted) call(new Command.ReadBalance(0, account))).balanceCents();
    }

    @Override
    public void credit(Credit credit) {
        send(new Message(credit.source(), credit.destination(), credit));
    }

    @Override
    public void credited(Credited credited) {
        send(new Message(credited.destination(), credited.source(), credited));
    }

    private void send(Message message) {
        synchronized (network) {
            network.get(message.from() * config.shards() + message.to()).add(message);
        }
    }

    /** All that is under way, the oldest of each pair first. */
    List<Message> underWay() {
        synchronized (network) {
            return network.stream().flatMap(ArrayDeque::stream).toList();
        }
    }

    void lose(Predicate<Message> which) {
        synchronized (network) {
            network.forEach(queue -> queue.removeIf(which));
        }
    }

    /** Takes the oldest message of one of the pairs that have any. */
    Message take(int choice) {
        synchronized (network) {
            List<ArrayDeque<Message>> busy =
                    network.stream().filter(queue -> !queue.isEmpty()).toList();
            return busy.get(Math.floorMod(choice, busy.size())).remove();
        }
    }

    void deliver(Message message) {
        switch (message.content()) {
            case Credit credit -> shards.get(message.to()).credit(credit);
            case Credited credited -> shards.get(message.to()).credited(credited);
            default -> throw new AssertionError(message);
        }
    }

    /** Delivers until nothing is under way; tells whether there was anything. */
    boolean deliverAll() {
        boolean any = false;
        while (!underWay().isEmpty()) {
            deliver(take(0));
            any = true;
        }
        return any;
    }

    /** Delivers until every transfer under way has arrived and its source knows. */
    void settle() {
        // An answer comes after everything that the shard had to say before. Money goes one way, the acknowledgement
        // back.
        for (int way = 0; way < 2; way++) {
            for (int account = 0; account < config.shards(); account++) {
                balance(account);
            }
            deliverAll();
        }
    }

    /** Throws a shard away and recovers it from its journal, as an owner does. */
    void recover(int index) {
        shards.get(index).close();
        shards.set(index, Shard.open(store, index, this));
        shards.get(index).resendAll();
        for (Shard other : shards) {
            if (other.index() != index) {
                other.resend(index);
            }
        }
    }

    @Override
    public void close() {
        shards.forEach(Shard::close);
        store.close();
    }
}
