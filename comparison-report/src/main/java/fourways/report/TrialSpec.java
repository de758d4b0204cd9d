package fourways.report;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One trial that a run is to make. */
sealed interface TrialSpec {

    Contender contender();

    /** As in {@link Results.Trial#kind}. */
    String kind();

    /** What is special about it, in a few words. */
    String subject();

    /** About how long it takes, for the time remaining; the run corrects it by what it sees. */
    long plannedMillis();

    /** Starting a JVM, opening, closing and checking: a rough guess. */
    long OVERHEAD_MILLIS = 2_000;

    default Duration planned() {
        return Duration.ofMillis(plannedMillis());
    }

    default String label() {
        return kind() + " of " + contender().label() + ", " + subject();
    }

    /** Warming up, which is a turn of its own, and then so many others. */
    private static Duration driven(Effort effort, int turns) {
        return effort.warmUp()
                .plus(effort.measured().multipliedBy(turns))
                .plus(HostDrive.SETTLING.multipliedBy(turns + 1L));
    }

    /** Driven from within, as fast as it goes. */
    record Driven(Contender contender, int inFlight, Effort effort) implements TrialSpec {

        @Override
        public String kind() {
            return "throughput";
        }

        @Override
        public String subject() {
            return inFlight + " in flight";
        }

        @Override
        public long plannedMillis() {
            return driven(effort, 1).toMillis() + OVERHEAD_MILLIS;
        }
    }

    /** Driven from within like that, in turns with its yardstick. */
    record InTurns(Pair pair, int inFlight, Effort effort) implements TrialSpec {

        @Override
        public Contender contender() {
            return pair.subject();
        }

        @Override
        public String kind() {
            return pair.bareYardstick() ? "floor" : "hardening";
        }

        @Override
        public String subject() {
            return inFlight + " in flight";
        }

        @Override
        public long plannedMillis() {
            return driven(effort, 2 * effort.turns()).toMillis() + 2 * OVERHEAD_MILLIS;
        }
    }

    /** Observed from outside, with a fault or, as the control, without one. */
    record Observed(Contender contender, @Nullable String fault, int victimShard, Effort effort) implements TrialSpec {

        /** From the fault on it is observed at least for so long: as any, or longer where this one needs it. */
        Duration watched() {
            return atLeast(effort.window(), Catalogue.Entry::window);
        }

        /** From the fault on it is observed at most for so long. */
        Duration patience() {
            return atLeast(effort.patience(), Catalogue.Entry::patience);
        }

        private Duration atLeast(Duration usual, Function<Catalogue.Entry, Duration> needed) {
            Duration least = fault == null ? Duration.ZERO : needed.apply(Catalogue.entry(fault));
            return least.compareTo(usual) > 0 ? least : usual;
        }

        @Override
        public String kind() {
            return fault == null ? "control" : "fault";
        }

        @Override
        public String subject() {
            return fault == null ? "no fault" : fault;
        }

        @Override
        public long plannedMillis() {
            // One fault in four, or so, is watched until patience ends.
            Duration more =
                    fault == null ? Duration.ZERO : patience().minus(watched()).dividedBy(4);
            return effort.steady().plus(watched()).plus(more).toMillis() + OVERHEAD_MILLIS;
        }
    }

    /** Observed from outside while a fault strikes every second. */
    record Soaked(Contender contender, Duration duration) implements TrialSpec {

        @Override
        public String kind() {
            return "soak";
        }

        @Override
        public String subject() {
            return duration.toSeconds() + " s";
        }

        @Override
        public long plannedMillis() {
            return duration.toMillis() + OVERHEAD_MILLIS;
        }
    }
}
