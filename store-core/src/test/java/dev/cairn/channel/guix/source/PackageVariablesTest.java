// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.channel.guix.source.PackageVariables.Meaning;
import dev.cairn.manifest.code.ManifestCodeReader;
import dev.cairn.manifest.code.WantedPackage;
import dev.cairn.manifest.code.WantedPackage.Subject;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageVariablesTest {
    private static final Map<String, String> FILES = Map.of(
            "gnu/packages/tea.scm", """
                    (define-module (gnu packages tea) #:use-module (gnu packages milk) #:export (green))
                    (define-public tea (package (name "tea-pot") (version "1.2")))
                    (define-public old-tea (package (inherit tea) (version "1.0")))
                    (define green (let ((v "3")) (package (name "green") (version v))))
                    (define secret (package (name "secret") (version "1")))
                    (define-public brewed (brew tea))
                    (define-public both (package (name "from-tea") (version "1")))
                    """,
            "gnu/packages/milk.scm", """
                    (define-module (gnu packages milk))
                    (define-public milk (package (name "milk") (version "2")))
                    (define-public both (package (name "from-milk") (version "1")))
                    (define-public now (package (name "now") (version (getenv "NOW"))))
                    """);

    private static Meaning meaning(String manifest) throws Exception {
        WantedPackage wanted = ManifestCodeReader.read(manifest).getFirst();
        return new PackageVariables(file -> Optional.ofNullable(FILES.get(file)), ManifestCodeReader.imports(manifest))
                .find((Subject.Variable) wanted.subject(), wanted.place());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '|',
            textBlock = """
                    (use-modules (gnu packages tea)) (packages->manifest (list tea)) ~ tea-pot@1.2
                    (use-package-modules tea milk) (packages->manifest (list old-tea)) ~ tea-pot@1.0
                    (use-modules ((gnu packages tea) #:select (green)) (srfi srfi-1)) (packages->manifest (list green)) ~ green@3
                    (use-modules ((gnu packages tea) #:prefix t:)) (packages->manifest (list t:tea)) ~ tea-pot@1.2
                    (use-package-modules tea milk) (packages->manifest (list both)) ~ from-milk@1
                    (use-package-modules milk tea) (packages->manifest (list both)) ~ from-tea@1
                    (packages->manifest (list (@ (gnu packages milk) milk))) ~ milk@2
                    (use-modules (mine)) (packages->manifest (list (@ (gnu packages milk) milk))) ~ milk@2
                    """)
    void saysWhichPackageAVariableHolds(String manifest, String label) throws Exception {
        int at = label.indexOf('@');
        assertThat(meaning(manifest))
                .isEqualTo(new Meaning.OnePackage(label.substring(0, at), Optional.of(label.substring(at + 1))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '|',
            textBlock = """
                    (packages->manifest (list tea)) ~ 'tea' is defined nowhere that could be read (manifest:1:26)
                    (use-package-modules tea) (packages->manifest (list milk)) ~ defined nowhere
                    (use-package-modules tea) (packages->manifest (list secret)) ~ defined nowhere
                    (use-package-modules tea) (packages->manifest (list brewed)) ~ gnu/packages/tea.scm:6
                    (use-package-modules milk) (packages->manifest (list now)) ~ gnu/packages/milk.scm:4
                    (use-modules (gnu packages tea) (mine)) (packages->manifest (list tea)) ~ no module 'mine.scm' (line 1)
                    (use-modules ((gnu packages tea) #:renamer f)) (packages->manifest (list tea)) ~ line 1
                    (use-modules ((gnu packages tea) #:hide (tea))) (packages->manifest (list tea)) ~ defined nowhere
                    (packages->manifest (list (@ (gnu packages tea) secret))) ~ without running it
                    """)
    void saysWhyItCannotTell(String manifest, String why) throws Exception {
        assertThat(meaning(manifest))
                .isInstanceOfSatisfying(Meaning.Unknown.class, unknown -> assertThat(unknown.why()).contains(why));
    }

    @Test
    void readsWhatAManifestImports() throws Exception {
        assertThat(ManifestCodeReader.imports(
                        "(begin (use-modules (a) ((b) #:select (c)))) (use-package-modules d) (specifications->manifest '())"))
                .hasSize(3);
    }
}
