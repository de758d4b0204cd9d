package fourways.workload;

import fourways.workload.Outcome.Reason;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many commands ended how.
 *
 * @param refused by reason; reasons that did not occur are absent
 */
public record Tally(long unanswered, long accepted, Map<Reason, Long> refused, long indeterminate) {

    public Tally {
        refused = Map.copyOf(refused);
    }

    /** Counts the commands from one id up to, not including, another. */
    public static Tally of(History history, long fromId, long toId) {
        long unanswered = 0;
        long accepted = 0;
        long indeterminate = 0;
        Map<Reason, Long> refused = new EnumMap<>(Reason.class);
        for (long id = fromId; id < toId; id++) {
            switch (history.state(id)) {
                case UNSENT -> {}
                case UNANSWERED -> unanswered++;
                case ACCEPTED -> accepted++;
                case INDETERMINATE -> indeterminate++;
                case REFUSED -> refused.merge(history.refusal(id), 1L, Long::sum);
            }
        }
        return new Tally(unanswered, accepted, refused, indeterminate);
    }

    public long refusedFor(Reason reason) {
        return refused.getOrDefault(reason, 0L);
    }

    /** All of them. */
    public long sent() {
        return unanswered
                + accepted
                + indeterminate
                + refused.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Those that reached a shard and were decided there: the accepted, and those that no balance covered. */
    public long served() {
        return accepted + refusedFor(Reason.INSUFFICIENT_FUNDS);
    }
}
