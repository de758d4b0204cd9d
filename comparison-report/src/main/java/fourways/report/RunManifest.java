package fourways.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;

/**
 * What a run was asked for, and by which program on which machine: {@code run.json} in its folder, from which a run that was cut off goes on.
 *
 * @param arguments of the command that began it
 * @param resumedAt when it went on, each time
 */
record RunManifest(
        int schemaVersion,
        String version,
        List<String> arguments,
        long seed,
        Instant startedAt,
        List<Instant> resumedAt,
        Results.Machine machine) {

    static final String NAME = "run.json";

    RunManifest {
        arguments = List.copyOf(arguments);
        resumedAt = List.copyOf(resumedAt);
    }

    static RunManifest ofNow(List<String> arguments, long seed) throws IOException {
        return new RunManifest(
                Results.SCHEMA_VERSION,
                Version.inWords(),
                arguments,
                seed,
                Instant.now(),
                List.of(),
                MachineProbe.read());
    }

    void write(RunFolder folder) throws IOException {
        ResultsFile.write(folder.resolve(NAME), this);
    }

    /**
     * Reads what a folder's run was asked for, for going on now.
     *
     * @throws UsageException if it holds none, or one that this program on this machine cannot go on with
     */
    static RunManifest toResume(Path root) throws IOException {
        Path file = root.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new UsageException(
                    "--resume is " + root + ", which holds no " + NAME + ", allowed is a run's folder");
        }
        RunManifest manifest;
        try {
            manifest = ResultsFile.read(file, RunManifest.class);
        } catch (JacksonException e) {
            throw new UsageException("--resume is " + root + ", whose " + NAME
                    + " cannot be read, allowed is the folder of a run of " + Version.inWords());
        }
        if (manifest.schemaVersion() != Results.SCHEMA_VERSION
                || !manifest.version().equals(Version.inWords())) {
            throw new UsageException("--resume is " + root + ", a run of " + manifest.version()
                    + ", allowed is one of this program, " + Version.inWords());
        }
        Results.Machine here = MachineProbe.read();
        Results.Machine there = manifest.machine();
        if (here.cpus() != there.cpus()
                || !here.model().equals(there.model())
                || !here.jdk().equals(there.jdk())) {
            throw new UsageException("--resume is " + root + ", a run on " + inWords(there)
                    + ", allowed is one on a machine like this one, " + inWords(here));
        }
        return manifest.resumedNow();
    }

    private static String inWords(Results.Machine machine) {
        return PageWords.count(machine.cpus(), "CPU") + " " + machine.model() + " with JDK " + machine.jdk();
    }

    private RunManifest resumedNow() {
        List<Instant> times = new ArrayList<>(resumedAt);
        times.add(Instant.now());
        return new RunManifest(schemaVersion, version, arguments, seed, startedAt, times, machine);
    }
}
