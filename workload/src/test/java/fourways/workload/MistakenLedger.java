package fourways.workload;

import static fourways.workload.CheckedRun.CONFIG;

/** Makes its mistake once, at the first command of the right kind from here on. */
abstract class MistakenLedger extends TinyLedger {

    private boolean done;

    MistakenLedger() {
        super(CONFIG);
    }

    boolean isNow(Command command) {
        boolean isNow = !done && command.id() >= 1_000;
        done |= isNow;
        return isNow;
    }
}
