package fourways.process;

import fourways.workload.Peers;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Frames as bytes: an {@code int} that counts what follows it, a byte for the type, the fields. All numbers are big-endian. Strings are UTF-8, after their
 * length as an unsigned {@code short}.
 *
 * <p>What comes in is not trusted: whatever the bytes, {@link #decode} returns a frame, asks for more, or throws {@link MalformedFrameException}, and a length
 * claims no memory.
 */
final class FrameCodec {

    /** The most that one frame takes, its length included. Its two longest strings are what {@link Frame.Start} needs. */
    static final int MAX_FRAME_BYTES = 2 * Fields.MAX_STRING_BYTES + 128;

    private static final byte SUBMIT = 1;
    private static final byte ANSWER = 2;
    private static final byte CREDIT = 3;
    private static final byte CREDITED = 4;
    private static final byte RESEND = 5;
    private static final byte START = 6;
    private static final byte READY = 7;
    private static final byte FAILED = 8;
    private static final byte BEAT = 9;
    private static final byte REHEARSE = 10;
    private static final byte SERVED = 11;
    private static final byte SUSPENDED = 12;
    private static final byte PROGRESS = 13;

    private static final Frame.Job[] JOBS = Frame.Job.values();

    private FrameCodec() {}

    /** Appends a frame to a buffer that has room for {@link #MAX_FRAME_BYTES}. */
    static void encode(Frame frame, ByteBuffer out) {
        int start = out.position();
        out.putInt(0);
        switch (frame) {
            case Frame.Submit f -> CommandCodec.put(out.put(SUBMIT).putInt(f.token()), f.command());
            case Frame.Answer f ->
                OutcomeCodec.put(out.put(ANSWER).putInt(f.token()).putLong(f.id()), f.outcome());
            case Frame.Credit f -> putCredit(out.put(CREDIT), f.credit());
            case Frame.Credited f -> putCredited(out.put(CREDITED), f.credited());
            case Frame.Resend f -> out.put(RESEND).putInt(f.shard());
            case Frame.Start f -> {
                Fields.putEnum(out.put(START), f.job());
                ConfigCodec.put(out.putInt(f.worker()), f.config());
            }
            case Frame.Ready _ -> out.put(READY);
            case Frame.Failed f -> Fields.putString(out.put(FAILED), f.message());
            case Frame.Beat f -> out.put(BEAT).putLong(f.number());
            case Frame.Rehearse f -> ConfigCodec.put(out.put(REHEARSE), f.config());
            case Frame.Progress _ -> out.put(PROGRESS);
            case Frame.Served f -> out.put(SERVED).putInt(f.shard());
            case Frame.Suspended f -> {
                Fields.putString(out.put(SUSPENDED).putInt(f.shard()), f.reason());
                Fields.putBoolean(out.putLong(f.pauseMillis()), f.givenUp());
            }
        }
        out.putInt(start, out.position() - start - Integer.BYTES);
    }

    /**
     * Takes the next frame out of a buffer; null, and the buffer as it was, if it does not hold a whole one yet.
     *
     * @throws MalformedFrameException if there is none and never will be; the buffer's position is then anywhere
     */
    static @Nullable Frame decode(ByteBuffer in) throws MalformedFrameException {
        if (in.remaining() < Integer.BYTES) {
            return null;
        }
        int start = in.position();
        int length = in.getInt(start);
        if (length < 1 || length > MAX_FRAME_BYTES - Integer.BYTES) {
            throw new MalformedFrameException(
                    "frame of " + length + " bytes, allowed are 1 to " + (MAX_FRAME_BYTES - Integer.BYTES));
        }
        if (in.remaining() - Integer.BYTES < length) {
            return null;
        }
        int end = start + Integer.BYTES + length;
        int limit = in.limit();
        in.position(start + Integer.BYTES).limit(end);
        byte type = in.get();
        try {
            Frame frame = fields(type, in);
            if (in.position() != end) {
                throw new MalformedFrameException("frame of type " + type + " with " + (end - in.position())
                        + " bytes after its last field, allowed are none");
            }
            return frame;
        } catch (BufferUnderflowException e) {
            throw new MalformedFrameException(
                    "frame of type " + type + " that ends after " + length + " bytes, in the middle of its fields");
        } finally {
            in.limit(limit);
        }
    }

    private static Frame fields(byte type, ByteBuffer in) throws MalformedFrameException {
        return switch (type) {
            case SUBMIT -> new Frame.Submit(in.getInt(), CommandCodec.get(in));
            case ANSWER -> new Frame.Answer(in.getInt(), in.getLong(), OutcomeCodec.get(in));
            case CREDIT -> new Frame.Credit(getCredit(in));
            case CREDITED -> new Frame.Credited(new Peers.Credited(in.getInt(), in.getInt(), in.getLong()));
            case RESEND -> new Frame.Resend(in.getInt());
            case START -> new Frame.Start(Fields.getEnum(in, JOBS), in.getInt(), ConfigCodec.get(in));
            case READY -> new Frame.Ready();
            case FAILED -> new Frame.Failed(Fields.getString(in));
            case BEAT -> new Frame.Beat(in.getLong());
            case REHEARSE -> new Frame.Rehearse(ConfigCodec.get(in));
            case PROGRESS -> new Frame.Progress();
            case SERVED -> new Frame.Served(in.getInt());
            case SUSPENDED ->
                new Frame.Suspended(in.getInt(), Fields.getString(in), in.getLong(), Fields.getBoolean(in));
            default ->
                throw new MalformedFrameException(
                        "frame of type " + type + ", allowed are " + SUBMIT + " to " + PROGRESS);
        };
    }

    private static void putCredit(ByteBuffer out, Peers.Credit c) {
        out.putInt(c.source()).putInt(c.destination()).putLong(c.number()).putLong(c.id());
        out.putInt(c.from()).putInt(c.to()).putLong(c.amountCents());
    }

    private static Peers.Credit getCredit(ByteBuffer in) {
        return new Peers.Credit(
                in.getInt(), in.getInt(), in.getLong(), in.getLong(), in.getInt(), in.getInt(), in.getLong());
    }

    private static void putCredited(ByteBuffer out, Peers.Credited c) {
        out.putInt(c.source()).putInt(c.destination()).putLong(c.number());
    }
}
