package fourways.report;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes the trials of a plan and keeps the results on disk up to date after each. */
final class Run {

    private final List<TrialSpec> plan;
    private final String profile;
    private final long seed;
    private final RunFolder folder;
    private final RunListener listener;
    private final Instant startedAt = Instant.now();
    private final long startNanos = System.nanoTime();
    private final Results.Machine machine;
    private final List<Done> done = new ArrayList<>();

    Run(List<TrialSpec> plan, String profile, long seed, RunFolder folder, RunListener listener) throws IOException {
        this.plan = plan;
        this.profile = profile;
        this.seed = seed;
        this.folder = folder;
        this.listener = listener;
        this.machine = MachineProbe.read();
    }

    /** Runs until the plan is through or somebody ends it; the results then say so, and name what was not run. */
    Results execute(GracefulEnd end) throws Exception {
        TrialRunner runner = new TrialRunner(folder, seed, listener);
        boolean interrupted = false;
        for (int i = 0; i < plan.size() && !interrupted; i++) {
            int number = i + 1;
            TrialSpec spec = plan.get(i);
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
                startedAt,
                Duration.ofNanos(System.nanoTime() - startNanos).toMillis(),
                profile,
                interrupted,
                seed,
                Figure.METHOD,
                machine,
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
