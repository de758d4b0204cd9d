package fourways.report;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command;
import fourways.workload.Command.Locate;
import fourways.workload.Ledger;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    @Test
    void killIsProvenByTheDeathOfTheProcess() throws Exception {
        String proof = proof("kill", SLEEPS, SILENCE);

        assertNotNull(proof);
        assertTrue(proof.endsWith("which ran shard 3, was sent SIGKILL and is gone, with exit status 137"), proof);
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
    void exceptionIsProvenByAnIndeterminateAnswer() throws Exception {
        String proof = proof("exception", SLEEPS, answer(new Indeterminate("it broke")));

        assertNotNull(proof);
        assertTrue(proof.contains("indeterminate: it broke"), proof);
    }

    @Test
    void faultThatWasServedLikeAnyRequestDidNotFire() throws Exception {
        assertNull(proof("exception", SLEEPS, answer(new Accepted(0))));
        assertNull(proof("busy-loop", SPINS, answer(new Accepted(0))));
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
        assertTrue(proof.contains("which ran shard 3, is gone, and the request"), proof);
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
            Injection injection = new Injection("kill", 3, ledger(foreign, SILENCE), process, 0);

            String message =
                    assertThrows(TrialFailedException.class, injection::aim).getMessage();

            assertTrue(String.valueOf(message).endsWith("which is not one of the trial's"), message);
        }
    }

    private @Nullable String proof(String fault, String script, CompletableFuture<Outcome> sabotaged) throws Exception {
        try (TrialJvm process = start(script)) {
            Injection injection = new Injection(fault, 3, ledger(process.pid(), sabotaged), process, 0);
            injection.aim();
            injection.inflict();
            return injection.proof();
        }
    }

    private TrialJvm start(String script) throws IOException {
        return TrialJvm.start(List.of("sh", "-c", script), directory.resolve("log"));
    }

    private static CompletableFuture<Outcome> answer(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    private static Ledger ledger(long pid, CompletableFuture<Outcome> sabotaged) {
        return new Ledger() {
            @Override
            public CompletableFuture<Outcome> submit(Command command) {
                return command instanceof Locate ? answer(new Located(pid, pid, "main")) : sabotaged;
            }

            @Override
            public void close() {}
        };
    }
}
