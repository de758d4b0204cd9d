package fourways.process;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The fields of frames that are more than a number. Whatever is read is checked before anything is allocated for it. */
final class Fields {

    /** The longest string, encoded. As long as the longest path. */
    static final int MAX_STRING_BYTES = 4_096;

    private Fields() {}

    /** Writes a string, or as much of it as there is room for: only texts for people and nonsense are ever longer than the limit. */
    static void putString(ByteBuffer out, String text) {
        int lengthAt = out.position();
        out.putShort((short) 0);
        ByteBuffer room = out.slice(out.position(), MAX_STRING_BYTES);
        // Overflow is the cut, at a whole character; errors are replaced.
        var _ = StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(text), room, true);
        out.putShort(lengthAt, (short) room.position());
        out.position(out.position() + room.position());
    }

    static String getString(ByteBuffer in) throws MalformedFrameException {
        int length = Short.toUnsignedInt(in.getShort());
        if (length > MAX_STRING_BYTES || length > in.remaining()) {
            throw new MalformedFrameException("string of " + length + " bytes, allowed are 0 to "
                    + Math.min(MAX_STRING_BYTES, in.remaining()) + " here");
        }
        ByteBuffer bytes = in.slice(in.position(), length);
        in.position(in.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedFrameException("string that is not UTF-8: " + e.getMessage());
        }
    }

    static void putBoolean(ByteBuffer out, boolean value) {
        out.put(value ? (byte) 1 : 0);
    }

    static boolean getBoolean(ByteBuffer in) throws MalformedFrameException {
        int value = in.get();
        if (value != 0 && value != 1) {
            throw new MalformedFrameException("boolean " + value + ", allowed are 0 and 1");
        }
        return value == 1;
    }

    /** Writes the ordinal, which means the same at both ends: they are always of the same build. */
    @SuppressWarnings("EnumOrdinal")
    static void putEnum(ByteBuffer out, Enum<?> value) {
        out.put((byte) value.ordinal());
    }

    static <E extends Enum<E>> E getEnum(ByteBuffer in, E[] values) throws MalformedFrameException {
        int ordinal = in.get();
        if (ordinal < 0 || ordinal >= values.length) {
            throw new MalformedFrameException(values[0].getDeclaringClass().getSimpleName() + " " + ordinal
                    + ", allowed are 0 to " + (values.length - 1));
        }
        return values[ordinal];
    }
}
