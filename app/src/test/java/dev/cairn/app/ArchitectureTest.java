// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import javafx.application.Platform;
import org.junit.jupiter.api.Test;

/** What ARCHITECTURE.md says about the packages of this module. */
class ArchitectureTest {
    /** The package of what is started: it composes the parts and meets the process's surroundings. */
    private static final String PROGRAMS = "dev.cairn.app";

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages("dev.cairn.app");

    @Test
    void onlyTasksShellTourAndProgramsUseThePlatform() {
        noClasses()
                .that(not(resideInAnyPackage(
                        PROGRAMS, "dev.cairn.app.task..", "dev.cairn.app.shell..", "dev.cairn.app.tour..")))
                .should().dependOnClassesThat().areAssignableTo(Platform.class)
                .check(CODE);
    }

    @Test
    void viewModelsKnowNoControls() {
        noClasses()
                .that().haveSimpleNameEndingWith("ViewModel")
                .should().dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.application..", "atlantafx..",
                        "org.controlsfx..")
                .check(CODE);
    }

    @Test
    void theCommandLineKnowsNoJavaFx() {
        noClasses()
                .that().resideInAPackage("dev.cairn.app.cli..")
                .should().dependOnClassesThat()
                .resideInAnyPackage("javafx..", "atlantafx..", "dev.cairn.app.shell..", "dev.cairn.app.feature..")
                .check(CODE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.cairn.app.(**)").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void nothingBypassesTheDaemon() {
        noClasses()
                .that().resideInAnyPackage("dev.cairn.app.feature..", "dev.cairn.app.shell..", "dev.cairn.app.task..")
                .should().dependOnClassesThat()
                .resideInAnyPackage("dev.cairn.database..", "dev.cairn.store..", "dev.cairn.build..", "dev.cairn.gc..",
                        "java.sql..")
                .check(CODE);
    }

    @Test
    void onlyTheCommandLineAndProgramsUseStandardStreams() {
        JavaClasses others = CODE.that(not(resideInAnyPackage(PROGRAMS, "dev.cairn.app.cli..")));
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(others);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(others);
    }
}
