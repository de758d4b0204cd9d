package fourways.workload;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault really takes place: it is inflicted on a {@link StruckMain}, and looked at from outside. */
class StandardFaultTest {

    private static final Pattern FIRED = Pattern.compile("FIRED (\\S+) pid=(\\d+) tid=(\\d+) shard=(\\d+) (.+)\n");
    private static final long INITIAL_CENTS = 1_000;

    @TempDir
    private Path directory;

    private final List<ChildJvm> hosts = new ArrayList<>();

    private ChildJvm strike(StandardFault fault) throws IOException {
        return strike(fault, List.of(), 1, 1);
    }

    private ChildJvm strike(StandardFault fault, List<String> wrapper, int shards, int times) throws IOException {
        ChildJvm host = ChildJvm.start(
                directory.resolve("output-" + hosts.size()),
                wrapper,
                StruckMain.class,
                directory.resolve("ledger"),
                fault.faultName(),
                shards,
                times);
        hosts.add(host);
        return host;
    }

    @AfterEach
    void endHosts() {
        hosts.forEach(ChildJvm::close);
    }

    private static void await(ChildJvm host, String text) {
        Awaitility.await().atMost(ChildJvm.PATIENCE).until(() -> {
            String output = host.output();
            if (!host.isAlive() && !output.contains(text)) {
                throw new AssertionError("ended without saying '" + text + "':\n" + output);
            }
            return output.contains(text);
        });
    }

    /** What it says of having struck, after it has said so many lines of that, each of which must name the fault and the process. */
    private static List<MatchResult> fired(StandardFault fault, ChildJvm host, int lines) {
        Awaitility.await()
                .atMost(ChildJvm.PATIENCE)
                .until(() -> FIRED.matcher(host.output()).results().count() >= lines || !host.isAlive());
        List<MatchResult> all = FIRED.matcher(outputOf(host)).results().toList();
        assertEquals(lines, all.size(), () -> outputOf(host));
        all.forEach(line -> {
            assertEquals(fault.faultName(), line.group(1));
            assertEquals(host.pid(), Long.parseLong(line.group(2)));
        });
        return all;
    }

    private static String evidence(StandardFault fault, ChildJvm host) {
        return fired(fault, host, 1).getFirst().group(5);
    }

