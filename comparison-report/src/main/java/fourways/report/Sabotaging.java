package fourways.report;

import fourways.report.Target.Owner;
import fourways.workload.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Inflicts a fault as a request: the owner of the shard suffers it where it would have handled one. Several shards suffer at the same time. */
final class Sabotaging implements Injection {

    /** A fault has no more than that to say. */
    private static final int MAX_LATER = 4;

    private final String fault;
    private final Target target;
    private final Choice choice;
    private final Evidence evidence;

    private List<Owner> owners = List.of();
    private @Nullable Struck struck;
    private String proof = "";

    /** Chooses who is to suffer, while all is well. */
    interface Choice {

        /**
         * Those that suffer.
         *
         * @throws NotApplicableException if there is nobody with whom the fault would make sense
         */
        List<Owner> choose(Target target) throws InterruptedException;
    }

    /** What shows that a fault took place. */
    interface Evidence {

        /** Looks for it, for a few seconds at most; null if it is not found. */
        @Nullable
        String find(Struck struck) throws InterruptedException, IOException;
    }

    /** A request that carries the fault. */
    record Hit(Owner owner, CompletableFuture<Outcome> answer) {}

    /**
     * A fault that has gone in.
     *
     * @param before what the threads of the trial had used until then
     * @param log what its processes print from then on
     */
    record Struck(
            String fault, Target target, List<Hit> hits, List<Proc.ThreadUsage> before, LogTail log, long atNanos) {}

    Sabotaging(String fault, Target target, Choice choice, Evidence evidence) {
        this.fault = fault;
        this.target = target;
        this.choice = choice;
        this.evidence = evidence;
    }

    @Override
    public List<Integer> victims() {
        return owners.stream().map(Owner::shard).toList();
    }

    @Override
    public void aim() throws InterruptedException {
        owners = choice.choose(target);
    }

    @Override
    public void inflict() throws IOException {
        List<Proc.ThreadUsage> before = Proc.threads(target.jvm().tree().alive());
        LogTail log = LogTail.from(target.log());
        List<Hit> hits = new ArrayList<>();
        for (Owner owner : owners) {
            hits.add(new Hit(owner, target.submit(target.sabotage(owner.shard(), fault))));
        }
        struck = new Struck(fault, target, hits, before, log, System.nanoTime());
    }

    @Override
    public @Nullable String proof() throws InterruptedException, IOException {
        String found = struck == null ? null : evidence.find(struck);
        proof = String.valueOf(found);
        return found;
    }

    /** What the fault has said since. */
    @Override
    public @Nullable String afterObservation() throws IOException {
        if (struck == null) {
            return null;
        }
        List<String> later = new ArrayList<>();
        for (Owner owner : owners) {
            struck.log().fired(fault, owner.shard()).stream()
                    .filter(line -> !proof.contains(line))
                    .forEach(later::add);
        }
        return later.isEmpty() ? null : later.stream().limit(MAX_LATER).collect(Collectors.joining("; "));
    }
}
