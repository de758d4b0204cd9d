package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command;
import fourways.workload.LedgerConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameCodecTest {

    private static final long SEED = 20_260_101;
    private static final int MUTATIONS = 1_000_000;

    @Test
    void framesComeOutAsTheyWentIn() throws MalformedFrameException {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 10_000; round++) {
            Frame frame = Frames.random(random);

            ByteBuffer bytes = encoded(frame);
            Frame decoded = FrameCodec.decode(bytes);

            assertEquals(frame, decoded);
            assertEquals(0, bytes.remaining());
        }
    }

    @Test
    void framesOneAfterTheOtherComeOutInOrder() throws MalformedFrameException {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Frame> frames = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.allocate(200 * FrameCodec.MAX_FRAME_BYTES);
        for (int i = 0; i < 100; i++) {
            frames.add(Frames.random(random));
            FrameCodec.encode(frames.getLast(), bytes);
        }
        bytes.flip();

        List<Frame> decoded = new ArrayList<>();
        for (Frame frame = FrameCodec.decode(bytes); frame != null; frame = FrameCodec.decode(bytes)) {
            decoded.add(frame);
        }

        assertEquals(frames, decoded);
    }

    @Test
    void everyBeginningOfAFrameAsksForMoreAndLeavesTheBufferAsItWas() throws MalformedFrameException {
        ByteBuffer whole = encoded(new Frame.Submit(1, new Command.Sabotage(2, 3, "exception")));

        for (int length = 0; length < whole.limit(); length++) {
            ByteBuffer beginning = whole.duplicate().limit(length);

            assertNull(FrameCodec.decode(beginning));
            assertEquals(0, beginning.position());
            assertEquals(length, beginning.limit());
        }
    }

    @Test
    void theLargestFrameIsWithinTheLimitAndLongTextsAreCutAtAWholeCharacter() throws MalformedFrameException {
        String tooLong = "a" + "€".repeat(10_000);
        int wholeCharacters = (Fields.MAX_STRING_BYTES - 1) / "€".getBytes(StandardCharsets.UTF_8).length;

        Frame failed = FrameCodec.decode(encoded(new Frame.Failed(tooLong)));
        ByteBuffer start = encoded(new Frame.Start(
                Frame.Job.LEDGER,
                0,
                LedgerConfig.in(java.nio.file.Path.of("/" + tooLong)).withVariant(tooLong)));

        assertEquals(new Frame.Failed("a" + "€".repeat(wholeCharacters)), failed);
        assertTrue(start.limit() <= FrameCodec.MAX_FRAME_BYTES, () -> start.limit() + " bytes");
        assertNotNull(FrameCodec.decode(start));
    }

    @Test
    void aLoneSurrogateIsReplaced() throws MalformedFrameException {
        assertEquals(new Frame.Failed("a?b"), FrameCodec.decode(encoded(new Frame.Failed("a\ud800b"))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    00000000                               | frame of 0 bytes, allowed are 1 to 8316
                    ffffffff                               | frame of -1 bytes, allowed are 1 to 8316
                    7fffffff                               | frame of 2147483647 bytes, allowed are 1 to 8316
                    0000207d                               | frame of 8317 bytes, allowed are 1 to 8316
                    0000000100                             | frame of type 0, allowed are 1 to 13
                    000000010e                             | frame of type 14, allowed are 1 to 13
                    0000000207ff                           | frame of type 7 with 1 bytes after its last field, allowed are none
                    0000000105                             | frame of type 5 that ends after 1 bytes, in the middle of its fields
                    00000006010000000007                   | command of kind 7, allowed are 1 to 6
                    000000060100000000ff                   | command of kind -1, allowed are 1 to 6
                    0000000e0200000000000000000000000009   | outcome of kind 9, allowed are 1 to 4
                    0000000f020000000000000000000000000209 | Reason 9, allowed are 0 to 8
                    0000000308ffff                         | string of 65535 bytes, allowed are 0 to 0 here
                    0000000408000241                       | string of 2 bytes, allowed are 0 to 1 here
                    00000005080002c328                     | string that is not UTF-8: Input length = 1
                    """)
    void whatIsMalformedIsNamedWithWhatIsAllowed(String hex, String message) {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));

        Exception refused = assertThrows(MalformedFrameException.class, () -> FrameCodec.decode(bytes));

        assertEquals(message, refused.getMessage());
    }

    @Test
    void aConfigurationThatMakesNoSenseIsMalformed() {
        ByteBuffer bytes = encoded(new Frame.Start(Frame.Job.ECHO, 0, LedgerConfig.inMemory()));
        int accountsAt = Integer.BYTES + 1 + 1 + Integer.BYTES;
        bytes.putInt(accountsAt, -5);

        Exception refused = assertThrows(MalformedFrameException.class, () -> FrameCodec.decode(bytes));

        assertEquals("configuration: accounts is -5, allowed are 1 to 10000000", refused.getMessage());
    }

    @Test
    void aBooleanIsOneOfTwo() {
        String variant = "plain";
        ByteBuffer bytes = encoded(
                new Frame.Start(Frame.Job.ECHO, 0, LedgerConfig.inMemory().withVariant(variant)));
        int keepSegmentsAt = bytes.limit() - variant.length() - Short.BYTES - Integer.BYTES - 1;
        bytes.put(keepSegmentsAt, (byte) 2);

        Exception refused = assertThrows(MalformedFrameException.class, () -> FrameCodec.decode(bytes));

        assertEquals("boolean 2, allowed are 0 and 1", refused.getMessage());
    }

    @Test
    void aMillionMutationsAreEachAFrameOrMalformedOrIncomplete() {
        SplittableRandom random = new SplittableRandom(SEED);
        int frames = 0;
        int malformed = 0;
        int incomplete = 0;
        for (int round = 0; round < MUTATIONS; round++) {
            ByteBuffer bytes = mutated(encoded(Frames.random(random)), random);
            int limit = bytes.limit();
            try {
                if (FrameCodec.decode(bytes) == null) {
                    incomplete++;
                    assertEquals(0, bytes.position());
                } else {
                    frames++;
                }
            } catch (MalformedFrameException e) {
                malformed++;
                assertNotNull(e.getMessage());
            }
            assertEquals(limit, bytes.limit());
        }

        // All three ways have been gone, often.
        int often = MUTATIONS / 100;
        assertTrue(
                frames > often && malformed > often && incomplete > often,
                frames + " frames, " + malformed + " malformed, " + incomplete + " incomplete");
    }

    /** Some bytes changed, a few of them in the length, and sometimes the end cut off or something more behind it. */
    private static ByteBuffer mutated(ByteBuffer whole, SplittableRandom random) {
        ByteBuffer bytes =
                ByteBuffer.allocate(whole.limit() + random.nextInt(4)).put(whole);
        bytes.clear().limit(random.nextInt(4) == 0 ? random.nextInt(bytes.capacity() + 1) : bytes.capacity());
        for (int changes = random.nextInt(4); changes > 0 && bytes.limit() > 0; changes--) {
            int at = random.nextInt(random.nextBoolean() ? bytes.limit() : Math.min(bytes.limit(), 12));
            bytes.put(at, (byte) (random.nextBoolean() ? random.nextInt(256) : bytes.get(at) ^ 1 << random.nextInt(8)));
        }
        return bytes;
    }

    private static ByteBuffer encoded(Frame frame) {
        ByteBuffer bytes = ByteBuffer.allocate(FrameCodec.MAX_FRAME_BYTES);
        FrameCodec.encode(frame, bytes);
        return bytes.flip();
    }
}
