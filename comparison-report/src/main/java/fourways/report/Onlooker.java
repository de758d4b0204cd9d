package fourways.report;

import fourways.report.FaultCell.Moment;
import fourways.workload.Commands;
import fourways.workload.History;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at an observed trial four times a second, and says in words what has changed: what becomes of the requests to victims and neighbours, and what the ledger logs about its
 * own recovery. Only for people who watch: what counts is computed from everything, after the end. Looks on a thread of its own until it is closed.
 */
final class Onlooker implements AutoCloseable {

    private static final long LOOK_MILLIS = 250;

    /** Who has no answer by then is said to wait; most answers take less than one thousandth of it. */
    private static final long WAIT_MILLIS = 250;

    /** How the ledgers begin the lines in their logs that are about recovery. */
    private static final String RECOVERY = "RECOVERY ";

    private static final List<Reason> UNSERVED = List.of(Reason.OVERLOADED, Reason.UNAVAILABLE, Reason.QUARANTINED);

    private final History history;
    private final Schedule schedule;
    private final Commands commands;
    private final LedgerConfig config;
    private final Set<Integer> victims;
    private final Path log;
    private final LongSupplier nowMillis;
    private final Consumer<Moment> listener;
    private final Thread thread = Thread.ofPlatform().daemon().name("onlooker").unstarted(this::look);

    private int nextRequest;
    private long logRead;
    private String lastSaid = "";

    /** What may become of a request that is not served. */
    private enum Trouble {
        UNSENT("find nobody to ask"),
        WAITING("wait for an answer"),
        REFUSED("are refused"),
        UNKNOWN("hear that nobody can say what became of their requests");

        private final String words;

        Trouble(String words) {
            this.words = words;
        }
    }

    Onlooker(
            History history,
            Schedule schedule,
            Commands commands,
            LedgerConfig config,
            Set<Integer> victims,
            Path log,
            LongSupplier nowMillis,
            Consumer<Moment> listener) {
        this.history = history;
        this.schedule = schedule;
        this.commands = commands;
        this.config = config;
        this.victims = victims;
        this.log = log;
        this.nowMillis = nowMillis;
        this.listener = listener;
    }

    /** Begins with what is sent from now on. */
    void start() {
        nextRequest = schedule.firstAt(nowMillis.getAsLong());
        thread.start();
    }

    private void look() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                lookOnce();
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            // Closed: what was still to be said, the trial's figures say.
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            listener.accept(new Moment("the trial's log cannot be read any more: " + e, nowMillis.getAsLong()));
        }
    }

    /** For a test, without a thread. */
    void lookOnce() throws IOException {
        for (String line : newLines()) {
            if (line.startsWith(RECOVERY)) {
                listener.accept(new Moment("the ledger's log says: " + line, nowMillis.getAsLong()));
            }
        }
        long untilMillis = nowMillis.getAsLong() - WAIT_MILLIS;
        int until = Math.min(schedule.requests(), schedule.firstAt(untilMillis));
        if (until <= nextRequest) {
            return;
        }
        String said = describe(nextRequest, until);
        nextRequest = until;
        if (!said.equals(lastSaid) && !(lastSaid.isEmpty() && said.equals(allServed()))) {
            listener.accept(new Moment(said, untilMillis));
        }
        lastSaid = said;
    }

    private String describe(int from, int until) {
        Map<Trouble, Set<Integer>> troubles = new EnumMap<>(Trouble.class);
        for (int request = from; request < until; request++) {
            var command = commands.command(request);
            Trouble trouble = EvenLoad.crosses(command, config) ? null : troubleOf(request);
            if (trouble != null) {
                troubles.computeIfAbsent(trouble, any -> new TreeSet<>()).add(config.shardOf(command));
            }
        }
        if (troubles.isEmpty()) {
            return allServed();
        }
        List<String> parts = new ArrayList<>();
        troubles.forEach((trouble, shards) -> parts.add("clients of " + inWords(shards) + " " + trouble.words));
        return PageWords.and(parts);
    }

    private @Nullable Trouble troubleOf(int request) {
        return switch (history.state(request)) {
            case UNSENT -> Trouble.UNSENT;
            case UNANSWERED -> Trouble.WAITING;
            case INDETERMINATE -> Trouble.UNKNOWN;
            case REFUSED -> UNSERVED.contains(history.refusal(request)) ? Trouble.REFUSED : null;
            case ACCEPTED -> null;
        };
    }

    private String allServed() {
        return "clients of " + (victims.size() == 1 ? "the victim" : "the victims") + " and of all "
                + (config.shards() - victims.size()) + " neighbours are served";
    }

    private String inWords(Set<Integer> shards) {
        int hitVictims = Math.toIntExact(shards.stream().filter(victims::contains).count());
        int hitNeighbours = shards.size() - hitVictims;
        int neighbours = config.shards() - victims.size();
        String ofVictims = victims.size() == 1 ? "the victim" : hitVictims + " of " + victims.size() + " victims";
        String ofNeighbours = hitNeighbours + " of " + neighbours + " neighbours";
        if (hitNeighbours == 0) {
            return ofVictims;
        }
        return hitVictims == 0 ? ofNeighbours : ofVictims + " and of " + ofNeighbours;
    }

    /** Whole lines that were added since the last look; the log itself is bounded. */
    private List<String> newLines() throws IOException {
        if (!Files.exists(log)) {
            return List.of();
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] added = new byte[Math.toIntExact(Math.max(0, file.length() - logRead))];
            file.seek(logRead);
            file.readFully(added);
            String text = new String(added, StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n') + 1;
            logRead += text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
            return text.substring(0, end).lines().toList();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
