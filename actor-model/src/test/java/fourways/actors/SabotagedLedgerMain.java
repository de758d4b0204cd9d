package fourways.actors;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Sabotage;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import java.util.concurrent.CompletableFuture;

/**
 * A JVM with a ledger that suffers the fault named in its only argument, is closed, and says what became of the
 * request.
 */
final class SabotagedLedgerMain {

    private SabotagedLedgerMain() {}

    public static void main(String[] args) {
        Ledger ledger = new ActorArchitecture().open(LedgerConfig.inMemory());
        ledger.submit(new Deposit(1, 0, 1)).join();
        CompletableFuture<Outcome> sabotage = ledger.submit(new Sabotage(2, 0, args[0]));

        ledger.close();

        System.out.println(sabotage.join().getClass().getSimpleName());
    }
}
