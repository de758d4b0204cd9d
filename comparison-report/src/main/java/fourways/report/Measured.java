package fourways.report;

import fourways.report.Results.Parity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a trial that drives its ledger from within found out. It crosses from the trial's JVM to the report's as lines of {@code name=value}, since JSON would put
 * one more library on the class path of every trial.
 *
 * @param answers how many requests were answered while measuring
 * @param unserved what became of requests that no shard decided, in words; null if there were next to none
 * @param checkedCommands how many commands the checker accounted for
 * @param violations what it found, in words
 */
record Measured(
        double requestsPerSecond,
        double cpuMicrosPerRequest,
        double rssMebibytes,
        long answers,
        @Nullable String unserved,
        long checkedCommands,
        List<String> violations,
        Parity parity) {

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        put(lines, "requestsPerSecond", requestsPerSecond);
        put(lines, "cpuMicrosPerRequest", cpuMicrosPerRequest);
        put(lines, "rssMebibytes", rssMebibytes);
        put(lines, "answers", answers);
        if (unserved != null) {
            put(lines, "unserved", unserved);
        }
        put(lines, "checkedCommands", checkedCommands);
        violations.forEach(violation -> put(lines, "violation", violation));
        put(lines, "architecture", parity.architecture());
        put(lines, "variant", parity.variant());
        put(lines, "processes", parity.processes());
        put(lines, "servingProcesses", parity.servingProcesses());
        put(lines, "servingThreads", parity.servingThreads());
        put(lines, "threads", parity.threads());
        put(lines, "heapMebibytes", parity.heapMebibytes());
        parity.collectors().forEach(collector -> put(lines, "collector", collector));
        parity.flags().forEach(flag -> put(lines, "flag", flag));
        return lines;
    }

    private static void put(List<String> lines, String name, Object value) {
        lines.add(name + "=" + value.toString().replace('\n', ' '));
    }

    static Measured parse(List<String> lines) {
        Map<String, List<String>> values = new HashMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw new TrialFailedException("the trial's JVM answered with '" + line + "', allowed is name=value");
            }
            values.computeIfAbsent(line.substring(0, equals), name -> new ArrayList<>())
                    .add(line.substring(equals + 1));
        }
        return new Measured(
                Double.parseDouble(one(values, "requestsPerSecond")),
                Double.parseDouble(one(values, "cpuMicrosPerRequest")),
                Double.parseDouble(one(values, "rssMebibytes")),
                Long.parseLong(one(values, "answers")),
                values.containsKey("unserved") ? one(values, "unserved") : null,
                Long.parseLong(one(values, "checkedCommands")),
                values.getOrDefault("violation", List.of()),
                new Parity(
                        one(values, "architecture"),
                        one(values, "variant"),
                        Integer.parseInt(one(values, "processes")),
                        Integer.parseInt(one(values, "servingProcesses")),
                        Integer.parseInt(one(values, "servingThreads")),
                        Integer.parseInt(one(values, "threads")),
                        Long.parseLong(one(values, "heapMebibytes")),
                        values.getOrDefault("collector", List.of()),
                        values.getOrDefault("flag", List.of())));
    }

    private static String one(Map<String, List<String>> values, String name) {
        List<String> found = values.getOrDefault(name, List.of());
        if (found.size() != 1) {
            throw new TrialFailedException(
                    "the trial's JVM answered with " + found.size() + " values of '" + name + "', needed is 1");
        }
        return found.getFirst();
    }
}
