package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Raw data is checked as it is, and it may be anything. */
final class CheckCommandTest {

    /** Made once, and copied for each test. */
    @TempDir
    static Path samples;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void nothingUnpackedStaysBehind() throws IOException {
        String prefix = RawCheck.TEMPORARY + ProcessHandle.current().pid();
        try (Stream<Path> temporary = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertEquals(
                    List.of(),
                    temporary
                            .filter(file -> file.getFileName().toString().startsWith(prefix))
                            .toList());
        }
    }

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

    @ParameterizedTest
    @ValueSource(strings = {"../evil.log", "/tmp/evil.log", "shard-0001/../../evil", "shard-0001/lock", "a.txt"})
    void entryThatIsNoJournalIsRefused(String name) throws Exception {
        Path folder = sample("healthy");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(RawJournals.NAME)))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(1);
        }

        refused(folder, "journals.zip has an entry named '" + name + "', allowed are ledger.properties and shard-");
    }

    @Test
    void journalsOfAbsurdSizeAreRefused() throws Exception {
        Path folder = sample("healthy");

        UsageException refusal = assertThrows(
                UsageException.class, () -> RawJournals.unpack(folder, directory.resolve("unpacked"), 100_000));

        assertTrue(String.valueOf(refusal.getMessage()).contains("allowed are 100000"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {RawRequestTable.NAME, RawBalanceTable.NAME, RawJournals.NAME, RawTrial.NAME})
    void fileThatEndsTooEarlyIsRefused(String name) throws Exception {
        Path folder = sample("healthy");
        byte[] whole = Files.readAllBytes(folder.resolve(name));
        Files.write(folder.resolve(name), Arrays.copyOf(whole, whole.length / 2));

        refused(folder, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {RawRequestTable.NAME, RawBalanceTable.NAME, RawJournals.NAME, RawTrial.NAME})
    void fileOfSomethingElseIsRefused(String name) throws Exception {
        Path folder = sample("healthy");
        Files.writeString(folder.resolve(name), "something else\n");

        refused(folder, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {RawRequestTable.NAME, RawBalanceTable.NAME, RawJournals.NAME})
    void fileThatIsMissingIsRefused(String name) throws Exception {
        Path folder = sample("healthy");
        Files.delete(folder.resolve(name));

        refused(folder, name + " is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "^id,kind | id,sort | line 1: the columns are not those of this file, allowed are id,kind,account,",
                "^7, | 8, | line 9: id is '8', allowed are 7 to 7",
                "^7, | -7, | line 9: id is '-7', allowed are 7 to 7",
                "^7,[a-z]+, | 7,steal, | line 9: kind is 'steal', allowed are deposit, withdraw, transfer, read",
                "^(7,[a-z]+),\\d+, | $1,640, | line 9: account is '640', allowed are 0 to 639",
                "^(7,[a-z]+),\\d+, | $1,99999999999999999999, | line 9: account is '99999999999999999999', allowed are 0 to 639",
                "^(\\d+,deposit,\\d+,),\\d+, | $1,0, | amountCents is '0', allowed are 1 to 9223372036854775807",
                ",accepted, | ,perhaps, | outcome is 'perhaps', allowed are unsent, unanswered, accepted, refused, indeterminate",
                ",accepted,,\\d+, | ,accepted,,much, | balanceCents is 'much', allowed are -9223372036854775808 to",
                ",accepted,,\\d+, | ,refused,BORED,, | reason is 'BORED', allowed are UNKNOWN_ACCOUNT, ",
                "^(7,.*)$ | $1,more | line 9: 14 fields, allowed are the 13 of the header",
                "^1999,.*\\n | `` | has 1999 rows, allowed are the 2000 that trial.json tells of",
            })
    void requestThatCannotBeIsRefused(String found, String replacement, String sentence) throws Exception {
        Path folder = sample("healthy");
        edit(folder.resolve(RawRequestTable.NAME), text -> text.replaceFirst("(?m)" + found, replacement));

        refused(folder, sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "^1,7, | 3,7, | line 9: reading is '3', allowed are 1 to 2",
                "^1,7,7, | 1,6,6, | line 9: account is '6', allowed are accounts that this reading does not have yet",
                "^1,7,7, | 1,7,8, | line 9: shard is '8', allowed are 7 to 7",
                "^(1,7,7),\\d+, | $1,, | line 9: balanceCents is '', allowed are ",
            })
    void balanceThatCannotBeIsRefused(String found, String replacement, String sentence) throws Exception {
        Path folder = sample("healthy");
        edit(folder.resolve(RawBalanceTable.NAME), text -> text.replaceFirst("(?m)" + found, replacement));

        refused(folder, sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"accounts\" : 640 | \"accounts\" : 0 | accounts is 0, allowed are 1 to ",
                "\"accounts\" : 640 | \"accounts\" : 9000000 | accounts is 9000000, allowed are 1 to 1000000",
                "\"accounts\" : 640 | \"accounts\" : \"many\" | is no description of a trial",
                "\"shards\" : 64 | \"shards\" : -1 | shards is -1, allowed are 1 to ",
                "\"schemaVersion\" : 1 | \"schemaVersion\" : 77 | schemaVersion is 77, allowed is 1",
                "\"verdict\" : | \"opinion\" : | lacks one of its fields",
                "\"violations\" : | \"quibbles\" : | is no description of a trial",
            })
    void descriptionThatCannotBeIsRefused(String found, String replacement, String sentence) throws Exception {
        Path folder = sample("healthy");
        Path trial = folder.resolve(RawTrial.NAME);
        Files.writeString(trial, Files.readString(trial).replace(found, replacement));

        refused(folder, sentence);
    }

    @Test
    void folderWithoutRawDataIsToldWhatIsAllowed() {
        refused(
                directory,
                " has no raw data of any trial, allowed is the folder of a run, or one of the folders *.raw");
        refused(directory.resolve("nothing"), "nothing is no directory, allowed is ");
        err.getBuffer().setLength(0);
        assertEquals(Main.WRONG_USAGE, execute("check"));
        assertTrue(err.toString().startsWith("compare: check needs a directory, allowed is "), err.toString());
    }

    private Path sample(String variant) throws IOException, InterruptedException {
        Path folder = Files.createDirectory(directory.resolve("001-x.raw"));
        Path made = samples.resolve(variant + RawFolder.SUFFIX);
        if (!Files.exists(made)) {
            RawSample.write(samples.resolve(variant), made, variant);
        }
        try (Stream<Path> files = Files.list(made)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        return folder;
    }

    private static void edit(Path file, UnaryOperator<String> change) throws IOException {
        String text;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String changed = change.apply(text);
        assertTrue(!changed.equals(text), "nothing was changed");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write(changed.getBytes(StandardCharsets.UTF_8));
        }
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

    private void refused(Path folder, String part) {
        err.getBuffer().setLength(0);
        int status = check(folder);

        assertEquals(Main.WRONG_USAGE, status, this::output);
        assertEquals(1, err.toString().lines().count(), this::output);
        assertTrue(err.toString().startsWith("compare: " + directory), this::output);
        assertTrue(err.toString().contains(part), this::output);
        assertTrue(err.toString().contains("allowed"), this::output);
        assertEquals("", out.toString());
    }

    private int check(Path folder) {
        return execute("check", folder.toString());
    }

    private int execute(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private String output() {
        return out + "\n" + err;
    }
}
