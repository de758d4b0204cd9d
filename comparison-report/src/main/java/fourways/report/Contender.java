package fourways.report;

import fourways.workload.Architecture;
import java.nio.file.Path;

/** One column of the report: a variant of an architecture. */
record Contender(Architecture provider, String variant) {

    String architecture() {
        return provider.name();
    }

    /** Whether it is the variant that the architecture has when nobody asks for another. */
    boolean byDefault() {
        return variant.equals(provider.variants().getFirst());
    }

    /** The jar (or directory) that holds the provider; the jar's manifest brings what that needs. */
    Path code() {
        return Contenders.codeOf(provider.getClass());
    }

    /** As people write it, on the command line too: {@code actor-model:plain}. */
    String label() {
        return architecture() + ":" + variant;
    }
}
