package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Raw data may be anything: what cannot be is refused in words. */
final class CheckCommandRefusalTest extends CheckCommandFixture {

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
}
