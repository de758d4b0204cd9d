package fourways.eventloop;

import io.vertx.core.Future;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The owners that {@code hardened} has: as many places as there are workers, each with a loop in it that is replaced when it is stuck ({@link Stalls}).
 *
 * <p><b>Publication.</b> A request takes its slot and then looks who has the shard; whoever replaces an owner writes down the new one and then looks which requests hold slots.
 * So one of the two finds the other, or both do, and then it is the new owner that is handed the request twice, and sees that. What has a slot but has not passed the gate is left to its
 * sender, for the gate may still refuse it.
 */
final class SupervisedOwners implements Owners {

    /** What is in one place: a loop, and whoever is told what is meant for its shards; that is the loop's verticle, unless the loop was lost. */
    record Seat(Owner owner, WatchedLoop loop) {
        Seat(WatchedLoop loop) {
            this(loop.verticle(), loop);
        }
    }

    private final AtomicReferenceArray<Seat> seats;
    private final Stalls stalls;

    private SupervisedOwners(LedgerParts parts) {
        this.seats = new AtomicReferenceArray<>(parts.config().workers());
        this.stalls = new Stalls(parts, this);
    }

    static Owners start(LedgerParts parts) {
        SupervisedOwners owners = new SupervisedOwners(parts);
        try {
            for (int worker = 0; worker < owners.seats.length(); worker++) {
                owners.seats.set(worker, new Seat(WatchedLoop.start(worker, parts, owners.stalls.watchdog())));
            }
        } catch (RuntimeException | Error e) {
            owners.close();
            throw e;
        }
        return owners;
    }

    @Override
    public Owner of(int shard) {
        return seats.get(shard % seats.length()).owner();
    }

    @Override
    public List<Owner> all() {
        return seats().map(Seat::owner).toList();
    }

    /** The loop that has this shard, or had it last. */
    WatchedLoop loopOf(int shard) {
        return seats.get(worker(shard)).loop();
    }

    int worker(int shard) {
        return shard % seats.length();
    }

    /** From the return of this on, everybody finds the new owner. */
    void seat(int worker, Seat seat) {
        seats.set(worker, seat);
        VarHandle.fullFence();
    }

    private Stream<Seat> seats() {
        // Some are empty only where not all could be started.
        return IntStream.range(0, seats.length()).mapToObj(seats::get).filter(Objects::nonNull);
    }

    @Override
    public void close() {
        stalls.close();
        List<WatchedLoop> loops = seats().map(Seat::loop).toList();
        Loops.await(Future.join(loops.stream().map(loop -> loop.loops().end()).toList()));
        // What is left belongs to loops that are stuck. They come back to no shard, and the store closes their
        // journals.
        loops.forEach(loop -> loop.verticle().release());
    }
}
