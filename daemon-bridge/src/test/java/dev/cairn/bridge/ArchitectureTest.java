// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.cairn.bridge");

    @Test
    void knowsTheInterfaceOfStoresAndNoneOfThem() {
        noClasses()
                .should().dependOnClassesThat()
                .resideInAnyPackage("dev.cairn.store..", "dev.cairn.database..", "dev.cairn.build..", "dev.cairn.gc..",
                        "javafx..", "java.sql..")
                .check(CODE);
    }

    @Test
    void theWebServerKnowsNothingOfStores() {
        noClasses()
                .that().resideInAPackage("dev.cairn.bridge.web..")
                .should().dependOnClassesThat()
                .resideInAnyPackage("dev.cairn.daemon..", "dev.cairn.path..", "dev.cairn.narinfo..",
                        "dev.cairn.bridge.publish..")
                .check(CODE);
    }

    @Test
    void publishingNeedsNoneOfTheWorkersProtocolButItsDialects() {
        noClasses()
                .that().resideInAPackage("dev.cairn.bridge.publish..")
                .should().dependOnClassesThat()
                .resideInAnyPackage("dev.cairn.bridge.client..", "dev.cairn.bridge.maker..", "dev.cairn.substitute..")
                .check(CODE);
    }

    @Test
    void printsNothing() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CODE);
    }
}
