package fourways.workload;

import java.time.Duration;

/**
 * How long a {@link ClosedLoop} drives a ledger, and how much.
 *
 * @param inFlight the window: how many requests are in flight at most, from 1 to 1,048,576
 * @param firstId the first command's id; the others follow without a gap
 * @param maxCommands after how many the run ends, even if it is not time yet
 * @param warmUp for how long to drive before measuring, but for no more than half of the commands
 * @param measured for how long to measure
 * @param patience for how long to wait at the end for what is not answered yet
 */
public record LoopPlan(
        int inFlight, long firstId, long maxCommands, Duration warmUp, Duration measured, Duration patience) {

    private static final int MAX_IN_FLIGHT = 1 << 20;
    private static final Duration MAX_DURATION = Duration.ofDays(1);

    public LoopPlan {
        require("inFlight", inFlight, inFlight >= 1 && inFlight <= MAX_IN_FLIGHT, "1 to " + MAX_IN_FLIGHT);
        require(
                "firstId",
                firstId,
                firstId >= 0 && firstId < History.MAX_COMMANDS,
                "0 to " + (History.MAX_COMMANDS - 1));
        require(
                "maxCommands",
                maxCommands,
                maxCommands >= 1 && maxCommands <= History.MAX_COMMANDS,
                "1 to " + History.MAX_COMMANDS);
        require("warmUp", warmUp, isBounded(warmUp), "0 to " + MAX_DURATION);
        require("measured", measured, isBounded(measured) && measured.isPositive(), "above 0 to " + MAX_DURATION);
        require("patience", patience, isBounded(patience), "0 to " + MAX_DURATION);
    }

    /** Drives for some time; without a bound on commands but the history's. */
    public static LoopPlan ofTime(int inFlight, Duration warmUp, Duration measured, Duration patience) {
        return new LoopPlan(inFlight, 0, History.MAX_COMMANDS, warmUp, measured, patience);
    }

    /** Drives a number of commands, measured from the first on; ends after two minutes even if the ledger is not through. */
    public static LoopPlan ofCommands(int inFlight, long commands) {
        Duration minute = Duration.ofMinutes(1);
        return new LoopPlan(inFlight, 0, commands, Duration.ZERO, minute, minute);
    }

    /** The same from another first id, to go on with a history or to share one among several senders. */
    public LoopPlan startingAt(long firstId) {
        return new LoopPlan(inFlight, firstId, maxCommands, warmUp, measured, patience);
    }

    private static boolean isBounded(Duration duration) {
        return !duration.isNegative() && duration.compareTo(MAX_DURATION) <= 0;
    }

    private static void require(String name, Object value, boolean allowed, String range) {
        if (!allowed) {
            throw new IllegalArgumentException(name + " is " + value + ", allowed are " + range);
        }
    }
}
