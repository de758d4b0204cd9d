package fourways.workload;

/**
 * All commands of a run, by id: asked once to send each, and again to check what became of it. So it always gives the same command for
 * the same id. Thread-safe.
 */
@FunctionalInterface
public interface Commands {

    /** The command of this id. */
    Command command(long id);
}
