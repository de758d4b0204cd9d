package fourways.report;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./compare floors}: what is left of an architecture's speed once the ledger is behind it. */
@Command(
        name = "floors",
        description = {
            "Measures each ledger beside the bare hop of its architecture: the same messages with no admission, shard or journal behind them.",
            "Both are open at once and driven in turns. Ledger / floor is the share of the speed that is left, with 64 and with 1024 requests in flight; the goal is 0.6."
        })
final class FloorsCommand extends RunCommand {

    @Mixin
    private OnlyOption only = new OnlyOption();

    @Override
    List<TrialSpec> plan() {
        return Plan.pairs(Pair.floors(only.contenders()), Effort.FLOORS);
    }

    @Override
    String profile() {
        return Effort.FLOORS.name();
    }
}
