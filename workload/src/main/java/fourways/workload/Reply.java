package fourways.workload;

/** Where the answer to one command goes. */
@FunctionalInterface
public interface Reply {

    /** Answers. Any thread may call it, and only the first answer counts. Does not block. */
    void answer(Outcome outcome);
}
