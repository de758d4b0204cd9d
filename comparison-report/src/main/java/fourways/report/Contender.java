package fourways.report;

import fourways.workload.Architecture;
import java.nio.file.Path;

/** One column of the report: a variant of an architecture. */
record Contender(Architecture provider, String variant) {

    /** The two variants that every architecture is meant to have, and that are compared with each other. */
    static final String PLAIN = "plain";

    static final String HARDENED = "hardened";

    String architecture() {
        return provider.name();
    }

    /** Whether it is the variant that the architecture has when nobody asks for another. */
    boolean byDefault() {
        return variant.equals(provider.variants().getFirst());
    }

    /** Whether it is what a competent newcomer writes with the framework's defaults. */
    boolean isPlain() {
        return variant.equals(PLAIN);
    }

    /** Whether it is the best that an expert gets out of the architecture. */
    boolean isHardened() {
        return variant.equals(HARDENED);
    }

    boolean isSiblingOf(Contender other) {
        return architecture().equals(other.architecture());
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
