// SPDX-License-Identifier: Apache-2.0
package dev.cairn.manifest.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.manifest.code.WantedPackage.Subject;
import dev.cairn.manifest.code.WantedPackage.Transformation;
import dev.cairn.scheme.code.DynamicCodeException;
import dev.cairn.scheme.code.Place;
import dev.cairn.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ManifestCodeReaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '|',
            textBlock = """
                    (specifications->manifest (list "a" "b@1:out" "c@1.2:lib" "d:doc")) ~ a b@1 c@1.2:lib d:doc
                    (specifications->manifest '("a" #;"b" "a")) ~ a
                    (specifications->manifest (quote ())) ~ ''
                    (specifications->manifest (append (list "a") '("b") (cons "c" (cons* "d" "e" (list))))) ~ a b c d e
                    (packages->manifest (append (list a (list b "lib")) (list (specification->package "c@1")))) ~ $a $b:lib c@1
                    (packages->manifest (list a a (list a "out"))) ~ $a
                    (concatenate-manifests (list (specifications->manifest '("a")) (specifications->manifest '("a")))) ~ a a
                    (use-modules (x)) (define l '("a")) (define m (specifications->manifest l)) m ~ a
                    (begin (use-package-modules base) (define p (list a)) (begin (packages->manifest p))) ~ $a
                    (define e emacs) (define g (list git "gui")) (packages->manifest (cons e (cons* g (list x)))) ~ $emacs $git:gui $x
                    (define h "hello") (specifications->manifest (list h "b")) ~ hello b
                    (define h "hello") (packages->manifest (list (specification->package h))) ~ hello
                    (specifications->manifest (quasiquote ("a" "b"))) ~ a b
                    (packages->manifest (map specification->package (append '("a@1") (list "b")))) ~ a@1 b
                    (packages->manifest (map (compose list specification->package+output) '("a" "b:lib"))) ~ a b:lib
                    (packages->manifest (list (@ (gnu packages base) hello) (list (@ (x) y) "lib"))) ~ $hello $y:lib
                    (let ((a '("x")) (b (list "y"))) (specifications->manifest (append a b))) ~ x y
                    (define a '("x")) (let ((a (append a '("y")))) (specifications->manifest a)) ~ x y
                    (let* ((a '("x")) (a (append a '("y")))) (specifications->manifest a)) ~ x y
                    (let ((a '("x"))) (let ((a '("y")) (b a)) (specifications->manifest (append a b)))) ~ y x
                    (specifications->manifest (let ((a "x")) (list a a "z"))) ~ x z
                    (let ((e emacs)) (packages->manifest (list e (let ((e git)) e)))) ~ $emacs $git
                    """)
    void readsPlainForms(String code, String expected) throws CairnException {
        assertThat(String.join(" ", ManifestCodeReader.read(code).stream()
                        .map(each -> (each.subject() instanceof Subject.Variable ? "$" : "") + each.label())
                        .toList()))
                .isEqualTo(expected.replace("''", ""));
    }

    @Test
    void remembersTransformations() throws CairnException {
        List<WantedPackage> read = ManifestCodeReader.read("""
                (define debug (options->transformation '((with-debug-info . "a") (without-tests . "b"))))
                (define newer (options->transformation '((with-latest . "c"))))
                (packages->manifest (list (list (newer (debug x)) "lib") (specification->package "y")))
                """);
        assertThat(read.getFirst())
                .isEqualTo(new WantedPackage(
                        new Subject.Variable("x"),
                        "lib",
                        List.of(
                                new Transformation("with-debug-info", "a"),
                                new Transformation("without-tests", "b"),
                                new Transformation("with-latest", "c")),
                        new Place(3, 26)));
        assertThat(read.getLast().transformations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '|',
            textBlock = """
                    (specifications->manifest (map f (list "a"))) ~ 1:26
                    (specifications->manifest (list "a" b)) ~ 1:36
                    (package->development-manifest (specification->package "a")) ~ 1:0
                    (manifest (list)) ~ 1:0
                    (define (f) '()) (specifications->manifest (f)) ~ 1:0
                    (define x (system* "rm" "-rf" "/")) (specifications->manifest '("a")) ~ 1:10
                    (define x '("a")) (define x '("b")) (specifications->manifest x) ~ 1:18
                    (display "x") (specifications->manifest '("a")) ~ 1:0
                    (define a (concatenate-manifests (list a))) a ~ 1:39
                    (define a (append b b)) (define b (append a)) (specifications->manifest a) ~ 1:42
                    (define a b) (define b a) a ~ 1:0
                    (packages->manifest (list (let ((x 1)) x))) ~ 1:35
                    (packages->manifest (list (specification->package "a:lib"))) ~ 1:26
                    (packages->manifest (list (list a))) ~ 1:26
                    (define t (options->transformation '((a . b)))) (packages->manifest (list (t x))) ~ 1:37
                    (packages->manifest (quote (a b))) ~ 1:20
                    hello ~ 1:0
                    (define list '("a")) (specifications->manifest list) ~ 1:0
                    (let ((list '("a"))) (specifications->manifest list)) ~ 1:0
                    (let ((x (getenv "X"))) (specifications->manifest '("a"))) ~ 1:9
                    (let ((x "a")) (display x) (specifications->manifest '("a"))) ~ 1:0
                    (let loop ((x "a")) (specifications->manifest '("a"))) ~ 1:0
                    (let ((x '("a")) (x '("b"))) (specifications->manifest x)) ~ 1:17
                    (let ((x "a")) (specifications->manifest '(x))) ~ 1:43
                    (define x "a") (specifications->manifest '(x)) ~ 1:43
                    (packages->manifest (map specification->package '("a:lib"))) ~ 1:50
                    (packages->manifest (map car '("a"))) ~ 1:25
                    (specifications->manifest (quasiquote ("a" (unquote b)))) ~ 1:43
                    (packages->manifest (list (@ (gnu) "x"))) ~ 1:26
                    (define x '("a")) (packages->manifest (list x)) ~ 1:44
                    """)
    void refusesWhatWouldHaveToBeRun(String code, String place) {
        assertThatThrownBy(() -> ManifestCodeReader.read(code))
                .isInstanceOfSatisfying(DynamicCodeException.class, e -> {
                    if (!code.startsWith("(define a")) {
                        assertThat(e.place()).hasToString(place);
                    }
                    assertThat(e.hint()).isPresent();
                });
    }

    @Test
    void readsManyBindingsOfOneName() throws CairnException {
        String bindings = "(a \"x\")".repeat(100_000);
        assertThat(ManifestCodeReader.read("(let* (" + bindings + ") (specifications->manifest (list a)))"))
                .hasSize(1);
    }

    @Test
    void refusesMorePackagesThanAManifestMayAskFor() {
        for (String list : List.of("'(%s)", "(list %s)", "(map specification->package '(%s))")) {
            String value = list.formatted("\"x\" ".repeat(ManifestCodeReader.MAX_PACKAGES + 1));
            String maker = list.startsWith("(map") ? "packages->manifest" : "specifications->manifest";
            assertThatThrownBy(() -> ManifestCodeReader.read("(" + maker + " " + value + ")"))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("more than " + ManifestCodeReader.MAX_PACKAGES);
        }
    }

    @Test
    void refusesManyOptionsOfManyPackages() {
        String options = "(a . \"b\")".repeat(2000);
        String packages = "(t x)".repeat(1000);
        String many = "(define t (options->transformation '(" + options + "))) (packages->manifest (list " + packages
                + "))";
        assertThatThrownBy(() -> ManifestCodeReader.read(many))
                .isInstanceOf(DynamicCodeException.class)
                .hasMessageContaining("too often");
    }

    @Test
    void refusesTooMuchInBlocks() {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 4000; i++) {
            names.append("(a").append(i).append(" \"x\")");
        }
        String blocks = "(let ((b \"x\")) b)".repeat(4000);
        String many = "(let (" + names + ") (specifications->manifest (list " + blocks + ")))";
        assertThatThrownBy(() -> ManifestCodeReader.read(many))
                .isInstanceOf(DynamicCodeException.class)
                .hasMessageContaining("too much in blocks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "; nothing", "(use-modules (x))", "(specifications->manifest '(\"\"))",
                "(specifications->manifest '(\"a@\"))", "(specifications->manifest '(\"a:b c\"))",
                "(specifications->manifest '(\"a:\"))", "(specifications->manifest '(\"a b\"))", "(specifications->"
            })
    void refusesWhatIsNoManifest(String code) {
        assertThatThrownBy(() -> ManifestCodeReader.read(code)).isInstanceOf(FormatException.class);
    }

    @Test
    void writesWhatItReads() throws CairnException {
        String plain = """
                (specifications->manifest
                  (list "a"
                        "b@1:lib"))
                """;
        assertThat(ManifestCodePrinter.print(ManifestCodeReader.read(plain))).startsWith(";; ").endsWith("\n\n" + plain);
        String transformed = """
                (use-modules (guix transformations))

                (define transform1
                  (options->transformation
                    '((with-debug-info . "glibc")
                      (without-tests . "foo"))))

                (packages->manifest
                  (list (transform1 (specification->package "a"))
                        (list (transform1 (specification->package "b@2"))
                              "lib")
                        (specification->package "c")
                        (list (specification->package "c") "doc")))
                """;
        assertThat(ManifestCodePrinter.print(ManifestCodeReader.read(transformed))).endsWith("\n\n" + transformed);
        assertThat(ManifestCodeReader.read(ManifestCodePrinter.print(List.of()))).isEmpty();
    }

    @Test
    void readsTheVectors() throws CairnException, IOException {
        Path folder = SharedData.require("spec/vectors/services");
        JsonNode all = JsonMapper.shared().readTree(Files.readString(folder.resolve("manifests.expected.json")));
        assertThat(all.size()).isPositive();
        for (var each : all.properties()) {
            String text = Files.readString(folder.resolve(each.getKey()));
            if (each.getValue().get("result").asString().equals("opaque")) {
                assertThatThrownBy(() -> ManifestCodeReader.read(text)).isInstanceOf(DynamicCodeException.class);
                continue;
            }
            List<WantedPackage> read = ManifestCodeReader.read(text);
            List<WantedPackage> expected = new ArrayList<>();
            List<JsonNode> entries = List.copyOf(each.getValue().get("entries").values());
            for (int i = 0; i < entries.size(); i++) {
                expected.add(entry(entries.get(i), each.getValue(), i, read.get(i).place()));
            }
            assertThat(read).as(each.getKey()).isEqualTo(expected);
        }
    }

    private static WantedPackage entry(JsonNode entry, JsonNode file, int index, Place place) {
        Subject subject = entry.has("variable")
                ? new Subject.Variable(entry.get("variable").asString())
                : new Subject.Specified(
                        entry.get("name").asString(),
                        Optional.of(entry.get("version")).filter(v -> !v.isNull()).map(JsonNode::asString));
        List<Transformation> transformations = new ArrayList<>();
        for (JsonNode each : file.path("transformations").values()) {
            if (each.get("entries").values().stream().anyMatch(i -> i.asInt() == index)) {
                each.get("options").values().forEach(option -> transformations.add(
                        new Transformation(option.get(0).asString(), option.get(1).asString())));
            }
        }
        return new WantedPackage(subject, entry.get("output").asString(), transformations, place);
    }

    @Test
    void writesTheVectors() throws CairnException, IOException {
        Path folder = SharedData.require("spec/vectors/services");
        for (String name : List.of("manifest-06-export.scm", "manifest-07-transform.scm")) {
            String text = Files.readString(folder.resolve(name));
            String printed = ManifestCodePrinter.print(ManifestCodeReader.read(text));
            assertThat(printed.substring(printed.indexOf("\n\n(") + 2))
                    .isEqualTo(text.substring(text.indexOf('(')));
            if (name.contains("export")) {
                assertThat(printed).isEqualTo(text);
            }
        }
    }
}
