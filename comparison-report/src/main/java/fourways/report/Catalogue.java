package fourways.report;

import fourways.report.Signalling.Signal;
import fourways.workload.Fault;
import fourways.workload.Faults;
import fourways.workload.StandardFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** All faults that there are to inflict: nineteen, from the handler's own doing to what is done to its process from outside, and then whichever are found on the class path. */
final class Catalogue {

    static final String KILL = "kill";
    static final String FREEZE = "freeze";

    private static final Map<String, Entry> ENTRIES = entries();

    private Catalogue() {}

    /**
     * A fault as it is inflicted.
     *
     * @param how in a sentence
     * @param journals what the trial needs of them
     * @param window for so long a trial is observed at least
     * @param patience for so long a trial is observed at least in which not all is steady again
     */
    record Entry(
            String name,
            String how,
            Journals journals,
            Duration window,
            Duration patience,
            Function<Target, Injection> injection) {

        Entry(String name, String how, Journals journals, Function<Target, Injection> injection) {
            this(name, how, journals, Duration.ZERO, Duration.ZERO, injection);
        }

        Injection at(Target target) {
            return injection.apply(target);
        }
    }

    enum Journals {
        /** Large files, which are rarely full. */
        ROOMY,
        /** So small that every shard needs a new file every few seconds. */
        TIGHT
    }

    static List<String> names() {
        return List.copyOf(ENTRIES.keySet());
    }

    /**
     * The fault of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Entry entry(String name) {
        Entry entry = ENTRIES.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("fault '" + name + "', allowed are " + names());
        }
        return entry;
    }

    private static Map<String, Entry> entries() {
        List<Entry> all = new ArrayList<>();
        all.add(inHandler("exception", "the handler throws in the middle of an update", Evidences::said));
        all.add(inHandler("stack-overflow", "the handler recurses without end", Evidences::said));
        all.add(inHandler(
                "heap-exhaustion",
                "the handler keeps arrays until there is no memory left",
                Evidences::ranOutOfMemory));
        all.add(inHandler(
                "gc-pressure",
                "a thread that the handler starts fills the heap nearly up, and makes garbage on top",
                Evidences::collects));
        all.add(inHandler("busy-loop", "the handler never returns, and uses a core", Spinning::spins));
        all.add(inHandler(
                "blocking-call", "the handler blocks for long, and ignores interruption", Evidences::saidAndKeptBy));
        all.add(new Entry(
                "pool-exhaustion",
                "as many handlers block as there are workers, one on a shard of each",
                Journals.ROOMY,
                target -> new Sabotaging("blocking-call", target, Victims::oneOfEachWorker, Evidences::saidAndKeptBy)));
        all.add(new Entry(
                "deadlock",
                "the handlers of two shards of one process wait for each other, for ever",
                Journals.ROOMY,
                target -> new Sabotaging("deadlock", target, Victims::twoOfOneProcess, Evidences::saidAndKeptBy)));
        all.add(new Entry(
                DescriptorExhaustion.NAME,
                "the handler opens files until its process may open no more, the limit having been lowered",
                Journals.TIGHT,
                DescriptorExhaustion.WINDOW,
                Duration.ZERO,
                DescriptorExhaustion::new));
        all.add(new Entry(
                PoisonedClass.NAME,
                "the handler is the first to touch a class whose initializer fails; when clients are no longer observed every shard's does",
                Journals.ROOMY,
                PoisonedClass::new));
        all.add(new Entry(
                "poison-request",
                "a request that kills its handler every time, or its worker process, is sent again and again",
                Journals.ROOMY,
                PoisonRequest::new));
        all.add(inHandler(
                "wild-write", "the handler changes the memory of other shards, as far as it reaches", Evidences::said));
        all.add(inHandler("native-crash", "the handler writes to address 0", Evidences::died));
        all.add(inHandler("exit", "the handler ends its process", Evidences::died));
        all.add(new Entry(
                KILL,
                "SIGKILL to the process that runs the victim",
                Journals.ROOMY,
                target -> new Signalling(target, Signal.KILL)));
        all.add(new Entry(
                FREEZE,
                "SIGSTOP to the process that runs the victim",
                Journals.ROOMY,
                target -> new Signalling(target, Signal.STOP)));
        all.add(new Entry(
                "kill-supervisor",
                "SIGKILL to the process above the one that runs the victim",
                Journals.ROOMY,
                SupervisorKill::new));
        all.add(new Entry(
                "overload",
                "the victim is flooded with ten times what it can serve, for two seconds",
                Journals.ROOMY,
                Duration.ZERO,
                Overload.PATIENCE,
                Overload::new));
        all.add(new Entry(
                "torn-journal",
                "everything is killed, half an entry is left at the end of the victim's journal, and a bit flipped later",
                Journals.ROOMY,
                TornJournal::new));
        Map<String, Entry> entries = new LinkedHashMap<>();
        all.forEach(entry -> entries.put(entry.name(), entry));
        // What else is found on the class path; of the standard ones the others only serve those above.
        Faults.all().stream()
                .filter(fault -> !(fault instanceof StandardFault))
                .map(Fault::faultName)
                .forEach(name -> entries.putIfAbsent(
                        name, inHandler(name, "the handler suffers what a class of that name does", Evidences::said)));
        return entries;
    }

    private static Entry inHandler(String fault, String how, Sabotaging.Evidence evidence) {
        return new Entry(fault, how, Journals.ROOMY, target -> new Sabotaging(fault, target, Victims::one, evidence));
    }
}
