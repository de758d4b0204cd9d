package ownfault;

import fourways.workload.Fault;
import fourways.workload.Scene;

/** Has the name of one of the standard faults, so there must be no ledger. */
public final class NamedLikeAnother implements Fault {

    @Override
    public String faultName() {
        return "exit";
    }

    @Override
    public void strike(Scene scene) {}
}
