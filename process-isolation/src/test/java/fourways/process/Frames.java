package fourways.process;

import fourways.workload.Command;
import fourways.workload.JournalMode;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Reason;
import fourways.workload.Peers;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Makes frames of every type with random fields, extremes among them. */
final class Frames {

    private static final int FRAME_TYPES = 13;

    private Frames() {}

    static Frame random(SplittableRandom random) {
        return switch (random.nextInt(FRAME_TYPES)) {
            case 0 -> new Frame.Submit(anInt(random), command(random));
            case 1 -> new Frame.Answer(anInt(random), aLong(random), outcome(random));
            case 2 -> new Frame.Credit(credit(random));
            case 3 -> new Frame.Credited(new Peers.Credited(anInt(random), anInt(random), aLong(random)));
            case 4 -> new Frame.Resend(anInt(random));
            case 5 -> new Frame.Start(oneOf(random, Frame.Job.values()), anInt(random), config(random));
            case 6 -> new Frame.Ready();
            case 7 -> new Frame.Failed(text(random));
            case 8 -> new Frame.Beat(aLong(random));
            case 9 -> new Frame.Served(anInt(random));
            case 10 -> new Frame.Suspended(anInt(random), text(random), aLong(random), random.nextBoolean());
            case 11 -> new Frame.Progress();
            default -> new Frame.Rehearse(config(random));
        };
    }

    private static Command command(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Command.Deposit(aLong(random), anInt(random), aLong(random));
            case 1 -> new Command.Withdraw(aLong(random), anInt(random), aLong(random));
            case 2 -> new Command.Transfer(aLong(random), anInt(random), anInt(random), aLong(random));
            case 3 -> new Command.ReadBalance(aLong(random), anInt(random));
            case 4 -> new Command.Locate(aLong(random), anInt(random));
            default -> new Command.Sabotage(aLong(random), anInt(random), text(random));
        };
    }

    private static Outcome outcome(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Outcome.Accepted(aLong(random));
            case 1 -> new Outcome.Refused(oneOf(random, Reason.values()), text(random));
            case 2 -> new Outcome.Indeterminate(text(random));
            default -> new Outcome.Located(aLong(random), aLong(random), text(random));
        };
    }

    private static Peers.Credit credit(SplittableRandom random) {
        return new Peers.Credit(
                anInt(random),
                anInt(random),
                aLong(random),
                aLong(random),
                anInt(random),
                anInt(random),
                aLong(random));
    }

    private static LedgerConfig config(SplittableRandom random) {
        int shards = random.nextInt(1, 1_025);
        LedgerConfig config = LedgerConfig.inMemory()
                .withAccounts(random.nextInt(shards, 10_000_001), shards)
                .withWorkers(random.nextInt(1, 65))
                .withCapacity(random.nextInt(1, 4_097))
                .withInitialBalanceCents(random.nextLong(100_001))
                .withSegments(random.nextInt(4_096, 1 << 30), random.nextBoolean())
                .withDeadlineMillis(random.nextInt(20, 60_001))
                .withVariant(text(random));
        return random.nextBoolean()
                ? config
                : config.withJournal(oneOf(random, JournalMode.values()), Path.of("/journal-é-" + anInt(random)));
    }

    private static <T> T oneOf(SplittableRandom random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static int anInt(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> Integer.MIN_VALUE;
            case 1 -> Integer.MAX_VALUE;
            case 2 -> random.nextInt(-2, 3);
            default -> random.nextInt();
        };
    }

    private static long aLong(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            case 2 -> random.nextLong(-2, 3);
            default -> random.nextLong();
        };
    }

    /** Characters of one to four bytes, no lone surrogates. */
    static String text(SplittableRandom random) {
        int[] alphabet = {'a', 0, 'é', '€', 0x1F600};
        return random.ints(random.nextInt(40), 0, alphabet.length)
                .map(i -> alphabet[i])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
