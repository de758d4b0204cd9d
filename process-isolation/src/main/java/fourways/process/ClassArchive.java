package fourways.process;

import java.util.List;

/** Options that let JVMs of workers start faster. Thread-safe. */
interface ClassArchive extends AutoCloseable {

    /** What to start the next JVM with; nothing where there is no archive. */
    List<String> options();

    @Override
    void close();

    static ClassArchive none() {
        return new ClassArchive() {
            @Override
            public List<String> options() {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }
}
