package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command;
import fourways.workload.Command.Locate;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search for proof, against a process that is no JVM, and a ledger that says whatever a test wants. */
final class InjectionTest {

    private static final String SLEEPS = "exec sleep 100";
    private static final String SPINS = "while :; do :; done";
    private static final String ENDS_SOON = "sleep 0.2; exit 86";

    private static final CompletableFuture<Outcome> SILENCE = new CompletableFuture<>();

    @TempDir
    Path directory;

    /** What the handler prints when it is struck. */
    private String said = "";

    @Test
    void killIsProvenByTheDeathOfTheProcess() throws Exception {
        String proof = proof("kill", SLEEPS, SILENCE);

        assertNotNull(proof);
        assertTrue(
                proof.endsWith("which ran shard 3, was sent SIGKILL and is gone, with exit status 137 (SIGKILL)"),
                proof);
    }

    @Test
    void exitIsProvenByTheDeathOfTheProcess() throws Exception {
        String proof = proof("exit", ENDS_SOON, SILENCE);

        assertNotNull(proof);
        assertTrue(proof.endsWith("which ran shard 3, is gone, with exit status 86"), proof);
    }

    @Test
    void exitOfAProcessThatLivesDidNotFire() throws Exception {
        assertNull(proof("exit", SLEEPS, answer(new Indeterminate("so they say"))));
    }

    @Test
    void exceptionIsProvenByWhatItSays() throws Exception {
        said = "FIRED exception pid=1 tid=2 shard=3 throws";

        String proof = proof("exception", SLEEPS, answer(new Indeterminate("it broke")));

        assertEquals(said + ", and the request that carried it was answered 'indeterminate: it broke'", proof);
    }

    @Test
    void answerAloneIsNoProofOfAnException() throws Exception {
        assertNull(proof("exception", SLEEPS, answer(new Indeterminate("so they say"))));
    }

    @Test
    void whatAnotherFaultOrShardSaysIsNoProof() throws Exception {
        said = "FIRED stack-overflow pid=1 tid=2 shard=3 recurses\nFIRED exception pid=1 tid=2 shard=33 throws";

        assertNull(proof("exception", SLEEPS, SILENCE));
    }

    @Test
    void handlerThatComesBackFromAFaultThatHoldsItDidNotSufferIt() throws Exception {
        said = "FIRED blocking-call pid=1 tid=2 shard=3 blocks";

        assertNotNull(proof("blocking-call", SLEEPS, SILENCE));
        assertNull(proof("blocking-call", SLEEPS, answer(new Accepted(0))));
    }

    @Test
    void faultThatWasServedLikeAnyRequestDidNotFire() throws Exception {
        assertNull(proof("exception", SLEEPS, answer(new Accepted(0))));
        assertNull(proof("busy-loop", SPINS, answer(new Accepted(0))));
    }

    @Test
    void freezeIsProvenByTheKernelAndEndedAfterwards() throws Exception {
        try (TrialJvm process = start(SLEEPS)) {
            Injection injection = Catalogue.entry("freeze").at(target(process, ledger(process.pid(), SILENCE)));
            injection.aim();
            injection.inflict();
            String proof = injection.proof();

            injection.end();

            assertTrue(String.valueOf(proof).endsWith("and the kernel says that it is stopped"), proof);
            assertFalse(Proc.isStopped(process.pid()));
        }
    }

    /** It is not sent when nobody inflicts it. */
    @Test
    void freezeThatTheKernelDoesNotSeeDidNotFire() throws Exception {
        try (TrialJvm process = start(SLEEPS)) {
            Injection injection = Catalogue.entry("freeze").at(target(process, ledger(process.pid(), SILENCE)));
            injection.aim();

            assertNull(injection.proof());
        }
    }

    @Test
    void supervisorIsNoneWhereTheShardRunsInTheTrialsOwnProcess() throws Exception {
        try (TrialJvm process = start(SLEEPS)) {
            Injection injection =
                    Catalogue.entry("kill-supervisor").at(target(process, ledger(process.pid(), SILENCE)));

            assertThrows(NotApplicableException.class, injection::aim);
        }
    }

