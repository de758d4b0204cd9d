package fourways.workload;

import fourways.workload.Violation.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Counts all violations, and keeps the first few of each kind: a broken ledger can have one per command. */
final class Violations {

    private static final int EXAMPLES_PER_KIND = 5;

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final List<Violation> examples = new ArrayList<>();

    void add(Kind kind, Supplier<String> detail) {
        if (counts.merge(kind, 1L, Long::sum) <= EXAMPLES_PER_KIND) {
            examples.add(new Violation(kind, detail.get()));
        }
    }

    Map<Kind, Long> counts() {
        return counts;
    }

    List<Violation> examples() {
        return examples;
    }

    void addAll(Violations others) {
        others.counts.forEach((kind, count) -> counts.merge(kind, count, Long::sum));
        for (Violation example : others.examples) {
            if (examples.stream()
                            .filter(known -> known.kind() == example.kind())
                            .count()
                    < EXAMPLES_PER_KIND) {
                examples.add(example);
            }
        }
    }
}
