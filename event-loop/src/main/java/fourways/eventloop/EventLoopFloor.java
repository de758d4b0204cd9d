package fourways.eventloop;

import fourways.workload.Admission;
import fourways.workload.Command;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The bare hop of {@code event-loop}: a task put onto the loop of the command's shard, which answers. */
final class EventLoopFloor implements Ledger {

    private static final Accepted NOTHING = new Accepted(0);

    private final LedgerConfig config;
    private final Loops<LoopVerticle> loops;

    EventLoopFloor(LedgerConfig config) {
        this.config = config;
        this.loops = Loops.start(
                Stream.generate(LoopVerticle::new).limit(config.workers()).toList());
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