    @Test
    void killedSupervisorIsProvenByItsEndAndTheOrphansAreWaitedFor() throws Exception {
        try (TrialJvm process = start("sleep 100 & wait")) {
            ProcessHandle worker = Awaitility.await()
                    .until(() -> process.tree().alive(), alive -> alive.size() == 2)
                    .getLast();
            Injection injection = Catalogue.entry("kill-supervisor").at(target(process, ledger(worker.pid(), SILENCE)));
            injection.aim();
            injection.inflict();

            String proof = String.valueOf(injection.proof());

            assertTrue(
                    proof.contains("exit status 137 (SIGKILL); its 1 children had not all ended, 1 were left"), proof);
        }
    }

    /** All of the fake ledger's answers name the same thread. */
    @Test
    void twoShardsOfOneThreadCannotWaitForEachOther() throws Exception {
        try (TrialJvm process = start(SLEEPS)) {
            Injection injection = Catalogue.entry("deadlock").at(target(process, ledger(process.pid(), SILENCE)));

            String message =
                    assertThrows(NotApplicableException.class, injection::aim).getMessage();

            assertEquals(
                    "shard 3 shares its process with 63 other shards, and one thread serves them all: it cannot wait for itself",
                    message);
        }
    }

    @Test
    void busyLoopIsProvenByAThreadThatDoesNotStop() throws Exception {
        String proof = proof("busy-loop", SPINS, SILENCE);

        assertNotNull(proof);
        assertTrue(proof.contains("(sh) of process"), proof);
    }

    /** Somebody else answers for a thread that is stuck. */
    @Test
    void busyLoopIsProvenByItsThreadThoughTheRequestIsAnswered() throws Exception {
        String proof = proof("busy-loop", SPINS, answer(new Indeterminate("stuck")));

        assertNotNull(proof);
        assertTrue(proof.contains("(sh) of process"), proof);
    }

    @Test
    void busyLoopIsProvenByTheEndOfItsProcessAndTheAnswerOfItsSupervisor() throws Exception {
        String proof = proof("busy-loop", ENDS_SOON, answer(new Indeterminate("killed")));

        assertNotNull(proof);
        assertTrue(proof.endsWith("was answered 'indeterminate: killed'"), proof);
    }

    @Test
    void answerAloneIsNoProofOfABusyLoop() throws Exception {
        assertNull(proof("busy-loop", SLEEPS, answer(new Indeterminate("so they say"))));
    }

    @Test
    void silenceAloneIsNoProofOfABusyLoop() throws Exception {
        assertNull(proof("busy-loop", SLEEPS, SILENCE));
    }

    /** This test's own process is certainly none of the trial's. */
    @Test
    void processOfSomebodyElseIsNeverTouched() throws Exception {
        long foreign = ProcessHandle.current().pid();
        try (TrialJvm process = start(SLEEPS)) {
            Injection injection = Catalogue.entry("kill").at(target(process, ledger(foreign, SILENCE)));

            String message =
                    assertThrows(TrialFailedException.class, injection::aim).getMessage();

            assertTrue(String.valueOf(message).endsWith("which is not one of the trial's"), message);
        }
    }

    private @Nullable String proof(String fault, String script, CompletableFuture<Outcome> sabotaged) throws Exception {
        try (TrialJvm process = start(script)) {
            Injection injection = Catalogue.entry(fault).at(target(process, ledger(process.pid(), sabotaged)));
            injection.aim();
            injection.inflict();
            return injection.proof();
        }
    }

    private Target target(TrialJvm process, Ledger ledger) {
        return new Target(
                3,
                LedgerConfig.in(directory),
                () -> ledger,
                process,
                List.of(),
                directory.resolve("socket"),
                directory.resolve("log"),
                new AtomicLong());
    }

    private TrialJvm start(String script) throws IOException {
        return TrialJvm.start(List.of("sh", "-c", script), directory.resolve("log"));
    }

    private static CompletableFuture<Outcome> answer(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    private Ledger ledger(long pid, CompletableFuture<Outcome> sabotaged) {
        return new Ledger() {
            @Override
            public CompletableFuture<Outcome> submit(Command command) {
                if (command instanceof Locate) {
                    return answer(new Located(pid, pid, "main"));
                }
                try {
                    Files.writeString(
                            directory.resolve("log"),
                            said + "\n",
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return sabotaged;
            }

            @Override
            public void close() {}
        };
    }
}
