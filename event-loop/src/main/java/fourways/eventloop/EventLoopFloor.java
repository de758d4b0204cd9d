package fourways.eventloop;

import fourways.workload.Admission;
import fourways.workload.Command;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The bare hop of {@code event-loop}: a task put onto the loop of the command's shard, which answers. */
final class EventLoopFloor implements Ledger {

    private static final Accepted NOTHING = new Accepted(0);

    private final LedgerConfig config;
    private final Loops<LoopVerticle> loops;

    private EventLoopFloor(LedgerConfig config, Loops<LoopVerticle> loops) {
        this.config = config;
        this.loops = loops;
    }

    static EventLoopFloor onLoops(LedgerConfig config) {
        return new EventLoopFloor(config, Loops.start(verticles(config.workers())));
    }

    static EventLoopFloor onWorkers(LedgerConfig config) {
        return new EventLoopFloor(config, Loops.startOnWorkers(verticles(config.shards()), config.workers()));
    }

    private static List<LoopVerticle> verticles(int count) {
        return Stream.generate(LoopVerticle::new).limit(count).toList();
    }

    @Override
    public CompletableFuture<Outcome> submit(Command command) {
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        if (!loops.of(config.shardOf(command)).post(task -> answer.complete(NOTHING))) {
            answer.complete(Admission.unavailable("the ledger is closed"));
        }
        return answer;
    }

    @Override
    public void close() {
        loops.close();
    }
}
