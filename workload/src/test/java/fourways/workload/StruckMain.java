package fourways.workload;

import fourways.workload.Command.Sabotage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The host of a fault: some shards, each strike on a thread of its own, and nobody who would make anything good. Says what became of each strike, then what
 * is in memory, and stays until it is ended. An {@code OutOfMemoryError} ends it, for then there is nothing left to say.
 */
final class StruckMain {

    static final String ANSWERED = "ANSWERED ";
    static final String THREW = "THREW ";
    static final String BALANCES = "BALANCES ";

    static final int NO_MEMORY = 3;
    static final int MEMORY_LEFT = 4;

    private static final int SHARDS = 4;
    private static final int LARGE_BYTES = 1 << 21;

    private StruckMain() {}

    static LedgerConfig config(Path ledger) {
        return LedgerConfig.in(ledger).withAccounts(12, SHARDS).withInitialBalanceCents(1_000);
    }

    /** Takes the ledger's directory and the fault; strikes as many shards as the third says, all at once, and that as often as the fourth says. */
    public static void main(String[] arguments) throws InterruptedException {
        ChildJvm.endWithParent();
        LedgerConfig config = config(Path.of(arguments[0]));
        ShardCluster cluster = new ShardCluster(config);
        // So that the classes are loaded before there are no files to load them from.
        String before = balances(config, cluster);
        System.out.println(before.length());
        for (int round = 0; round < Integer.parseInt(arguments[3]); round++) {
            List<Thread> threads = IntStream.range(0, Integer.parseInt(arguments[2]))
                    .mapToObj(shard -> Thread.ofPlatform()
                            .name("owner-" + shard)
                            .start(() -> strike(cluster, new Sabotage(1_000 + shard, shard, arguments[1]))))
                    .toList();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        System.out.println(balances(config, cluster));
        // Its parent's end, or a signal.
        Thread.currentThread().join();
    }

    private static String balances(LedgerConfig config, ShardCluster cluster) {
        return IntStream.range(0, config.accounts())
                .mapToObj(account -> Long.toString(cluster.balance(account)))
                .collect(Collectors.joining(" ", BALANCES, ""));
    }

    private static void strike(ShardCluster cluster, Sabotage sabotage) {
        try {
            System.out.println(ANSWERED + cluster.call(sabotage));
        } catch (OutOfMemoryError e) {
            Runtime.getRuntime().halt(isMemoryLeft() ? MEMORY_LEFT : NO_MEMORY);
        } catch (Throwable e) {
            System.out.println(THREW + e.getClass().getName());
        }
    }

    private static boolean isMemoryLeft() {
        try {
            return new byte[LARGE_BYTES].length == LARGE_BYTES;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }
}
