package fourways.report;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./compare hardening}: what it costs in speed to be hardened. */
@Command(
        name = "hardening",
        description = {
            "Measures the hardened variant of each architecture beside its plain one, in turns.",
            "Hardened / plain is the share of the speed that is left, with 64 and with 1024 requests in flight; the goal is 0.9."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = CompareCommand.Version.class)
final class HardeningCommand implements Callable<Integer> {

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        RunOptions.refuseOptionsBefore(spec);
        List<Pair> pairs = Pair.hardening(options.contenders());
        if (pairs.isEmpty()) {
            throw new UsageException("no architecture with both a variant " + Contender.HARDENED + " and a variant "
                    + Contender.PLAIN + " was found, needed is one");
        }
        return options.run(Plan.pairs(pairs, Effort.HARDENING), Effort.HARDENING.name());
    }
}
