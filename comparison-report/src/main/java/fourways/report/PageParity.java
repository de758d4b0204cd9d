package fourways.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What the architectures were given, with what all have in common said once.
 *
 * @param common the JVM options that all were started with, in order; empty if there is nobody to share them with
 */
record PageParity(List<String> common, List<Row> rows) {

    /** @param options the JVM options that only this one has */
    record Row(Results.Parity given, List<String> options) {}

    static PageParity of(List<Results.Parity> given) {
        List<String> common = new ArrayList<>();
        if (given.size() > 1) {
            common.addAll(given.getFirst().flags());
            given.forEach(row -> common.retainAll(row.flags()));
        }
        List<Row> rows = given.stream()
                .map(row -> new Row(
                        row,
                        row.flags().stream()
                                .filter(flag -> !common.contains(flag))
                                .toList()))
                .toList();
        return new PageParity(common, rows);
    }
}
