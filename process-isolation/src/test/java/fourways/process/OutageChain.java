package fourways.process;

import fourways.workload.RecoveryLog.Step;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;

/** When, after one kill, each link of the recovery was seen. The process that dies and the clients are seen from outside; what is between is what the supervisor says of it. */
record OutageChain(Map<Link, Double> millis) {

    /** In the order in which they are to be expected. */
    enum Link {
        /** The first request that fails. */
        CONNECTION_LOST("connection lost"),
        PROCESS_GONE("process gone"),
        /** It is told which shards to open. */
        SUCCESSOR_TAKES_OVER("spare, or new process, takes over"),
        /** Any of the victim's shards. Each serves as soon as it is open. */
        FIRST_GOOD_ANSWER("first good answer"),
        ALL_SHARDS_OPEN("all shards open"),
        /** The outage. */
        ALL_SHARDS_ANSWER("good answers of all shards");

        private final String words;

        Link(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * From what was seen and said since the kill.
     *
     * @throws IllegalStateException if a link is missing
     */
    static OutageChain of(long killedNanos, List<OutageLoad.Probe> probes, RecoveryWatch recovery) {
        long takesOverNanos = recovery.nanosOf(Step.REPLACEMENT_UP);
        Map<Link, Double> millis = new EnumMap<>(Link.class);
        for (Link link : Link.values()) {
            long nanos = switch (link) {
                case CONNECTION_LOST ->
                    first(
                            link,
                            probes.stream()
                                    .filter(OutageLoad.Probe::isFailed)
                                    .mapToLong(OutageLoad.Probe::answeredNanos));
                case PROCESS_GONE -> recovery.nanosOf(Step.KILLED);
                case SUCCESSOR_TAKES_OVER -> takesOverNanos;
                case FIRST_GOOD_ANSWER ->
                    first(
                            link,
                            probes.stream()
                                    .filter(OutageLoad.Probe::isAccepted)
                                    .mapToLong(OutageLoad.Probe::answeredNanos)
                                    .filter(answered -> answered - takesOverNanos > 0));
                case ALL_SHARDS_OPEN -> recovery.nanosOf(Step.REPLAYED);
                case ALL_SHARDS_ANSWER -> endNanos(probes);
            };
            millis.put(link, (nanos - killedNanos) / 1e6);
        }
        return new OutageChain(millis);
    }

    private static long first(Link link, LongStream nanos) {
        return nanos.boxed()
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new IllegalStateException("not seen: " + link.words()));
    }

    /** Of the worst shard. */
    private static long endNanos(List<OutageLoad.Probe> probes) {
        return probes.stream()
                .mapToInt(OutageLoad.Probe::shard)
                .distinct()
                .mapToLong(shard -> endNanos(shard, probes))
                .max()
                .orElseThrow();
    }

    private static long endNanos(int shard, List<OutageLoad.Probe> probes) {
        long endNanos = 0;
        for (OutageLoad.Probe probe : probes.reversed()) {
            if (probe.shard() == shard) {
                if (!probe.isAccepted()) {
                    break;
                }
                endNanos = probe.answeredNanos();
            }
        }
        if (endNanos == 0) {
            throw new IllegalStateException("shard " + shard + " does not serve after " + probes.size() + " requests");
        }
        return endNanos;
    }

    double at(Link link) {
        return Objects.requireNonNull(millis.get(link));
    }
}
