package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.report.Target.Owner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault of the catalogue against a real trial's JVM: that it takes place is proven, and that it does not, is not. */
final class InjectionHostIT {

    /** Has nobody to strike where the trial's own JVM runs the shards. */
    private static final String NOT_APPLICABLE = "kill-supervisor";

    /** Nobody has to carry them out but the one who inflicts them. */
    private static final List<String> WITHOUT_THE_HANDLER = List.of("kill", "freeze", "torn-journal");

    @TempDir
    Path directory;

    static List<String> applicable() {
        return Catalogue.names().stream()
                .filter(fault -> !fault.equals(NOT_APPLICABLE))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("applicable")
    void faultThatTakesPlaceIsProven(String fault) throws Exception {
        HostEvidence expected =
                Objects.requireNonNull(HostEvidence.OF.get(fault), "nobody says what is to be seen of " + fault);
        try (DummyTrial trial = new DummyTrial(
                directory, DummyArchitecture.SUFFERING, Catalogue.entry(fault).journals())) {
            Owner owner = trial.target().locate();
            trial.deposit();
            Injection injection = trial.aimed(fault);

            injection.inflict();
            String proof = injection.proof();

            assertEquals(DummyTrial.VICTIM, injection.victims().getFirst());
            assertNotNull(proof, "did not fire");
            assertTrue(expected.isShownBy(proof, owner), proof);
            expected.later().check(trial, injection, proof);
        }
    }

    /** All at the same time on one host, which nothing happens to: each looks for proof in vain, for as long as it would. */
    @Test
    void faultThatDoesNotTakePlaceIsNotProven() throws Exception {
        try (DummyTrial trial = new DummyTrial(directory, DummyArchitecture.DEAF, Catalogue.Journals.ROOMY);
                ExecutorService searches = Executors.newVirtualThreadPerTaskExecutor()) {
            trial.deposit();
            Map<String, Injection> injections = new TreeMap<>();
            for (String fault : applicable()) {
                injections.put(fault, trial.aimed(fault));
            }
            Map<String, Future<Optional<String>>> proofs = new TreeMap<>();

            for (Map.Entry<String, Injection> each : injections.entrySet()) {
                Injection injection = each.getValue();
                if (!WITHOUT_THE_HANDLER.contains(each.getKey())) {
                    injection.inflict();
                }
                proofs.put(each.getKey(), searches.submit(() -> Optional.ofNullable(injection.proof())));
            }

            Map<String, String> found = new TreeMap<>();
            for (Map.Entry<String, Future<Optional<String>>> each : proofs.entrySet()) {
                each.getValue().get().ifPresent(proof -> found.put(each.getKey(), proof));
            }
            assertEquals(Map.of(), found);
            assertEquals(DummyTrial.depositedCents(), trial.gainCents(DummyTrial.VICTIM));
            assertEquals(0, trial.served().restarts());
        }
    }

    @Test
    void nobodyIsAboveTheJvmThatRunsTheShards() throws Exception {
        try (DummyTrial trial = new DummyTrial(directory, DummyArchitecture.SUFFERING, Catalogue.Journals.ROOMY)) {
            String message =
                    String.valueOf(assertThrows(NotApplicableException.class, () -> trial.aimed(NOT_APPLICABLE))
                            .getMessage());

            assertTrue(message.startsWith("process " + trial.jvm().pid() + ", which runs the shards,"), message);
            assertTrue(message.endsWith("The nearest to it is kill"), message);
        }
    }
}
