package fourways.report;

import fourways.workload.Architecture;
import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Ledger;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A {@link DummyArchitecture} in a JVM of its own, started as every observed trial's is, and as often; a test is its only client. */
final class DummyTrial implements AutoCloseable {

    static final int VICTIM = 5;

    private static final int ACCOUNTS = 6_400;
    private static final int DEPOSITS = 5;

    /** Many times what a JVM takes to start, also on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicLong ids = new AtomicLong(1);
    private final List<Injection> injections = new ArrayList<>();
    private final Order order;
    private final Path log;
    private final List<String> command;
    private final ServedLedger served;
    private final CompletableFuture<Ledger> servedAgain = new CompletableFuture<>();
    private final List<Ledger> servedTooEarly = new CopyOnWriteArrayList<>();
    private volatile @Nullable Injection restartedFor;

    /** Opens it. */
    DummyTrial(Path directory, String variant, Catalogue.Journals journals) throws IOException, InterruptedException {
        boolean tight = journals == Catalogue.Journals.TIGHT;
        order = new Order(
                Order.Mode.SERVE,
                DummyArchitecture.NAME,
                variant,
                directory.resolve("ledger"),
                directory.resolve("socket"),
                ACCOUNTS,
                tight ? Order.TIGHT_SEGMENT_BYTES : Order.SMALL_SEGMENT_BYTES,
                tight ? Order.LITTLE_CAPACITY : Order.CAPACITY,
                1,
                0,
                0,
                0);
        log = directory.resolve("log");
        command = command(directory, variant, order);
        served = new ServedLedger(command, order.socket(), log, ACCOUNTS, FaultTrial.MAX_RESTARTS, new Restarting());
        try {
            served.open();
        } catch (IOException | InterruptedException | RuntimeException e) {
            served.close();
            throw e;
        }
    }

    /** With the provider declared on the trial's class path alone: in this JVM it would be one more architecture for all other tests. */
    private static List<String> command(Path directory, String variant, Order order) throws IOException {
        Path services = Files.createDirectories(directory.resolve("services").resolve("META-INF/services"));
        Files.writeString(services.resolve(Architecture.class.getName()), DummyArchitecture.class.getName());
        List<String> line = new ArrayList<>(TrialCommand.of(new Contender(new DummyArchitecture(), variant), order));
        int classPath = line.indexOf("-cp") + 1;
        line.set(classPath, directory.resolve("services") + ":" + line.get(classPath));
        return line;
    }

    private final class Restarting implements ServedLedger.Listener {

        @Override
        public void started(TrialJvm jvm) {
            Ledger current = served.current();
            if (current != null) {
                servedTooEarly.add(current);
            }
        }

        @Override
        public void restarting() throws IOException {
            Injection injection = restartedFor;
            if (injection != null) {
                injection.beforeRestart();
            }
        }

        @Override
        public void restarted(Ledger ledger) {
            servedAgain.complete(ledger);
        }
    }

    /** One that is aimed, and hears of a restart; it is ended with the trial. */
    Injection aimed(String fault) throws IOException, InterruptedException {
        Injection injection = Catalogue.entry(fault).at(target());
        injections.add(injection);
        restartedFor = injection;
        injection.aim();
        return injection;
    }

    Target target() {
        return new Target(VICTIM, order.config(), served::current, served.jvm(), command, order.socket(), log, ids);
    }

    ServedLedger served() {
        return served;
    }

    TrialJvm jvm() {
        return served.jvm();
    }

    Path log() {
        return log;
    }

    /** To the victim; a cent each. */
    void deposit() throws InterruptedException {
        for (int i = 0; i < DEPOSITS; i++) {
            Outcome outcome = Target.await(target().submit(new Deposit(ids.getAndIncrement(), VICTIM, 1)), PATIENCE);
            if (!(outcome instanceof Accepted)) {
                throw new AssertionError("a deposit was answered " + outcome);
            }
        }
    }

    /** How much more than in the beginning there is on an account, as the ledger tells. */
    long gainCents(int account) throws InterruptedException {
        Outcome outcome = Target.await(target().submit(new ReadBalance(ids.getAndIncrement(), account)), PATIENCE);
        if (!(outcome instanceof Accepted(long balanceCents))) {
            throw new AssertionError("the balance of account " + account + " was answered " + outcome);
        }
        return balanceCents - order.config().initialBalanceCents();
    }

    /** What {@link #deposit} has added. */
    static long depositedCents() {
        return DEPOSITS;
    }

    /** Until the ledger is served again whose JVM was lost; before that nobody may have been taken for its server. */
    void awaitRestart() {
        Awaitility.await().atMost(PATIENCE).until(servedAgain::isDone);
        if (!servedTooEarly.isEmpty()) {
            throw new AssertionError("a ledger that is not open yet is said to serve: " + servedTooEarly);
        }
    }

    /** Kills all that is left. */
    @Override
    public void close() {
        injections.forEach(Injection::end);
        served.close();
    }
}
