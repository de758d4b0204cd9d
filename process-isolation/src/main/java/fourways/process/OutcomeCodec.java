package fourways.process;

import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.nio.ByteBuffer;

/** Outcomes within frames: a byte for the kind, then the components in order. */
final class OutcomeCodec {

    private static final byte ACCEPTED = 1;
    private static final byte REFUSED = 2;
    private static final byte INDETERMINATE = 3;
    private static final byte LOCATED = 4;

    private static final Reason[] REASONS = Reason.values();

    private OutcomeCodec() {}

    static void put(ByteBuffer out, Outcome outcome) {
        switch (outcome) {
            case Accepted o -> out.put(ACCEPTED).putLong(o.balanceCents());
            case Refused o -> {
                out.put(REFUSED);
                Fields.putEnum(out, o.reason());
                Fields.putString(out, o.detail());
            }
            case Indeterminate o -> {
                out.put(INDETERMINATE);
                Fields.putString(out, o.detail());
            }
            case Located o -> {
                out.put(LOCATED).putLong(o.pid()).putLong(o.nativeThreadId());
                Fields.putString(out, o.threadName());
            }
        }
    }

    static Outcome get(ByteBuffer in) throws MalformedFrameException {
        byte kind = in.get();
        return switch (kind) {
            case ACCEPTED -> new Accepted(in.getLong());
            case REFUSED -> new Refused(Fields.getEnum(in, REASONS), Fields.getString(in));
            case INDETERMINATE -> new Indeterminate(Fields.getString(in));
            case LOCATED -> new Located(in.getLong(), in.getLong(), Fields.getString(in));
            default ->
                throw new MalformedFrameException(
                        "outcome of kind " + kind + ", allowed are " + ACCEPTED + " to " + LOCATED);
        };
    }
}
