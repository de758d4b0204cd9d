package fourways.report;

import java.time.Duration;
import java.util.List;

/**
 * How much time a run spends on each trial.
 *
 * @param name as in {@link Results#profile}
 * @param forks how many trials a throughput cell has
 * @param repeats how many trials a fault cell has, and as many controls
 * @param inFlight the numbers of requests kept in flight, each of which is a cell of its own
 * @param turns how often a ledger is measured in a trial, in turns with its yardstick if it has one
 * @param warmUp until the JVM has compiled what is hot
 * @param steady before a fault
 * @param window from a fault on: that of which availability is told, the same for all, and for so long every trial is observed
 * @param patience from a fault on: for so long a trial is observed in which not all is steady again; enough for a JVM to be started again on a busy machine
 */
record Effort(
        String name,
        int forks,
        int repeats,
        List<Integer> inFlight,
        int turns,
        Duration warmUp,
        Duration measured,
        Duration steady,
        Duration window,
        Duration patience) {

    static final Effort SMOKE = new Effort(
            "smoke",
            1,
            1,
            List.of(1_024),
            1,
            Duration.ofMillis(700),
            Duration.ofMillis(700),
            Duration.ofMillis(600),
            Duration.ofMillis(1_500),
            Duration.ofMillis(8_000));

    static final Effort STANDARD = new Effort(
            "standard",
            3,
            1,
            List.of(1_024),
            1,
            Duration.ofMillis(2_000),
            Duration.ofMillis(1_200),
            Duration.ofMillis(1_000),
            Duration.ofMillis(2_500),
            Duration.ofMillis(5_000));

    static final Effort FULL = STANDARD.repeated("full", 3);

    static final Effort FLOORS = ofPairs("floors");

    static final Effort HARDENING = ofPairs("hardening");

    private Effort repeated(String otherName, int times) {
        return new Effort(otherName, forks, times, inFlight, turns, warmUp, measured, steady, window, patience);
    }

    /**
     * Two ledgers in turns short enough that what happens on the machine meanwhile happens to both, and so often that their median does not mind the rest. Warmed up, both at once, for long enough for ten JVMs on two
     * cores to have compiled what is hot, without which the one with more code would look slower than it is.
     */
    private static Effort ofPairs(String name) {
        return new Effort(
                name,
                6,
                0,
                List.of(64, 1_024),
                12,
                Duration.ofSeconds(8),
                Duration.ofMillis(250),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO);
    }
}
