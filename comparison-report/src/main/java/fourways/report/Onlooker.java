package fourways.report;

import fourways.report.FaultCell.Moment;
import fourways.workload.Commands;
import fourways.workload.History;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome.Reason;
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
 * Looks ten times a second at what becomes of the requests of an observed trial, and says in words what has changed, for victims and neighbours apart. Only for people who watch: what counts is
 * computed from every request, after the end. Looks on a thread of its own until it is closed.
 */
final class Onlooker implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;

    /** Who has no answer by then is said to wait; most answers take a hundredth of it. What is said is so much older than the moment at which it is said. */
    private static final long WAIT_MILLIS = 100;

    private static final List<Reason> UNSERVED = List.of(Reason.OVERLOADED, Reason.UNAVAILABLE, Reason.QUARANTINED);

    private final History history;
    private final Schedule schedule;
    private final Commands commands;
    private final LedgerConfig config;
    private final Set<Integer> victims;
    private final LongSupplier nowMillis;
    private final Consumer<Moment> listener;
    private final Thread thread = Thread.ofPlatform().daemon().name("onlooker").unstarted(this::look);

    private int nextRequest;
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
            LongSupplier nowMillis,
            Consumer<Moment> listener) {
        this.history = history;
        this.schedule = schedule;
        this.commands = commands;
        this.config = config;
        this.victims = victims;
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
        }
    }

    /** For a test, without a thread. */
    void lookOnce() {
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
        int hitVictims =
                Math.toIntExact(shards.stream().filter(victims::contains).count());
        int hitNeighbours = shards.size() - hitVictims;
        int neighbours = config.shards() - victims.size();
        String ofVictims = victims.size() == 1 ? "the victim" : hitVictims + " of " + victims.size() + " victims";
        String ofNeighbours =
                (hitNeighbours == neighbours ? "all " : hitNeighbours + " of ") + neighbours + " neighbours";
        if (hitNeighbours == 0) {
            return ofVictims;
        }
        return hitVictims == 0 ? ofNeighbours : ofVictims + " and of " + ofNeighbours;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
