package fourways.report;

import fourways.report.Sabotaging.Struck;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A class whose initializer fails: the first handler to touch it kills it for the life of its JVM. In the end one request to every shard touches it too: so it is seen which shards can no longer
 * use it. Not before clients have been observed, for a handler that meets a dead class fails, and what that does to neighbours would be the doing of who looks.
 */
final class PoisonedClass implements Injection {

    static final String NAME = "poisoned-class";

    /** For all answers together; who is lost by the touch itself does not answer at all. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration POLL = Duration.ofMillis(20);

    private final Target target;
    private final Sabotaging sabotaging;

    PoisonedClass(Target target) {
        this.target = target;
        this.sabotaging = new Sabotaging(NAME, target, Victims::one, PoisonedClass::poisoned);
    }

    @Override
    public List<Integer> victims() {
        return sabotaging.victims();
    }

    @Override
    public void aim() throws InterruptedException {
        sabotaging.aim();
    }

    @Override
    public void inflict() throws IOException {
        sabotaging.inflict();
    }

    private static @Nullable String poisoned(Struck struck) throws InterruptedException, IOException {
        return Evidences.said(struck);
    }

    @Override
    public @Nullable String proof() throws InterruptedException, IOException {
        return sabotaging.proof();
    }

    @Override
    public String afterObservation() throws InterruptedException {
        return "in the end " + touch();
    }

    private String touch() throws InterruptedException {
        List<Integer> shards =
                IntStream.range(0, target.config().shards()).boxed().toList();
        List<CompletableFuture<Outcome>> answers = shards.stream()
                .map(shard -> target.submit(target.sabotage(shard, NAME)))
                .toList();
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadlineNanos && !answers.stream().allMatch(CompletableFuture::isDone)) {
            Thread.sleep(POLL);
        }
        List<Integer> dead = new ArrayList<>();
        List<Integer> lost = new ArrayList<>();
        int well = 0;
        for (int shard : shards) {
            Outcome outcome = answers.get(shard).getNow(null);
            if (outcome instanceof Accepted) {
                well++;
            } else if (outcome instanceof Indeterminate indeterminate
                    && indeterminate.detail().contains("NoClassDefFoundError")) {
                dead.add(shard);
            } else {
                lost.add(shard);
            }
        }
        return "%d shards could use the class, %s could not, and %s gave no such answer"
                .formatted(well, named(dead), named(lost));
    }

    private static String named(List<Integer> shards) {
        return shards.isEmpty() || shards.size() == 1
                ? (shards.isEmpty() ? "none" : "shard " + shards.getFirst())
                : shards.size() + " (" + ranges(shards) + ")";
    }

    private static String ranges(List<Integer> shards) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < shards.size(); i++) {
            int from = i;
            while (i + 1 < shards.size() && shards.get(i + 1) == shards.get(i) + 1) {
                i++;
            }
            words.append(words.isEmpty() ? "" : ", ").append(shards.get(from));
            if (i > from) {
                words.append(" to ").append(shards.get(i));
            }
        }
        return words.toString();
    }
}
