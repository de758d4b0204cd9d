package fourways.workload;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A JVM of its own that opens a ledger and drives it until it is killed. What clients sent and heard is in a mapped file, which outlives it. It ends by
 * itself when the JVM that started it does.
 */
public final class LoadedLedgerMain {

    static final long MAX_COMMANDS = 20_000_000;

    private LoadedLedgerMain() {}

    /** Takes the class of the architecture, the variant, the ledger's directory, the history's file, the seed, and the first command's id. */
    public static void main(String[] args) throws Exception {
        endWithParent();
        Architecture architecture = Class.forName(args[0])
                .asSubclass(Architecture.class)
                .getDeclaredConstructor()
                .newInstance();
        LedgerConfig config = LedgerDurabilityContractTest.config(Path.of(args[2]), args[1]);
        History history = History.in(Path.of(args[3]), MAX_COMMANDS);
        Load load = Load.standard(config, Long.parseLong(args[4])).withCrossShardShare(0.5);
        long firstId = Long.parseLong(args[5]);

        Ledger ledger = architecture.open(config);
        ClosedLoop.run(
                ledger,
                load,
                history,
                new LoopPlan(256, firstId, MAX_COMMANDS, Duration.ZERO, Duration.ofMinutes(1), Duration.ofSeconds(1)));
        ledger.close();
    }

    private static void endWithParent() {
        Thread.ofPlatform().daemon().name("end-with-parent").start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Nobody writes; only the end counts.
                }
            } catch (IOException e) {
                // No better reason to end than a broken pipe to the parent.
            }
            Runtime.getRuntime().halt(1);
        });
    }
}
