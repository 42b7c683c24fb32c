// SPDX-License-Identifier: Apache-2.0
package dev.cairn;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.Socket;
import java.net.URLConnection;
import java.nio.channels.NetworkChannel;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What ARCHITECTURE.md says about the packages of this module. */
class ArchitectureTest {
    private static final String[] FORMATS = {
        "dev.cairn.error..",
        "dev.cairn.encoding..",
        "dev.cairn.hash..",
        "dev.cairn.path..",
        "dev.cairn.derivation..",
        "dev.cairn.nar..",
        "dev.cairn.scheme..",
        "dev.cairn.manifest..",
        "dev.cairn.event..",
        "dev.cairn.graph..",
        "dev.cairn.debian..",
        "dev.cairn.openpgp..",
        "dev.cairn.signature..",
        "dev.cairn.narinfo..",
        "dev.cairn.archive..",
        "dev.cairn.solver.."
    };

    private static final String[] FILES = {
        "dev.cairn.fs..",
        "dev.cairn.layout..",
        "dev.cairn.http..",
        "dev.cairn.git..",
        "dev.cairn.compression..",
        "dev.cairn.tree..",
        "dev.cairn.trust.."
    };

    private static final String[] DAEMON_SIDE = {
        "dev.cairn.database..",
        "dev.cairn.scan..",
        "dev.cairn.substitute..",
        "dev.cairn.build..",
        "dev.cairn.gc..",
        "dev.cairn.store.."
    };

    private static final String[] CLIENT_SIDE = {
        "dev.cairn.packages..",
        "dev.cairn.channel..",
        "dev.cairn.catalog..",
        "dev.cairn.profile..",
        "dev.cairn.transaction..",
        "dev.cairn.launch.."
    };

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages("dev.cairn");

    @Test
    void layersUseOnlyThoseBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.cairn..")
                .layer("formats").definedBy(FORMATS)
                .layer("files").definedBy(FILES)
                .layer("daemon").definedBy("dev.cairn.daemon..")
                .layer("database and scan").definedBy("dev.cairn.database..", "dev.cairn.scan..")
                .layer("substitute").definedBy("dev.cairn.substitute..")
                .layer("build").definedBy("dev.cairn.build..")
                .layer("gc").definedBy("dev.cairn.gc..")
                .layer("store").definedBy("dev.cairn.store..")
                .layer("client").definedBy(CLIENT_SIDE)
                .whereLayer("store").mayNotBeAccessedByAnyLayer()
                .whereLayer("client").mayNotBeAccessedByAnyLayer()
                .whereLayer("gc").mayOnlyBeAccessedByLayers("store")
                .whereLayer("build").mayOnlyBeAccessedByLayers("store")
                .whereLayer("substitute").mayOnlyBeAccessedByLayers("build", "store")
                .whereLayer("database and scan").mayOnlyBeAccessedByLayers("substitute", "build", "gc", "store")
                .whereLayer("daemon").mayOnlyBeAccessedByLayers("database and scan", "substitute", "build", "gc", "store", "client")
                .whereLayer("files")
                .mayOnlyBeAccessedByLayers("daemon", "database and scan", "substitute", "build", "gc", "store", "client")
                .check(CODE);
    }

    @Test
    void everyPackageHasALayer() {
        classes()
                .that().resideInAPackage("dev.cairn..")
                .should().resideInAnyPackage(all())
                .check(CODE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.cairn.(**)").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void formatsAndGraphsTouchNothingButMemory() {
        noClasses()
                .that().resideInAnyPackage(FORMATS)
                .should().dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..", "org.sqlite..", "tools.jackson..")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.io.File")
                .orShould().dependOnClassesThat().areAssignableTo(ProcessBuilder.class)
                .check(CODE);
    }

    @Test
    void clientsReachTheStoreOnlyThroughDaemon() {
        noClasses().that().resideInAnyPackage(CLIENT_SIDE)
                .should().dependOnClassesThat().resideInAnyPackage(DAEMON_SIDE)
                .check(CODE);
        noClasses().that().resideInAnyPackage(DAEMON_SIDE)
                .should().dependOnClassesThat().resideInAnyPackage(CLIENT_SIDE)
                .check(CODE);
    }

    @Test
    void onlyDatabaseAndCatalogSpeakSql() {
        noClasses()
                .that(not(resideInAnyPackage("dev.cairn.database..", "dev.cairn.catalog..")))
                .should().dependOnClassesThat().resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")
                .check(CODE);
    }

    @Test
    void onlyBuildsStartProcesses() {
        noClasses()
                .that(not(resideInAnyPackage("dev.cairn.build", "dev.cairn.build.sandbox..")))
                .should().dependOnClassesThat().areAssignableTo(ProcessBuilder.class)
                .orShould().dependOnClassesThat().areAssignableTo(Process.class)
                .check(CODE);
    }

    @Test
    void onlyTheHttpClientOpensConnections() {
        noClasses()
                .that(not(resideInAnyPackage("dev.cairn.http..")))
                // Collections listen on a socket of the store's own for Nix's programs to wait at.
                .and().doNotHaveFullyQualifiedName("dev.cairn.gc.RootsSocket")
                .should().dependOnClassesThat()
                .resideInAnyPackage("java.net.http..")
                .orShould().dependOnClassesThat().areAssignableTo(URLConnection.class)
                .orShould().dependOnClassesThat().areAssignableTo(Socket.class)
                .orShould().dependOnClassesThat().areAssignableTo(NetworkChannel.class)
                .check(CODE);
    }

    @Test
    void nothingHereKnowsJavaFx() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("javafx..").check(CODE);
    }

    @Test
    void nothingHerePrintsOrLogsElsewhere() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CODE);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CODE);
    }

    private static String[] all() {
        return Stream.of(FORMATS, FILES, DAEMON_SIDE, CLIENT_SIDE, new String[] {"dev.cairn.daemon.."})
                .flatMap(Arrays::stream)
                .toArray(String[]::new);
    }
}
