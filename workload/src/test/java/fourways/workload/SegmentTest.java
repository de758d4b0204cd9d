package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("segment");
    }

    @Test
    void afterAForceTheKernelHasNothingLeftToWrite() throws IOException {
        DirtyPages.assumeKnown();
        try (Segment segment = Segment.create(file, 65_536)) {
            segment.force();
            DirtyPages.assumeClean(file);
            segment.append(new byte[] {1}, 1);
            assertTrue(DirtyPages.kibibytesOf(file) > 0);

            segment.force();

            assertEquals(0, DirtyPages.kibibytesOf(file));
        }
    }

    @Test
    void touchingMakesEveryPageDirtyAndChangesNothing() throws IOException {
        DirtyPages.assumeKnown();
        try (Segment segment = Segment.create(file, 65_536)) {
            segment.append(new byte[] {1}, 1);
            segment.force();
            DirtyPages.assumeClean(file);
            byte[] before = Files.readAllBytes(file);

            segment.touch();

            assertEquals(64, DirtyPages.kibibytesOf(file));
            assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(file)));
        }
    }

    @Test
    void goingOnOverZerosLeavesThePagesClean() throws IOException {
        DirtyPages.assumeKnown();
        try (Segment segment = Segment.create(file, 65_536)) {
            segment.force();
            DirtyPages.assumeClean(file);

            segment.continueAt(8);

            assertEquals(0, DirtyPages.kibibytesOf(file));
        }
    }

    @Test
    void whatIsFetchedForTheNextRecordsTouchesNoneOfThoseBefore() throws IOException {
        try (Segment segment = Segment.create(file, 65_536)) {
            List<byte[]> payloads = new ArrayList<>();
            // Some shorter than what is fetched at once, some longer.
            for (int length : new int[] {1, 40, 3_000, 8, 5_000, 40, 40, 1_016, 1_017, 40}) {
                payloads.add(filled(length));
            }
            payloads.forEach(payload -> segment.append(payload, payload.length));
            byte[] last = filled((int) (segment.size() - segment.position()) - Segment.HEADER_BYTES - 48);
            segment.append(last, last.length);
            payloads.add(last);
            assertTrue(segment.isBlankFrom(segment.position()));
            byte[] toTheEnd = filled(40);
            segment.append(toTheEnd, toTheEnd.length);
            payloads.add(toTheEnd);

            long offset = 0;
            for (byte[] payload : payloads) {
                byte[] found = new byte[payload.length];
                assertTrue(segment.read(offset, found), "the record at " + offset);
                assertArrayEquals(payload, found);
                offset += Segment.recordBytes(payload.length);
            }
            assertEquals(segment.size(), offset);
        }
    }

    private static byte[] filled(int length) {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) length);
        return payload;
    }

    @Test
    void aClosedSegmentThrowsAndIsNoLongerMapped() throws IOException {
        Segment segment = Segment.create(file, 4_096);
        segment.close();
        segment.close();

        assertThrows(IllegalStateException.class, () -> segment.append(new byte[] {1}, 1));
        assertThrows(IllegalStateException.class, segment::force);
        DirtyPages.assumeKnown();
        assertTrue(Files.readAllLines(DirtyPages.MAPPINGS).stream().noneMatch(line -> line.endsWith(file.toString())));
    }

    @Test
    void theSpaceOfANewSegmentIsReallyAllocated() throws IOException {
        try (Segment segment = Segment.create(file, 1 << 20)) {
            segment.force();
            // st_blocks is not in Java's attributes of a file; a sparse file of this size would have none.
            Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
            String blocks = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assumeTrue(blocks.strip().matches("\\d+"), "there is no stat as Linux has it");

            assertTrue(Long.parseLong(blocks.strip()) * 512 >= 1 << 20, blocks);
        }
    }
}
