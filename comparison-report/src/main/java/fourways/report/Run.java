package fourways.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Makes the trials of a plan, but for those that an earlier attempt at the same run has made, and keeps the results on disk up to date after each. */
final class Run {

    private final List<TrialSpec> plan;
    private final String profile;
    private final RunManifest manifest;
    private final RunFolder folder;
    private final RunListener listener;
    private final long startNanos = System.nanoTime();

    /** By the trial's number. */
    private final SortedMap<Integer, Done> done = new TreeMap<>();

    /** How long earlier attempts took. */
    private final long earlierMillis;

    Run(List<TrialSpec> plan, String profile, RunManifest manifest, RunFolder folder, RunListener listener)
            throws IOException {
        this.plan = plan;
        this.profile = profile;
        this.manifest = manifest;
        this.folder = folder;
        this.listener = listener;
        this.earlierMillis = earlierMillis();
    }

    private long earlierMillis() throws IOException {
        Path earlier = folder.resolve(ResultsFile.NAME);
        try {
            return Files.exists(earlier) ? ResultsFile.read(earlier).durationMillis() : 0;
        } catch (JacksonException e) {
            // Made again from the trials; of what was there only this is in no other file.
            listener.news(earlier + " is not whole, and how long the run took until then is not known");
            return 0;
        }
    }

    /** Runs until the plan is through or somebody ends it; the results then say so, and name what was not run. */
    Results execute(GracefulEnd end) throws Exception {
        for (int number = 1; number <= plan.size(); number++) {
            Done kept = kept(number, plan.get(number - 1));
            if (kept != null) {
                done.put(number, kept);
            }
        }
        listener.beginning(List.copyOf(done.values()));
        TrialRunner runner = new TrialRunner(folder, manifest.seed(), listener);
        boolean interrupted = false;
        for (int i = 1; i <= plan.size() && !interrupted; i++) {
            int number = i;
            if (!done.containsKey(number)) {
                TrialSpec spec = plan.get(number - 1);
                folder.clear(number);
                listener.starting(number, spec);
                try {
                    keep(number, new Done(spec, end.interruptibly(() -> runner.run(number, spec))));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        Results results = results(interrupted);
        write(results);
        return results;
    }

    /** A trial that was made before, as its record says; null if there is none, or if what there is of it is not whole, as a machine may leave it that lost its power. */
    private @Nullable Done kept(int number, TrialSpec spec) throws IOException {
        String name = RunFolder.trialFile(number, spec, ".json");
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return null;
        }
        try {
            TrialRecord record = ResultsFile.read(file, TrialRecord.class);
            if (record.schemaVersion() == Results.SCHEMA_VERSION
                    && record.seed() == manifest.seed()
                    && name.equals(record.trial().file())) {
                return wholeOrNull(new Done(spec, record));
            }
        } catch (JacksonException e) {
            listener.news(name + " is not whole: that trial is made again");
            return null;
        }
        throw new UsageException(file + " is the record of another run, allowed are those of this one");
    }

    private @Nullable Done wholeOrNull(Done trial) {
        String raw = RunFolder.trialFile(trial.record().trial().number(), trial.spec(), RawFolder.SUFFIX);
        if (trial.record().observed() == null || RawFolder.isOne(folder.resolve(raw))) {
            return trial;
        }
        listener.news(raw + " is not whole: that trial is made again");
        return null;
    }

    private void keep(int number, Done trial) throws IOException {
        done.put(number, trial);
        ResultsFile.write(folder.resolve(RunFolder.trialFile(number, trial.spec(), ".json")), trial.record());
        write(results(false));
        listener.finished(trial);
    }

    private void write(Results results) throws IOException {
        ResultsFile.write(folder.resolve(ResultsFile.NAME), results);
    }

    private Results results(boolean interrupted) {
        Tabulation tabulation = new Tabulation(List.copyOf(done.values()));
        return new Results(
                Results.SCHEMA_VERSION,
                manifest.startedAt(),
                earlierMillis + Duration.ofNanos(System.nanoTime() - startNanos).toMillis(),
                profile,
                interrupted,
                manifest.resumedAt(),
                manifest.seed(),
                Figure.METHOD,
                manifest.machine(),
                tabulation.parity(),
                tabulation.throughput(),
                tabulation.floors(),
                tabulation.hardening(),
                tabulation.faults(),
                tabulation.soaks(),
                trials(interrupted));
    }

    private List<Results.Trial> trials(boolean interrupted) {
        List<Results.Trial> trials = new ArrayList<>();
        for (int number = 1; number <= plan.size(); number++) {
            Done made = done.get(number);
            trials.add(
                    made == null ? notRun(number, interrupted) : made.record().trial());
        }
        return trials;
    }

    private Results.Trial notRun(int number, boolean interrupted) {
        TrialSpec spec = plan.get(number - 1);
        return new Results.Trial(
                number,
                spec.kind(),
                spec.contender().architecture(),
                spec.contender().variant(),
                spec.subject(),
                null,
                Status.NOT_RUN,
                interrupted ? "the run was interrupted" : "the run has not come to it yet",
                0);
    }
}
