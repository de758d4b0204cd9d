package fourways.report;

import fourways.report.PageView.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The variants of the architectures that a run has, in its order, and what to call them. */
final class PageSubjects {

    private final Map<String, Set<String>> variants = new LinkedHashMap<>();

    PageSubjects(Results results) {
        results.parity().forEach(row -> add(row.architecture(), row.variant()));
        results.throughput().forEach(cell -> add(cell.architecture(), cell.variant()));
        results.floors().forEach(cell -> add(cell.architecture(), cell.variant()));
        results.hardening().forEach(cell -> add(cell.architecture(), cell.variant()));
        results.faults().forEach(cell -> add(cell.architecture(), cell.variant()));
        results.soaks().forEach(cell -> add(cell.architecture(), cell.variant()));
        results.trials().forEach(trial -> add(trial.architecture(), trial.variant()));
    }

    private void add(String architecture, String variant) {
        variants.computeIfAbsent(architecture, name -> new LinkedHashSet<>()).add(variant);
    }

    List<Subject> all() {
        List<Subject> all = new ArrayList<>();
        variants.forEach((architecture, names) -> names.forEach(variant -> all.add(of(architecture, variant))));
        return all;
    }

    int architectures() {
        return variants.size();
    }

    Subject of(String architecture, String variant) {
        // Where there is no other, nobody misses it in a name.
        boolean only = variant.equals(Contender.PLAIN)
                && variants.getOrDefault(architecture, Set.of()).size() <= 1;
        return new Subject(architecture, variant, only ? architecture : architecture + " " + variant);
    }
}