    private static String outputOf(ChildJvm host) {
        try {
            return host.output();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Of the thread that it says it struck: the kernel's letter for its state, and the ticks of CPU that it used. */
    private record Task(String state, long ticks) {

        static Task of(MatchResult line) throws IOException {
            String stat = Files.readString(Path.of("/proc", line.group(2), "task", line.group(3), "stat"));
            String[] field = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
            return new Task(field[0], Long.parseLong(field[11]) + Long.parseLong(field[12]));
        }
    }

    private static long[] balances(ChildJvm host) {
        await(host, StruckMain.BALANCES);
        return outputOf(host)
                .lines()
                .filter(line -> line.startsWith(StruckMain.BALANCES))
                .flatMapToLong(line -> Arrays.stream(
                                line.substring(StruckMain.BALANCES.length()).split(" ", -1))
                        .mapToLong(Long::parseLong))
                .toArray();
    }

    private static void assertAnswered(ChildJvm host) {
        await(host, StruckMain.BALANCES);
        assertTrue(outputOf(host).contains(StruckMain.ANSWERED + new Outcome.Accepted(0) + "\n"), () -> outputOf(host));
        assertFalse(outputOf(host).contains(StruckMain.THREW), () -> outputOf(host));
    }

    private static void assertMemoryIsAsItWas(ChildJvm host) {
        Arrays.stream(balances(host)).forEach(cents -> assertEquals(INITIAL_CENTS, cents));
    }

    @Test
    void exceptionIsThrownInTheMiddleOfAnUpdate() throws Exception {
        ChildJvm host = strike(StandardFault.EXCEPTION);

        assertEquals("throws an IllegalStateException", evidence(StandardFault.EXCEPTION, host));
        await(host, StruckMain.THREW + "java.lang.IllegalStateException\n");
        assertEquals(INITIAL_CENTS + 1, balances(host)[0], "half of an update");
    }

    @Test
    void stackOverflowUsesUpTheStack() throws Exception {
        ChildJvm host = strike(StandardFault.STACK_OVERFLOW);

        String evidence = evidence(StandardFault.STACK_OVERFLOW, host);
        assertTrue(evidence.matches("StackOverflowError after [0-9]{4,} calls"), evidence);
        await(host, StruckMain.THREW + "java.lang.StackOverflowError\n");
    }

    @Test
    void heapExhaustionLeavesNothingToAnybody() throws Exception {
        ChildJvm host = strike(StandardFault.HEAP_EXHAUSTION);

        assertEquals(StruckMain.NO_MEMORY, host.end(), () -> outputOf(host));
        String evidence = evidence(StandardFault.HEAP_EXHAUSTION, host);
        assertTrue(evidence.matches("OutOfMemoryError with [4-6][0-9] MiB kept for ever"), evidence);
    }

    @Test
    void gcPressureHoldsTheHeapForAWhileAndKeepsTheCollectorBusy() throws Exception {
        ChildJvm host = strike(StandardFault.GC_PRESSURE);

        assertAnswered(host);
        assertMemoryIsAsItWas(host);
        List<MatchResult> lines = fired(StandardFault.GC_PRESSURE, host, 2);
        String begin = lines.getFirst().group(5);
        String end = lines.getLast().group(5);
        assertTrue(begin.matches("holds [45][0-9] MiB in use of a heap of 6[0-9] MiB"), begin);
        // A heap of which so little is free is collected at least once for each time that it would be filled.
        assertTrue(
                end.matches(
                        "made [1-9][0-9]* MiB of garbage in 5 s, which took [1-9][0-9]+ collections of [1-9][0-9]+ ms"
                                + " in all; lets go of [45][0-9] MiB"),
                end);
    }

    @Test
    void busyLoopUsesACore() throws Exception {
        ChildJvm host = strike(StandardFault.BUSY_LOOP);

        MatchResult line = fired(StandardFault.BUSY_LOOP, host, 1).getFirst();
        long before = Task.of(line).ticks();
        Awaitility.await()
                .atMost(ChildJvm.PATIENCE)
                .until(() -> Task.of(line).ticks() > before + 50
                        && Task.of(line).state().equals("R"));
        assertFalse(outputOf(host).contains(StruckMain.ANSWERED));
    }

    @Test
    void blockingCallHoldsItsThreadWithoutACore() throws Exception {
        ChildJvm host = strike(StandardFault.BLOCKING_CALL);

        MatchResult line = fired(StandardFault.BLOCKING_CALL, host, 1).getFirst();
        Awaitility.await().atMost(10, SECONDS).until(() -> Task.of(line).state().equals("S"));
        assertFalse(outputOf(host).contains(StruckMain.ANSWERED));
        assertFalse(outputOf(host).contains(StruckMain.THREW));
    }

    @Test
    void deadlockIsOneToTheJvmToo() throws Exception {
        ChildJvm host = strike(StandardFault.DEADLOCK, List.of(), 2, 1);

        List<MatchResult> lines = fired(StandardFault.DEADLOCK, host, 2);
        assertNotEquals(lines.getFirst().group(3), lines.getLast().group(3), "threads");
        assertNotEquals(lines.getFirst().group(4), lines.getLast().group(4), "shards");
        Awaitility.await()
                .atMost(ChildJvm.PATIENCE)
                .until(() -> threadDump(host).contains("Found one Java-level deadlock"));
    }

    private String threadDump(ChildJvm host) throws Exception {
        Path dump = directory.resolve("dump");
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(jcmd, Long.toString(host.pid()), "Thread.print")
                .redirectErrorStream(true)
                .redirectOutput(dump.toFile())
                .start();
        assertTrue(process.waitFor(ChildJvm.PATIENCE.toSeconds(), SECONDS));
        return Files.readString(dump);
    }

    @Test
    void deadlockAloneIsNone() throws Exception {
        ChildJvm host = strike(StandardFault.DEADLOCK);

        assertAnswered(host);
        fired(StandardFault.DEADLOCK, host, 0);
    }

    @Test
    void descriptorExhaustionLeavesNoneInTheProcess() throws Exception {
        ChildJvm host = strike(StandardFault.DESCRIPTOR_EXHAUSTION, List.of("prlimit", "--nofile=256"), 1, 1);

        assertAnswered(host);
        assertMemoryIsAsItWas(host);
        String evidence = evidence(StandardFault.DESCRIPTOR_EXHAUSTION, host);
        assertTrue(
                evidence.matches("has [0-9]{3} files more open, and the next fails with: .+; the limit is 256"),
                evidence);
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(host.pid()), "fd"))) {
            assertEquals(256, open.count());
        }
    }

    @Test
    void descriptorExhaustionRefusesToStartWhereTheLimitIsHigh() throws Exception {
        ChildJvm host = strike(StandardFault.DESCRIPTOR_EXHAUSTION, List.of("prlimit", "--nofile=4097"), 1, 1);

        await(host, StruckMain.THREW + "java.lang.IllegalStateException\n");
        fired(StandardFault.DESCRIPTOR_EXHAUSTION, host, 0);
    }

    @Test
    void poisonedClassIsDeadForOneProcessAndAliveInTheNext() throws Exception {
        ChildJvm first = strike(StandardFault.POISONED_CLASS, List.of(), 1, 2);

        await(first, StruckMain.THREW + "java.lang.ExceptionInInitializerError\n");
        await(first, StruckMain.THREW + "java.lang.NoClassDefFoundError\n");
        assertEquals(2, fired(StandardFault.POISONED_CLASS, first, 2).size());
        first.kill();

        ChildJvm second = strike(StandardFault.POISONED_CLASS);
        assertAnswered(second);
        fired(StandardFault.POISONED_CLASS, second, 0);
    }

    @Test
    void wildWriteMakesMemoryDifferFromTheJournals() throws Exception {
        ChildJvm host = strike(StandardFault.WILD_WRITE);

        assertAnswered(host);
        assertEquals(
                "added 100 cents behind the owners' backs to shard/account: 1/9 2/10 3/11",
                evidence(StandardFault.WILD_WRITE, host));
        long[] inMemory = balances(host);
        host.kill();
        LedgerConfig config = StruckMain.config(directory.resolve("ledger"));
        for (int account = 0; account < config.accounts(); account++) {
            long journaled = journaled(config, account);
            assertEquals(INITIAL_CENTS, journaled);
            assertEquals(account < 9 ? journaled : journaled + 100, inMemory[account], "account " + account);
        }
    }

    private static long journaled(LedgerConfig config, int account) {
        return JournalAudit.read(config, config.shardOf(account), new JournalAudit.Visitor() {
                    @Override
                    public void entry(Entry entry, Path segment, long offset) {}

                    @Override
                    public void contradiction(Path segment, String what) {
                        throw new AssertionError(segment + ": " + what);
                    }
                })
                .books()
                .balance(account);
    }

    @Test
    void nativeCrashEndsTheProcessAndLeavesNoFiles() throws Exception {
        ChildJvm host = strike(StandardFault.NATIVE_CRASH);

        assertNotEquals(0, host.end());
        assertEquals("writes to address 0", evidence(StandardFault.NATIVE_CRASH, host));
        assertTrue(outputOf(host).contains("SIGSEGV"), () -> outputOf(host));
        assertFalse(Files.exists(Path.of("hs_err_pid" + host.pid() + ".log")));
        assertFalse(Files.exists(Path.of("core." + host.pid())));
        assertFalse(Files.exists(Path.of("core")));
    }

    @Test
    void exitEndsTheProcess() throws Exception {
        ChildJvm host = strike(StandardFault.EXIT);

        assertEquals(StandardFault.HALT_STATUS, host.end());
        assertEquals("halts the process with status 86", evidence(StandardFault.EXIT, host));
    }

    @Test
    void slowRequestsSaySoOnce() throws Exception {
        ChildJvm host = strike(StandardFault.SLOW_REQUEST, List.of(), 1, 3);

        assertMemoryIsAsItWas(host);
        assertEquals("holds the handler for 5 ms, as will all that follow", evidence(StandardFault.SLOW_REQUEST, host));
        assertEquals(
                3,
                IntStream.iterate(
                                outputOf(host).indexOf(StruckMain.ANSWERED),
                                at -> at >= 0,
                                at -> outputOf(host).indexOf(StruckMain.ANSWERED, at + 1))
                        .count());
    }
}
