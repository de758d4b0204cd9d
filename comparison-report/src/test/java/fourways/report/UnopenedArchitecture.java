package fourways.report;

import fourways.workload.Architecture;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import java.util.List;

/** An architecture for tests in which nothing is run. */
record UnopenedArchitecture(String name) implements Architecture {

    @Override
    public List<String> variants() {
        return List.of("plain");
    }

    @Override
    public Ledger open(LedgerConfig config) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Ledger openFloor(LedgerConfig config) {
        throw new UnsupportedOperationException();
    }
}
