package fourways.actors;

import static java.util.concurrent.TimeUnit.SECONDS;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import java.nio.file.Path;
import org.awaitility.Awaitility;

/**
 * A JVM with a hardened ledger, in the directory named by the second argument, that suffers the fault named by the first, and says what became of the request and of
 * the money on that shard.
 */
final class SurvivingLedgerMain {

    private SurvivingLedgerMain() {}

    public static void main(String[] args) {
        LedgerConfig config = LedgerConfig.in(Path.of(args[1])).withVariant("hardened");
        try (Ledger ledger = new ActorArchitecture().open(config)) {
            ledger.submit(new Deposit(1, 0, 1)).join();

            Outcome fate = ledger.submit(new Sabotage(2, 0, args[0])).join();

            Outcome balance = Awaitility.await()
                    .atMost(20, SECONDS)
                    .until(() -> ledger.submit(new ReadBalance(3, 0)).join(), Accepted.class::isInstance);
            System.out.println(
                    fate.getClass().getSimpleName() + ", then " + ((Accepted) balance).balanceCents() + " cents");
        }
    }
}
