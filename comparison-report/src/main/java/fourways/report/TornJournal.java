package fourways.report;

import fourways.workload.JournalVandal;
import fourways.workload.JournalVandal.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A crash in the middle of an append: all processes of the trial are killed, half an entry is put behind the last whole one of the victim's journal, and the ledger is started again, which must
 * cut it off. When all has been observed and checked, the other half of the promise: with one bit flipped inside the journal the ledger must not open, and say where; with the bit flipped
 * back it must.
 */
final class TornJournal implements Injection {

    private static final Duration KILL_PATIENCE = Duration.ofSeconds(5);
    private static final Duration RESTART_PATIENCE = Duration.ofSeconds(10);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);

    private final Target target;
    private final JournalVandal vandal;
    private final CompletableFuture<Place> torn = new CompletableFuture<>();
    private boolean killed;

    TornJournal(Target target) {
        this.target = target;
        this.vandal = new JournalVandal(target.config(), target.shard());
    }

    @Override
    public List<Integer> victims() {
        return List.of(target.shard());
    }

    @Override
    public void aim() throws InterruptedException {
        target.locate();
    }

    @Override
    public void inflict() {
        killed = true;
        target.jvm().tree().kill(KILL_PATIENCE);
    }

    @Override
    public void beforeRestart() throws IOException {
        // All of it again: this may be called as soon as the first of the processes is gone.
        target.jvm().tree().kill(KILL_PATIENCE);
        if (killed && !torn.isDone()) {
            try {
                torn.complete(vandal.tear());
            } catch (IOException e) {
                torn.completeExceptionally(e);
                throw e;
            }
        }
    }

    @Override
    public @Nullable String proof() throws InterruptedException, IOException {
        try {
            Place place = torn.get(RESTART_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return "all processes were sent SIGKILL, and half an entry was left at offset " + place.offset() + " of "
                    + named(place) + ", behind the last whole one";
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw new IOException("the journal cannot be torn", e.getCause());
        }
    }

    private static String named(Place place) {
        Path file = place.file();
        return String.valueOf(file.getParent()).replaceAll(".*/", "") + "/" + file.getFileName();
    }

    /**
     * Opens the ledger with the damage, and without.
     *
     * @throws TrialFailedException if it takes the damage for sound, or does not say where it is, or does not open without it
     */
    @Override
    public String afterCheck() throws InterruptedException, IOException {
        Place place = vandal.flip();
        String complaint;
        try {
            complaint = complaintOf(place);
        } finally {
            vandal.flip(place);
        }
        try (TrialJvm jvm = TrialJvm.start(target.command(), target.log())) {
            jvm.awaitReady(RESTART_PATIENCE);
            jvm.endGracefully(CLOSE_PATIENCE);
        }
        return "with one bit flipped in the entry at offset " + place.offset() + " of " + named(place)
                + " the ledger did not open: '" + complaint + "'; with the bit flipped back it did";
    }

    private String complaintOf(Place place) throws InterruptedException, IOException {
        LogTail log = LogTail.from(target.log());
        try (TrialJvm jvm = TrialJvm.start(target.command(), target.log())) {
            jvm.awaitReady(RESTART_PATIENCE);
        } catch (TrialFailedException e) {
            // The log is complete when the JVM is closed.
            return complaintIn(log.lines(), place);
        }
        throw new TrialFailedException(
                "the ledger opened though a bit was flipped at offset " + place.offset() + " of " + place.file());
    }

    private static String complaintIn(List<String> lines, Place place) {
        String where = place.file() + " at offset " + place.offset();
        return lines.stream()
                .filter(line -> line.contains(where))
                .map(line -> line.substring(Math.max(0, line.indexOf("journal damaged")))
                        .replace(place.file().toString(), named(place)))
                .findFirst()
                .orElseThrow(() -> new TrialFailedException(
                        "the ledger did not open with a bit flipped, but does not say that it was at " + where));
    }
}
