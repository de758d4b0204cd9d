package fourways.report;

import fourways.workload.Command;
import fourways.workload.Command.Locate;
import fourways.workload.Command.Sabotage;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Refused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The trial that an injection strikes.
 *
 * @param shard the victim, or the first of several
 * @param current the way to the ledger now, which may have been started again; null while nobody serves it
 * @param jvm the first one
 * @param command what starts the trial's JVM
 * @param log where all that the trial's processes print to their standard errors goes
 * @param ids the next that no other command has
 */
record Target(
        int shard,
        LedgerConfig config,
        Supplier<@Nullable Ledger> current,
        TrialJvm jvm,
        List<String> command,
        Path socket,
        Path log,
        AtomicLong ids) {

    /** Before the trial's clock runs, so it costs nothing to be patient. */
    private static final Duration AIM_PATIENCE = Duration.ofSeconds(5);

    /** Where a shard runs. */
    record Owner(int shard, ProcessHandle process, long threadId) {}

    CompletableFuture<Outcome> submit(Command command) {
        Ledger ledger = current.get();
        return ledger == null ? new CompletableFuture<>() : ledger.submit(command);
    }

    Sabotage sabotage(int victim, String fault) {
        return new Sabotage(ids.getAndIncrement(), victim, fault);
    }

    Owner locate() throws InterruptedException {
        return locate(List.of(shard)).getFirst();
    }

    /** Asks all of them at the same time, so that many have something to do. */
    List<Owner> locate(List<Integer> shards) throws InterruptedException {
        List<CompletableFuture<Outcome>> answers = shards.stream()
                .map(each -> submit(new Locate(ids.getAndIncrement(), each)))
                .toList();
        List<ProcessHandle> alive = jvm.tree().alive();
        List<Owner> owners = new ArrayList<>();
        for (int i = 0; i < shards.size(); i++) {
            Outcome outcome = await(answers.get(i), AIM_PATIENCE);
            if (!(outcome instanceof Located located)) {
                throw new TrialFailedException("nobody tells who runs shard " + shards.get(i) + ": " + outcome);
            }
            owners.add(new Owner(shards.get(i), process(shards.get(i), located, alive), located.nativeThreadId()));
        }
        return owners;
    }

    /** Whatever a ledger answers, no process but the trial's own is ever touched. */
    private static ProcessHandle process(int shard, Located located, List<ProcessHandle> alive) {
        return alive.stream()
                .filter(process -> process.pid() == located.pid())
                .findFirst()
                .orElseThrow(() -> new TrialFailedException("shard " + shard + " is said to run in process "
                        + located.pid() + ", which is not one of the trial's"));
    }

    /** Whether a process is the trial's own JVM, above which there is nobody but the trial. */
    boolean isTopmost(ProcessHandle process) {
        return process.pid() == jvm.pid();
    }

    /** As a sentence about an answer has it. */
    static String words(Outcome outcome) {
        return switch (outcome) {
            case Accepted _ -> "accepted";
            case Refused refused -> "refused " + refused.reason() + ": " + refused.detail();
            case Indeterminate indeterminate -> "indeterminate: " + indeterminate.detail();
            case Located located -> "located in process " + located.pid();
        };
    }

    /** Null if there is no answer in time. */
    static @Nullable Outcome await(CompletableFuture<Outcome> answer, Duration patience) throws InterruptedException {
        try {
            return answer.copy().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw new TrialFailedException("the ledger broke its contract: a future ended with " + e.getCause(), e);
        }
    }
}
