package fourways.eventloop;

import fourways.workload.Admission;
import fourways.workload.Request;

/** The owner of shards that no loop runs at present. */
record Vacancy(String reason, Admission admission) implements Owner {

    @Override
    public boolean serve(Request request) {
        request.answer(Admission.unavailable(reason));
        return true;
    }

    @Override
    public void credit(Credit credit) {
        admission.strand(credit, reason);
    }

    // What is said to the shards is sent again when there is a loop for them, and they themselves have nothing to say.

    @Override
    public void credited(Credited credited) {}

    @Override
    public void resendTo(int destination) {}

    @Override
    public void resendAll() {}
}
