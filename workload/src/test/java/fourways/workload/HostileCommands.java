package fourways.workload;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Seeded commands of which many make no sense: accounts and amounts at and beyond every bound, on few accounts so that they meet. */
final class HostileCommands {

    private HostileCommands() {}

    static List<Command> seeded(long seed, int accounts, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        return LongStream.range(0, count)
                .mapToObj(id -> command(random, id, accounts))
                .toList();
    }

    private static Command command(SplittableRandom random, long id, int accounts) {
        return switch (random.nextInt(4)) {
            case 0 -> new Deposit(id, account(random, accounts), amount(random));
            case 1 -> new Withdraw(id, account(random, accounts), amount(random));
            case 2 -> new Transfer(id, account(random, accounts), account(random, accounts), amount(random));
            default -> new ReadBalance(id, account(random, accounts));
        };
    }

    private static int account(SplittableRandom random, int accounts) {
        return switch (random.nextInt(40)) {
            case 0 -> accounts;
            case 1 -> -1;
            case 2 -> Integer.MIN_VALUE;
            case 3 -> Integer.MAX_VALUE;
            case 4 -> accounts - 1;
            default -> random.nextInt(Math.min(accounts, 50));
        };
    }

    private static long amount(SplittableRandom random) {
        return switch (random.nextInt(40)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> Long.MIN_VALUE;
            case 3 -> Long.MAX_VALUE;
            case 4 -> Long.MAX_VALUE / 64;
            default -> 1 + random.nextInt(50_000);
        };
    }
}
