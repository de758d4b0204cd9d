package fourways.report;

import fourways.report.Target.Owner;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Who suffers together with the victim that the trial has chosen. */
final class Victims {

    /** How many shards have owners of their own at most, where the owner is the same for every fourth one. */
    private static final int OWNERS = 4;

    /** A pool that has little to do wakes no more threads than it needs: asked so often, all of them will have answered. */
    private static final int ROUNDS = 40;

    private Victims() {}

    static List<Owner> one(Target target) throws InterruptedException {
        return List.of(target.locate());
    }

    /** As many as there are workers: the ledger's shards go round its processes, threads or loops in turn, so those that follow each other have different ones. */
    static List<Owner> oneOfEachWorker(Target target) throws InterruptedException {
        int shards = target.config().shards();
        return target.locate(IntStream.range(0, Math.min(OWNERS, shards))
                .mapToObj(i -> (target.shard() + i) % shards)
                .toList());
    }

    /** Two that one process runs, but on different threads: neither could wait for the other else. */
    static List<Owner> twoOfOneProcess(Target target) throws InterruptedException {
        int shards = target.config().shards();
        List<Integer> all = IntStream.range(0, shards)
                .mapToObj(i -> (target.shard() + i) % shards)
                .toList();
        List<Owner> sharing = List.of();
        for (int round = 0; round < ROUNDS; round++) {
            List<Owner> owners = target.locate(all);
            Owner victim = owners.getFirst();
            sharing = owners.stream()
                    .filter(owner -> owner.process().equals(victim.process()))
                    .toList();
            Optional<Owner> partner = sharing.stream()
                    .filter(owner -> owner.threadId() != victim.threadId())
                    .findFirst();
            if (partner.isPresent()) {
                return List.of(victim, partner.get());
            }
        }
        throw new NotApplicableException("shard " + target.shard() + " shares its process with " + (sharing.size() - 1)
                + " other shards, and one thread serves them all: it cannot wait for itself");
    }
}
