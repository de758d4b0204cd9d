package fourways.workload;

/**
 * Something that goes wrong where a request would have been handled: what {@link Command.Sabotage} names. The usual ones are {@link StandardFault}; others are found with {@link
 * java.util.ServiceLoader}, so a jar on the class path with a provider (a public class with a public constructor) is one more fault to inflict. The same object
 * strikes every shard of a process.
 */
public interface Fault {

    /** The name in commands, tables and file names, such as {@code thread-leak}: up to 40 lower-case letters, digits and hyphens. */
    String faultName();

    /**
     * Goes wrong, on the thread and in the place where the owner of a shard would have handled a request, half-way through an update. Nothing is to be simulated: the
     * architecture cannot tell a fault from a bug. May throw anything, never return, or end the process; if it returns, the update is taken back and
     * the request is answered {@code Accepted(0)}. It must not do harm beyond its process and {@link Scene#directory()}, nor leave anything behind there.
     */
    void strike(Scene scene);
}
