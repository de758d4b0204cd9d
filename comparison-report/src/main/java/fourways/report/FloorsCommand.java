package fourways.report;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./compare floors}: what is left of an architecture's speed once the ledger is behind it. */
@Command(
        name = "floors",
        description = {
            "Measures each ledger beside the bare hop of its architecture: the same messages with no admission, shard or journal behind them.",
            "Ledger / floor is the share of the speed that is left, with 64 and with 1024 requests in flight."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = CompareCommand.Version.class)
final class FloorsCommand implements Callable<Integer> {

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        RunOptions.refuseOptionsBefore(spec);
        return options.run(Plan.pairs(Pair.floors(options.contenders()), Effort.FLOORS), Effort.FLOORS.name());
    }
}
