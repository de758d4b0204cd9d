package fourways.report;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./compare hardening}: what it costs in speed to be hardened. */
@Command(
        name = "hardening",
        description = {
            "Measures the hardened variant of each architecture beside its plain one, in turns.",
            "Hardened / plain is the share of the speed that is left, with 64 and with 1024 requests in flight; the goal is 0.9."
        })
final class HardeningCommand extends RunCommand {

    @Mixin
    private OnlyOption only = new OnlyOption();

    @Override
    List<TrialSpec> plan() {
        List<Pair> pairs = Pair.hardening(only.contenders());
        if (pairs.isEmpty()) {
            throw new UsageException("no architecture with both a variant " + Contender.HARDENED + " and a variant "
                    + Contender.PLAIN + " was found, needed is one");
        }
        return Plan.pairs(pairs, Effort.HARDENING);
    }

    @Override
    String profile() {
        return Effort.HARDENING.name();
    }
}
