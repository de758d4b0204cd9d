package fourways.report;

import fourways.workload.Command;
import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;
import fourways.workload.Commands;
import fourways.workload.History;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table of all requests that an observer sent: {@code requests.csv.gz}. */
final class RawRequestTable {

    static final String NAME = "requests.csv.gz";

    /** Many times what the longest trial sends. */
    private static final int MAX_REQUESTS = 2_000_000;

    /** Explanations are for people; who wrote a longer one said enough in the first words. */
    private static final int MAX_DETAIL = 200;

    private static final String ID = "id";
    private static final String KIND = "kind";
    private static final String ACCOUNT = "account";
    private static final String OTHER = "otherAccount";
    private static final String AMOUNT = "amountCents";
    private static final String SHARD = "shard";
    private static final String OUTCOME = "outcome";
    private static final String REASON = "reason";
    private static final String BALANCE = "balanceCents";

    private static final List<String> COLUMNS = List.of(
            ID,
            KIND,
            ACCOUNT,
            OTHER,
            AMOUNT,
            SHARD,
            "intendedMicros",
            "sentMicros",
            "answeredMicros",
            OUTCOME,
            REASON,
            BALANCE,
            "detail");

    private static final String DEPOSIT = "deposit";
    private static final String WITHDRAW = "withdraw";
    private static final String TRANSFER = "transfer";
    private static final String READ = "read";
    private static final String UNSENT = "unsent";
    private static final String UNANSWERED = "unanswered";
    private static final String ACCEPTED = "accepted";
    private static final String REFUSED = "refused";
    private static final String INDETERMINATE = "indeterminate";

    private RawRequestTable() {}

    /** What was sent and what was heard, as the table has it. */
    record Content(Commands commands, History history, int requests) {}

    /** @param requests by id, all that there were in the end */
    static void write(Path folder, List<ObservedRequest> requests, LedgerConfig config) throws IOException {
        try (RawCsvWriter csv = RawCsvWriter.create(folder.resolve(NAME), COLUMNS)) {
            for (int id = 0; id < requests.size(); id++) {
                ObservedRequest request = requests.get(id);
                Command command = request.command();
                Outcome outcome = request.outcome();
                csv.write(
                        id,
                        kind(command),
                        account(command),
                        command instanceof Transfer c ? c.to() : null,
                        amountCents(command),
                        config.shardOf(command),
                        request.intendedMicros(),
                        request.sentMicros(),
                        request.answeredMicros(),
                        word(request),
                        outcome instanceof Refused refused ? refused.reason() : null,
                        outcome instanceof Accepted accepted ? accepted.balanceCents() : null,
                        detail(outcome));
            }
        }
    }

    private static String kind(Command command) {
        return switch (command) {
            case Deposit _ -> DEPOSIT;
            case Withdraw _ -> WITHDRAW;
            case Transfer _ -> TRANSFER;
            case ReadBalance _ -> READ;
            case Locate _, Sabotage _ -> throw new IllegalArgumentException("not of an observer: " + command);
        };
    }

    private static int account(Command command) {
        return switch (command) {
            case Deposit c -> c.account();
            case Withdraw c -> c.account();
            case Transfer c -> c.from();
            case ReadBalance c -> c.account();
            case Locate _, Sabotage _ -> throw new IllegalArgumentException("not of an observer: " + command);
        };
    }

    private static @Nullable Long amountCents(Command command) {
        return switch (command) {
            case Deposit c -> c.amountCents();
            case Withdraw c -> c.amountCents();
            case Transfer c -> c.amountCents();
            case ReadBalance _, Locate _, Sabotage _ -> null;
        };
    }

    private static String word(ObservedRequest request) {
        if (request.sentMicros() == null) {
            return UNSENT;
        }
        return switch (request.outcome()) {
            case null -> UNANSWERED;
            case Accepted _, Located _ -> ACCEPTED;
            case Refused _ -> REFUSED;
            case Indeterminate _ -> INDETERMINATE;
        };
    }

    private static @Nullable String detail(@Nullable Outcome outcome) {
        String detail = switch (outcome) {
            case null -> null;
            case Refused refused -> refused.detail();
            case Indeterminate indeterminate -> indeterminate.detail();
            case Accepted _, Located _ -> null;
        };
        return detail == null || detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL);
    }

    /**
     * Reads what {@link #write} wrote, or somebody else, for a ledger of that shape.
     *
     * @throws UsageException if a value is not one that can be in there
     */
    static Content read(Path folder, LedgerConfig config) throws IOException {
        List<Command> commands = new ArrayList<>();
        History history = new History(MAX_REQUESTS);
        try (RawCsvReader csv = RawCsvReader.open(folder.resolve(NAME), COLUMNS, MAX_REQUESTS)) {
            while (csv.next()) {
                int id = commands.size();
                // One after the other: so none can be missing, and none be there twice.
                csv.number(ID, id, id);
                Command command = command(csv, id, config);
                csv.number(SHARD, config.shardOf(command), config.shardOf(command));
                commands.add(command);
                record(csv, id, history);
            }
        }
        return new Content(id -> commands.get(Math.toIntExact(id)), history, commands.size());
    }

    private static Command command(RawCsvReader csv, long id, LedgerConfig config) {
        int account = account(csv, ACCOUNT, config);
        return switch (csv.text(KIND)) {
            case DEPOSIT -> new Deposit(id, account, csv.number(AMOUNT, 1, Long.MAX_VALUE));
            case WITHDRAW -> new Withdraw(id, account, csv.number(AMOUNT, 1, Long.MAX_VALUE));
            case TRANSFER ->
                new Transfer(id, account, account(csv, OTHER, config), csv.number(AMOUNT, 1, Long.MAX_VALUE));
            case READ -> new ReadBalance(id, account);
            default -> throw csv.mistake(KIND, String.join(", ", DEPOSIT, WITHDRAW, TRANSFER, READ));
        };
    }

    private static int account(RawCsvReader csv, String column, LedgerConfig config) {
        return (int) csv.number(column, 0, config.accounts() - 1L);
    }

    private static void record(RawCsvReader csv, long id, History history) {
        String outcome = csv.text(OUTCOME);
        if (!outcome.equals(UNSENT)) {
            history.sent(id);
        }
        switch (outcome) {
            case UNSENT, UNANSWERED -> {}
            case ACCEPTED -> history.answered(id, new Accepted(csv.number(BALANCE, Long.MIN_VALUE, Long.MAX_VALUE)));
            case REFUSED -> history.answered(id, new Refused(reason(csv), ""));
            case INDETERMINATE -> history.answered(id, new Indeterminate(""));
            default ->
                throw csv.mistake(OUTCOME, String.join(", ", UNSENT, UNANSWERED, ACCEPTED, REFUSED, INDETERMINATE));
        }
    }

    private static Reason reason(RawCsvReader csv) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.name().equals(csv.text(REASON)))
                .findFirst()
                .orElseThrow(() -> csv.mistake(
                        REASON, Arrays.stream(Reason.values()).map(Reason::name).collect(Collectors.joining(", "))));
    }
}
