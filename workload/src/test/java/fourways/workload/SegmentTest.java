package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentTest {

    private static final Path MAPPINGS = Path.of("/proc/self/smaps");

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("segment");
    }

    /** How much of the file's mapping the kernel has not yet written to the disk. */
    private long dirtyKibibytes() throws IOException {
        long dirty = 0;
        boolean ours = false;
        List<String> lines = Files.readAllLines(MAPPINGS);
        for (String line : lines) {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                ours = line.endsWith(file.toString());
            } else if (ours && line.matches("(Shared|Private)_Dirty:.*")) {
                dirty += Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return dirty;
    }

    @Test
    void afterAForceTheKernelHasNothingLeftToWrite() throws IOException {
        assumeTrue(Files.isReadable(MAPPINGS), "only Linux tells");
        try (Segment segment = Segment.create(file, 65_536)) {
            segment.force();
            assumeTrue(dirtyKibibytes() == 0, "this file system keeps its files in memory");
            segment.append(new byte[] {1}, 1);
            assertTrue(dirtyKibibytes() > 0);

            segment.force();

            assertEquals(0, dirtyKibibytes());
        }
    }

    @Test
    void touchingMakesEveryPageDirtyAndChangesNothing() throws IOException {
        assumeTrue(Files.isReadable(MAPPINGS), "only Linux tells");
        try (Segment segment = Segment.create(file, 65_536)) {
            segment.append(new byte[] {1}, 1);
            segment.force();
            assumeTrue(dirtyKibibytes() == 0, "this file system keeps its files in memory");
            byte[] before = Files.readAllBytes(file);

            segment.touch();

            assertEquals(64, dirtyKibibytes());
            assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(file)));
        }
    }

    @Test
    void goingOnOverZerosLeavesThePagesClean() throws IOException {
        assumeTrue(Files.isReadable(MAPPINGS), "only Linux tells");
        try (Segment segment = Segment.create(file, 65_536)) {
            segment.force();
            assumeTrue(dirtyKibibytes() == 0, "this file system keeps its files in memory");

            segment.continueAt(8);

            assertEquals(0, dirtyKibibytes());
        }
    }

    @Test
    void aClosedSegmentThrowsAndIsNoLongerMapped() throws IOException {
        Segment segment = Segment.create(file, 4_096);
        segment.close();
        segment.close();

        assertThrows(IllegalStateException.class, () -> segment.append(new byte[] {1}, 1));
        assertThrows(IllegalStateException.class, segment::force);
        if (Files.isReadable(MAPPINGS)) {
            assertTrue(Files.readAllLines(MAPPINGS).stream().noneMatch(line -> line.endsWith(file.toString())));
        }
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
