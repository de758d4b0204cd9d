package fourways.workload;

import fourways.workload.Peers.Credit;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The money that has left a shard and is not yet known to have arrived: per destination a queue in the order of its numbers. Not thread-safe. Bounded
 * by {@link #limit}: a shard whose transfers do not arrive soon refuses to debit more.
 */
final class Outbox {

    /** number, id, from, to, amountCents. */
    private static final int TRANSIT_BYTES = 3 * Long.BYTES + 2 * Integer.BYTES;

    private final long[] lastNumber;
    private final List<ArrayDeque<Transit>> queues;
    private int size;

    /** One transfer under way; the reply is absent where nobody waits any more, because the shard was recovered since. */
    static final class Transit {
        final Credit credit;

        @Nullable
        Reply reply;

        long balanceCents;

        Transit(Credit credit) {
            this.credit = credit;
        }
    }

    Outbox(int shards) {
        this.lastNumber = new long[shards];
        this.queues = new ArrayList<>(shards);
        for (int i = 0; i < shards; i++) {
            queues.add(new ArrayDeque<>(0));
        }
    }

    /** As many as can be in flight at once, and as many again from before a recovery. */
    static int limit(LedgerConfig config) {
        return 2 * config.capacity();
    }

    int size() {
        return size;
    }

    long nextNumber(int destination) {
        return lastNumber[destination] + 1;
    }

    void add(Credit credit) {
        lastNumber[credit.destination()] = credit.number();
        queues.get(credit.destination()).add(new Transit(credit));
        size++;
    }

    Transit last(int destination) {
        return queues.get(destination).getLast();
    }

    /** What is under way to a destination, in order; a copy, for sending the first may settle it before the next is sent. */
    List<Credit> underWay(int destination) {
        ArrayDeque<Transit> queue = queues.get(destination);
        if (queue.isEmpty()) {
            return List.of();
        }
        List<Credit> credits = new ArrayList<>(queue.size());
        for (Transit transit : queue) {
            credits.add(transit.credit);
        }
        return credits;
    }

    void forEachTransit(Consumer<Transit> visitor) {
        queues.forEach(queue -> queue.forEach(visitor));
    }

    /** The oldest transfer under way to a destination, if its number is at most this one. */
    @Nullable
    Transit oldest(int destination, long upToNumber) {
        Transit oldest = queues.get(destination).peekFirst();
        return oldest != null && oldest.credit.number() <= upToNumber ? oldest : null;
    }

    /** Forgets all up to a number. */
    void settle(int destination, long upToNumber) {
        while (oldest(destination, upToNumber) != null) {
            queues.get(destination).removeFirst();
            size--;
        }
    }

    long amountCents() {
        return queues.stream()
                .flatMap(ArrayDeque::stream)
                .mapToLong(transit -> transit.credit.amountCents())
                .sum();
    }

    static long maxSnapshotBytes(LedgerConfig config) {
        return snapshotBytes(config.shards(), limit(config));
    }

    /** What {@link #writeTo} writes. More than the limit may be under way if the ledger was opened with a larger capacity before. */
    long snapshotBytes() {
        return snapshotBytes(lastNumber.length, size);
    }

    private static long snapshotBytes(int shards, long transits) {
        return (long) shards * (Long.BYTES + Integer.BYTES) + transits * TRANSIT_BYTES;
    }

    void writeTo(ByteBuffer snapshot) {
        for (int destination = 0; destination < lastNumber.length; destination++) {
            snapshot.putLong(lastNumber[destination]);
            snapshot.putInt(queues.get(destination).size());
            for (Transit transit : queues.get(destination)) {
                Credit credit = transit.credit;
                snapshot.putLong(credit.number()).putLong(credit.id());
                snapshot.putInt(credit.from()).putInt(credit.to()).putLong(credit.amountCents());
            }
        }
    }

    /** @throws IllegalArgumentException if the numbers are not consecutive */
    void readFrom(ByteBuffer snapshot, int source) {
        size = 0;
        for (int destination = 0; destination < lastNumber.length; destination++) {
            long last = snapshot.getLong();
            int count = snapshot.getInt();
            if (count < 0 || count > last) {
                throw new IllegalArgumentException(count + " transfers under way of " + last);
            }
            queues.get(destination).clear();
            lastNumber[destination] = last - count;
            for (int left = count; left > 0; left--) {
                long next = nextNumber(destination);
                add(new Credit(
                        source,
                        destination,
                        snapshot.getLong(),
                        snapshot.getLong(),
                        snapshot.getInt(),
                        snapshot.getInt(),
                        snapshot.getLong()));
                if (lastNumber[destination] != next) {
                    throw new IllegalArgumentException("transfer " + lastNumber[destination] + " in place of " + next);
                }
            }
        }
    }
}
