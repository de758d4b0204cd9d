package fourways.report;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrows point one way only: the report to the architectures, each of these to the workload. */
final class DependencyRulesTest {

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // Once it is packaged, the workload's tests are in a jar.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("fourways");

    @Test
    void workloadKnowsNoFrameworkAndNoArchitecture() {
        classes()
                .that()
                .resideInAPackage("fourways.workload")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("fourways.workload", "java..", "org.jspecify..")
                .check(ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fourways.process", "fourways.threads", "fourways.actors", "fourways.eventloop"})
    void anArchitectureKnowsTheWorkloadAndNoOtherOfOurs(String architecture) {
        noClasses()
                .that()
                .resideInAPackage(architecture)
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        architecture,
                        "fourways.workload",
                        "java..",
                        "org.jspecify..",
                        "org.apache.pekko..",
                        "io.vertx..",
                        "com.typesafe.config..",
                        "scala..",
                        "org.slf4j..")
                .check(ALL);
    }

    @Test
    void theReportKnowsNoArchitectureButForTheSocketProtocol() {
        noClasses()
                .that()
                .resideInAPackage("fourways.report")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("fourways.threads", "fourways.actors", "fourways.eventloop")
                .check(ALL);
    }
}
