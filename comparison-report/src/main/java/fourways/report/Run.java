package fourways.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private final List<Done> done = new ArrayList<>();

    /** How long earlier attempts took. */
    private final long earlierMillis;

    Run(List<TrialSpec> plan, String profile, RunManifest manifest, RunFolder folder, RunListener listener)
            throws IOException {
        this.plan = plan;
        this.profile = profile;
        this.manifest = manifest;
        this.folder = folder;
        this.listener = listener;
        Path earlier = folder.resolve(ResultsFile.NAME);
        this.earlierMillis = Files.exists(earlier) ? ResultsFile.read(earlier).durationMillis() : 0;
    }

    /** Runs until the plan is through or somebody ends it; the results then say so, and name what was not run. */
    Results execute(GracefulEnd end) throws Exception {
        for (int i = 0; i < plan.size(); i++) {
            Done kept = kept(i + 1, plan.get(i));
            if (kept == null) {
                break;
            }
            done.add(kept);
        }
        listener.beginning(List.copyOf(done));
        TrialRunner runner = new TrialRunner(folder, manifest.seed(), listener);
        boolean interrupted = false;
        for (int i = done.size(); i < plan.size() && !interrupted; i++) {
            int number = i + 1;
            TrialSpec spec = plan.get(i);
            folder.clear(number);
            listener.starting(number, spec);
            try {
                keep(new Done(spec, end.interruptibly(() -> runner.run(number, spec))));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        Results results = results(interrupted);
        write(results);
        return results;
    }

    /** A trial that was made before, as its record says; null if there is none. Trials are made in their order, so none follows. */
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
                return new Done(spec, record);
            }
        } catch (JacksonException e) {
            throw new UsageException(file + " cannot be read, allowed is a trial's record as it was written");
        }
        throw new UsageException(file + " is the record of another run, allowed are those of this one");
    }

    private void keep(Done trial) throws IOException {
        done.add(trial);
        int number = trial.record().trial().number();
        ResultsFile.write(folder.resolve(RunFolder.trialFile(number, trial.spec(), ".json")), trial.record());
        write(results(false));
        listener.finished(trial);
    }

    private void write(Results results) throws IOException {
        ResultsFile.write(folder.resolve(ResultsFile.NAME), results);
    }

    private Results results(boolean interrupted) {
        Tabulation tabulation = new Tabulation(done);
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
        done.forEach(trial -> trials.add(trial.record().trial()));
        for (int i = done.size(); i < plan.size(); i++) {
            TrialSpec spec = plan.get(i);
            trials.add(new Results.Trial(
                    i + 1,
                    spec.kind(),
                    spec.contender().architecture(),
                    spec.contender().variant(),
                    spec.subject(),
                    null,
                    Status.NOT_RUN,
                    interrupted ? "the run was interrupted" : "the run has not come to it yet",
                    0));
        }
        return trials;
    }
}
