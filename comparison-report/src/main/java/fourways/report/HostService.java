package fourways.report;

import fourways.process.LedgerServer;
import fourways.workload.Architecture;
import fourways.workload.Ledger;
import java.io.IOException;

/** Serves a ledger to the observer outside until it is told to close. A class of its own, because only these trials have the socket protocol on their class path. */
final class HostService {

    private HostService() {}

    static void run(Order order, Architecture architecture, HostLeash leash, Runnable ready)
            throws IOException, InterruptedException {
        // In this order: the ledger's last answers still find their way out.
        Ledger ledger = architecture.open(order.config());
        try (LedgerServer _ = LedgerServer.open(ledger, order.socket())) {
            ready.run();
            while (!leash.next().equals(HostLeash.CLOSE)) {
                // There is nothing else to be asked for.
            }
            ledger.close();
        }
    }
}
