package fourways.workload;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import org.jspecify.annotations.Nullable;

/** Commands and answers as lines of text, for the pipes between a test and the JVM of the ledger that it torments. */
final class Lines {

    private Lines() {}

    /** Ends every line, so that one that was cut off is known for that. */
    private static final String END = ";";

    static String whole(String line) {
        return line + END + "\n";
    }

    /** What was said, without the end; null if it was cut off when its JVM was killed. */
    static @Nullable String said(String line) {
        return line.endsWith(END) ? line.substring(0, line.length() - END.length()) : null;
    }

    /** An outcome, and the id of the command whose it is. */
    record Answer(long id, Outcome outcome) {}

    static String of(Command command) {
        return switch (command) {
            case Deposit c -> "deposit " + c.id() + " " + c.account() + " " + c.amountCents();
            case Withdraw c -> "withdraw " + c.id() + " " + c.account() + " " + c.amountCents();
            case Transfer c -> "transfer " + c.id() + " " + c.from() + " " + c.to() + " " + c.amountCents();
            case ReadBalance c -> "read " + c.id() + " " + c.account();
            case Locate c -> "locate " + c.id() + " " + c.shard();
            case Sabotage c -> "sabotage " + c.id() + " " + c.shard() + " " + c.fault();
        };
    }

    static Command command(String line) {
        String[] word = line.split(" ", -1);
        long id = Long.parseLong(word[1]);
        int first = Integer.parseInt(word[2]);
        return switch (word[0]) {
            case "deposit" -> new Deposit(id, first, Long.parseLong(word[3]));
            case "withdraw" -> new Withdraw(id, first, Long.parseLong(word[3]));
            case "transfer" -> new Transfer(id, first, Integer.parseInt(word[3]), Long.parseLong(word[4]));
            case "read" -> new ReadBalance(id, first);
            case "locate" -> new Locate(id, first);
            case "sabotage" -> new Sabotage(id, first, word[3]);
            default -> throw new IllegalArgumentException(line);
        };
    }

    static String of(long id, Outcome outcome) {
        return switch (outcome) {
            case Accepted o -> "accepted " + id + " " + o.balanceCents();
            case Refused o -> "refused " + id + " " + o.reason() + " " + oneLine(o.detail());
            case Indeterminate o -> "indeterminate " + id + " " + oneLine(o.detail());
            case Located o -> "located " + id + " " + o.pid() + " " + o.nativeThreadId() + " " + o.threadName();
        };
    }

    static Answer answer(String line) {
        String[] word = line.split(" ", 3);
        long id = Long.parseLong(word[1]);
        String rest = word[2];
        return new Answer(
                id,
                switch (word[0]) {
                    case "accepted" -> new Accepted(Long.parseLong(rest));
                    case "refused" -> {
                        String[] refusal = rest.split(" ", 2);
                        yield new Refused(Reason.valueOf(refusal[0]), refusal[1]);
                    }
                    case "indeterminate" -> new Indeterminate(rest);
                    case "located" -> {
                        String[] place = rest.split(" ", 3);
                        yield new Located(Long.parseLong(place[0]), Long.parseLong(place[1]), place[2]);
                    }
                    default -> throw new IllegalArgumentException(line);
                });
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\r', ' ');
    }
}
