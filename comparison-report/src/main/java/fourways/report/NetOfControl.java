package fourways.report;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is taken off the figures of a fault, since it is so without a fault as well. Of several controls the worst counts, shard by shard: what happens in one of them need not be the fault's
 * doing.
 */
final class NetOfControl {

    private final List<FaultMeasurement> controls;
    private final Set<Integer> affected = new HashSet<>();
    private final Map<Integer, Long> outageMillis = new HashMap<>();
    private final Map<Integer, Long> p99Micros = new HashMap<>();

    NetOfControl(List<FaultMeasurement> controls) {
        this.controls = controls;
        for (FaultMeasurement control : controls) {
            control.shards().forEach(this::add);
        }
    }

    private void add(ShardMeasurement shard) {
        if (shard.affected()) {
            affected.add(shard.shard());
        }
        outageMillis.merge(shard.shard(), shard.outage().millis(), Math::max);
        Long p99 = shard.p99Micros();
        if (p99 != null) {
            p99Micros.merge(shard.shard(), p99, Math::max);
        }
    }

    boolean isAffected(ShardMeasurement shard) {
        return shard.affected() && !affected.contains(shard.shard());
    }

    boolean isSlowed(ShardMeasurement shard) {
        return Slowness.isSlowed(shard.p99Micros(), p99Micros.get(shard.shard()));
    }

    /** Whether there is anything that slowness could be told by. */
    boolean knowsLatency() {
        return !p99Micros.isEmpty();
    }

    long outageMillis(ShardMeasurement shard) {
        return Math.max(0, shard.outage().millis() - outageMillis.getOrDefault(shard.shard(), 0L));
    }

    /** A shard that is not well without a fault either is not said to be out for good by the fault. */
    boolean isRecovered(ShardMeasurement shard) {
        return shard.outage().recovered() || outageMillis(shard) == 0;
    }

    /** The share of requests that the fault cost, taken from all. */
    double availability(Collection<ShardMeasurement> shards, double measured) {
        double lost = (1 - measured) - (1 - availability(shards));
        return 1 - Math.max(0, lost);
    }

    /** Of the same shards in the worst control; each shard is sent as much as any other. */
    private double availability(Collection<ShardMeasurement> shards) {
        Set<Integer> numbers = new HashSet<>();
        shards.forEach(shard -> numbers.add(shard.shard()));
        return controls.stream()
                .mapToDouble(control -> control.shards().stream()
                        .filter(shard -> numbers.contains(shard.shard()))
                        .mapToDouble(ShardMeasurement::availability)
                        .average()
                        .orElse(1))
                .min()
                .orElse(1);
    }

    /** As the report shows it beside a fault with these shards; null if there is none. */
    FaultCell.@Nullable Control shown(FaultMeasurement fault) {
        if (controls.isEmpty()) {
            return null;
        }
        List<ShardMeasurement> neighbours = fault.neighbours();
        List<Long> p99s = neighbours.stream()
                .map(ShardMeasurement::shard)
                .filter(p99Micros::containsKey)
                .map(shard -> p99Micros.getOrDefault(shard, 0L))
                .sorted()
                .toList();
        return new FaultCell.Control(
                availability(fault.victims()),
                availability(neighbours),
                Math.toIntExact(neighbours.stream()
                        .filter(shard -> affected.contains(shard.shard()))
                        .count()),
                p99s.isEmpty() ? null : p99s.get(p99s.size() / 2));
    }
}
