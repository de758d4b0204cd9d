package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Raw data is checked as it is, and what was recorded is compared with what is found. */
final class CheckCommandTest extends CheckCommandFixture {

    @Test
    void soundLedgerIsValidAsRecorded() throws Exception {
        Path folder = sample("healthy");

        assertEquals(Main.VALID, check(folder), this::output);

        assertTrue(out.toString().startsWith("VALID     001-x: 1,990 commands, "), this::output);
        assertTrue(out.toString().endsWith(" and 640 balances read; as recorded\n"), this::output);
    }

    @Test
    void ledgerThatDoesThingsTwiceIsInvalidAsRecorded() throws Exception {
        Path folder = sample("double-deposit");

        assertEquals(Main.INVALID, check(folder), this::output);

        assertTrue(out.toString().startsWith("INVALID   001-x: APPLIED_TWICE "), this::output);
        assertTrue(out.toString().endsWith("; as recorded\n"), this::output);
    }

    @Test
    void memoryThatAFaultAlteredIsToldAndIsNoViolation() throws Exception {
        Path folder = directory.resolve("001-x.raw");
        Audit audit = RawSample.write(directory.resolve("ledger"), folder, "healthy", Map.of(5, -700L, 70, 300L));

        assertEquals(List.of(5, 70), audit.verdict().alteredAccounts());
        assertEquals(Main.VALID, check(folder), this::output);

        assertTrue(
                out.toString().contains("1,280 balances read; memory altered at 2 accounts; as recorded"),
                this::output);
    }

    @Test
    void alteredMemoryThatIsStillThereAfterTheRestartIsAViolation() throws Exception {
        Path folder = directory.resolve("001-x.raw");
        RawSample.write(directory.resolve("ledger"), folder, "healthy", Map.of(5, -700L));
        edit(folder.resolve(RawBalanceTable.NAME), text -> text.replaceAll("(?m)^2,5,5,\\d+,$", "2,5,5,1,"));

        assertEquals(Main.INVALID, check(folder), this::output);

        assertTrue(out.toString().contains("LIVE_DIFFERS=1"), this::output);
    }

    @Test
    void everyTrialOfARunIsChecked() throws Exception {
        Path trials = directory.resolve("run").resolve("trials");
        RawSample.write(directory.resolve("one"), trials.resolve("001-one.raw"), "healthy");
        RawSample.write(directory.resolve("two"), trials.resolve("002-two.raw"), "double-credit");
        Files.createDirectories(trials.resolve("003-three.raw"));
        // They follow from the requests, and are not needed.
        Files.delete(trials.resolve("001-one.raw").resolve(RawBucketTable.NAME));

        assertEquals(Main.WRONG_USAGE, check(directory.resolve("run")), this::output);

        assertEquals(
                List.of("VALID     001-one", "INVALID   002-two"),
                out.toString()
                        .lines()
                        .map(line -> line.substring(0, line.indexOf(':')))
                        .toList());
        assertTrue(err.toString().contains("003-three.raw/trial.json is no description of a trial"), this::output);
    }

    @Test
    void verdictThatIsNotWhatIsFoundDisagrees() throws Exception {
        Path folder = sample("double-deposit");
        Path trial = folder.resolve(RawTrial.NAME);
        Files.writeString(
                trial, Files.readString(trial).replaceAll("\"APPLIED_TWICE\" : \\d+", "\"APPLIED_TWICE\" : 9999"));

        assertEquals(Main.INVALID, check(folder), this::output);

        assertTrue(out.toString().startsWith("DISAGREES 001-x: trial.json says "), this::output);
    }

    @Test
    void requestThatWasNeverMadeIsFound() throws Exception {
        Path folder = sample("healthy");
        edit(
                folder.resolve(RawRequestTable.NAME),
                text -> text.replaceFirst("(?m)^(\\d+,deposit,\\d+,,)\\d+,", "$1999999,"));

        assertEquals(Main.INVALID, check(folder), this::output);

        assertTrue(out.toString().contains("LOST=1"), this::output);
        assertTrue(out.toString().contains("NEVER_SENT=1"), this::output);
    }

    @Test
    void accountThatNobodyAnsweredForInTheEndIsFound() throws Exception {
        Path folder = sample("healthy");
        edit(folder.resolve(RawBalanceTable.NAME), text -> text.replaceFirst("(?m)^1,7,7,\\d+,\\n", ""));

        assertEquals(Main.INVALID, check(folder), this::output);

        assertTrue(out.toString().contains(Audit.SILENT + "=1"), this::output);
    }

    @Test
    void journalThatWasChangedIsFound() throws Exception {
        Path folder = sample("healthy");
        changeJournal(folder, "shard-0009/0000000001.log", bytes -> bytes[firstEntry(bytes) + 8 + 24] ^= 1);

        assertEquals(Main.INVALID, check(folder), this::output);

        assertTrue(out.toString().contains("JOURNAL_DAMAGED=1"), this::output);
    }

    /** Behind the snapshot: header, payload, and zeros up to a multiple of 8. */
    private static int firstEntry(byte[] journal) {
        int snapshot = ByteBuffer.wrap(journal).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        return 8 + (snapshot + 7) / 8 * 8;
    }

    private interface Change {
        void to(byte[] bytes);
    }

    private static void changeJournal(Path folder, String name, Change change) throws IOException {
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(folder.resolve(RawJournals.NAME)));
                ZipOutputStream zip = new ZipOutputStream(changed)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] bytes = in.readAllBytes();
                if (entry.getName().equals(name)) {
                    change.to(bytes);
                }
                zip.putNextEntry(new ZipEntry(entry.getName()));
                zip.write(bytes);
            }
        }
        Files.write(folder.resolve(RawJournals.NAME), changed.toByteArray());
    }
}
