package fourways.actors;

import fourways.workload.Admission;
import fourways.workload.LedgerConfig;
import fourways.workload.Pulse;
import fourways.workload.Pulse.Beat;
import fourways.workload.RecoveryLog;
import fourways.workload.RecoveryLog.Step;
import fourways.workload.Request;
import fourways.workload.Watchdog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * The actor that deals with shards' actors that do not come back. It runs on a thread that no shard ever has, and does not block.
 *
 * <p>An actor cannot be stopped in the middle of a message, and its thread cannot be taken from it. So the shard is suspended, those who wait for it are told that
 * nobody knows, the dispatcher gets another thread, and another actor, behind the same address, takes the shard over. That is bounded by the threads that the
 * dispatcher can spare: when they are used up, or where nothing is journaled that another actor could recover the shard from, the shard stays suspended until the
 * stuck actor comes back, which then goes on as its owner. And when no thread is left that could serve anybody, all shards are suspended for so long.
 *
 * <p>Its mailbox is the framework's default, with no bound of its own: each shard's actor is said to be stuck once, and to be back once, for each deadline that passes.
 */
final class Stalls extends AbstractBehavior<Stalls.Message> {

    /** What the watchdog says. */
    sealed interface Message {}

    record Stuck(Pulse pulse, Beat beat, long busyMillis) implements Message {}

    record Back(Pulse pulse, long busyMillis) implements Message {}

    private final HardenedSupervision supervision;
    private final LedgerConfig config;
    private final Admission admission;
    private final Suspensions suspensions;
    private final ShardRefs shards;
    private final ShardDispatcher dispatcher;
    private final Watchdog watchdog;

    /** Of all actors that are watched. */
    private final Map<Pulse, Tenure> tenures = new LinkedHashMap<>();

    /** Actors whose threads have been made up for; bounded by what the dispatcher can spare. */
    private final Map<Pulse, Tenure> replaced = new LinkedHashMap<>();

    /** Actors, in the order in which they got stuck, whose threads could not be made up for; one a thread. */
    private final Map<Pulse, Tenure> lost = new LinkedHashMap<>();

    private boolean exhausted;

    private Stalls(
            ActorContext<Message> context,
            HardenedSupervision supervision,
            Admission admission,
            ShardRefs shards,
            List<Tenure> first) {
        super(context);
        this.supervision = supervision;
        this.config = supervision.config();
        this.admission = admission;
        this.suspensions = new Suspensions(config, admission);
        this.shards = shards;
        this.dispatcher = ShardDispatcher.of(context.getSystem());
        this.watchdog =
                Watchdog.start(context.getSystem().name() + "-watchdog", config.deadlineMillis(), listener(context));
        first.forEach(this::watch);
    }

    static Behavior<Message> create(
            HardenedSupervision supervision, Admission admission, ShardRefs shards, List<Tenure> first) {
        return Behaviors.setup(context -> new Stalls(context, supervision, admission, shards, first));
    }

    private static Watchdog.Listener listener(ActorContext<Message> context) {
        var self = context.getSelf();
        return new Watchdog.Listener() {
            @Override
            public void stuck(Pulse pulse, Beat beat, long busyMillis) {
                self.tell(new Stuck(pulse, beat, busyMillis));
            }

            @Override
            public void back(Pulse pulse, Beat beat, long busyMillis) {
                self.tell(new Back(pulse, busyMillis));
            }
        };
    }

    private void watch(Tenure tenure) {
        tenures.put(tenure.pulse(), tenure);
        watchdog.add(tenure.pulse());
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onAnyMessage(this::receive)
                .onSignal(PostStop.class, signal -> {
                    watchdog.close();
                    return this;
                })
                .build();
    }

    private Behavior<Message> receive(Message message) {
        switch (message) {
            case Stuck m -> stuck(m);
            case Back m -> back(m);
        }
        return this;
    }

    private void stuck(Stuck m) {
        Tenure tenure = tenures.get(m.pulse());
        if (tenure == null || !m.pulse().isAt(m.beat())) {
            // It has come back before this was read.
            return;
        }
        Request request = m.beat().request(admission);
        if (request != null) {
            admission.blame(request);
        }
        String reason = tenure.name() + " has been busy with one message for " + m.busyMillis() + " ms";
        getContext().getLog().warn("{}; its shard is suspended", reason);
        RecoveryLog.shard(Step.DETECTED, tenure.shard(), reason);
        suspensions.suspend(tenure.shard(), reason);
        lost.put(m.pulse(), tenure);
        if (!makeUp(tenure)) {
            String bound = reason + ", and so are the " + dispatcher.spareThreads()
                    + " others that the dispatcher can make up for (ledger.shards.spare-threads)";
            getContext().getLog().error("{}: it is refused until its actor comes back", bound);
            suspensions.suspend(tenure.shard(), bound);
            suspensions.strand(tenure.shard(), bound);
            checkExhaustion();
        }
    }

    /** Has another thread run in place of a lost one, and another actor in place of that which has it. */
    private boolean makeUp(Tenure tenure) {
        if (!dispatcher.spare()) {
            return false;
        }
        lost.remove(tenure.pulse());
        replaced.put(tenure.pulse(), tenure);
        if (supervision.canReplace()) {
            takeOver(tenure);
        } else {
            suspensions.strand(
                    tenure.shard(), "its actor is stuck, and with nothing journaled no other can take its place");
        }
        return true;
    }

    private void takeOver(Tenure before) {
        Tenure tenure = before.next();
        watch(tenure);
        shards.replace(
                before.shard(),
                getContext().spawn(supervision.successor(before, tenure, shards), tenure.name(), ActorSystems.SHARD));
    }

    private void back(Back m) {
        if (replaced.containsKey(m.pulse()) || lost.containsKey(m.pulse())) {
            getContext().getLog().warn("{} came back after {} ms", m.pulse(), m.busyMillis());
        }
        Tenure late = lost.remove(m.pulse());
        if (late != null) {
            suspensions.resume(late.shard());
        }
        Tenure madeUpFor = replaced.remove(m.pulse());
        if (madeUpFor != null) {
            dispatcher.giveBack();
            if (supervision.canReplace()) {
                watchdog.remove(m.pulse());
                tenures.remove(m.pulse());
            } else {
                suspensions.resume(madeUpFor.shard());
            }
            // The thread that is free again makes up for another, if there is one.
            lost.values().stream().findFirst().ifPresent(this::makeUp);
        }
        checkExhaustion();
    }

    /** With no thread left, whoever is let in would wait for nobody. */
    private void checkExhaustion() {
        boolean now = lost.size() >= config.workers();
        if (now != exhausted) {
            exhausted = now;
            if (now) {
                suspensions.suspendAll(
                        "every thread of the dispatcher has an actor that is stuck, and no other can be spared");
            } else {
                suspensions.resumeAll();
            }
            lost.values().forEach(tenure -> suspensions.suspend(tenure.shard(), "its actor is stuck"));
        }
    }
}
