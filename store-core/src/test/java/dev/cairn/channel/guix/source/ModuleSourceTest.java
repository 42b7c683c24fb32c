// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.CairnException;
import dev.cairn.manifest.SearchPathSpecification;
import dev.cairn.testing.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleSourceTest {
    private static final Path MODULES =
            SharedData.repository().resolve("store-core/src/test/resources/channel/guix/modules");
    private static final Pattern EXPECTATION = Pattern.compile(";; (Package|Propagates|Search paths|Unknown):(.*)");
    private static final ModuleSource SOURCE = new ModuleSource(ModuleSourceTest::read);

    private static Optional<String> read(String file) throws CairnException {
        try {
            Path path = MODULES.resolve(file);
            return Files.isRegularFile(path)
                    ? Optional.of(ModuleFiles.decode(Files.readAllBytes(path)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a comment says of the package that follows it. */
    record Expected(
            String name, String version, Location location, Optional<String> inputs, List<String> paths,
            Optional<String> unknown) {}

    static List<Expected> packages() throws IOException {
        List<Expected> all = new ArrayList<>();
        for (String file : List.of("base", "inputs", "paths", "dynamic")) {
            all.addAll(packages("demo/packages/" + file + ".scm"));
        }
        return all;
    }

    private static List<Expected> packages(String file) throws IOException {
        List<Expected> all = new ArrayList<>();
        List<String> lines = Files.readAllLines(MODULES.resolve(file));
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith(";; Package:")) {
                continue;
            }
            String[] label = lines.get(i).substring(";; Package:".length()).strip().split(" ");
            Optional<String> inputs = Optional.empty();
            List<String> paths = new ArrayList<>();
            Optional<String> unknown = Optional.empty();
            int line = i + 1;
            for (Matcher m = EXPECTATION.matcher(lines.get(line)); m.matches();
                    m = EXPECTATION.matcher(lines.get(++line))) {
                switch (m.group(1)) {
                    case "Propagates" -> inputs = Optional.of(m.group(2).strip());
                    case "Search paths" -> paths.add(m.group(2).strip());
                    default -> unknown = Optional.of(m.group(2).strip());
                }
            }
            Location location = location(file, lines, line, label[0]);
            all.add(new Expected(label[0], label[1], location, inputs, paths, unknown));
        }
        return all;
    }

    /** The last form before the package's name that makes packages. */
    private static Location location(String file, List<String> lines, int from, String name) {
        int at = from;
        while (!lines.get(at).contains("(name \"" + name + "\"") && at < from + 11) {
            at++;
        }
        for (int i = Math.min(at, lines.size() - 1); i >= from; i--) {
            Matcher form = Pattern.compile("[(\\[]package(/inherit)? ?").matcher(lines.get(i));
            if (form.find() && !lines.get(i).contains("\"local\"")) {
                return new Location(file, i + 1, form.start());
            }
        }
        return new Location(file, from + 1, 0);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void readsEveryForm(Expected expected) throws CairnException {
        Knowledge knowledge = SOURCE.of(expected.name(), expected.version(), expected.location());
        String why = knowledge instanceof Knowledge.Unknown unknown ? unknown.why() : "";
        if (expected.unknown().isEmpty()) {
            assertThat(why).isEmpty();
        } else {
            assertThat(why).contains(expected.unknown().get())
                    .containsPattern("\\(?demo/packages/[a-z]+\\.scm:\\d+:\\d+\\)?");
        }
        expected.inputs().ifPresent(inputs -> assertThat(knowledge.inputs().stream()
                        .map(PropagatedInput::toString)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(inputs));
        assertThat(knowledge.searchPaths().stream().map(ModuleSourceTest::show)).isEqualTo(expected.paths());
    }

    private static String show(SearchPathSpecification path) {
        return path.variable() + "=" + String.join(",", path.files())
                + " sep=" + path.separator().orElse("none")
                + " type=" + path.fileType()
                + path.pattern().map(pattern -> " pattern=" + pattern).orElse("");
    }

    @Test
    void findsThePackageByNameAndVersionWhereThePlaceIsAnotherOne() throws CairnException {
        assertThat(SOURCE.of("spoon", "3.0", new Location("demo/packages/base.scm", 2, 0)).inputs()).hasSize(2);
        assertThat(SOURCE.of("spoon", "3.0", new Location("demo/packages/base.scm", 12, 2)).inputs()).hasSize(2);
    }

    @Test
    void takesNoOtherVersionForThePackage() throws CairnException {
        assertThat(SOURCE.of("spoon", "4.0", new Location("demo/packages/base.scm", 2, 0)))
                .isInstanceOfSatisfying(
                        Knowledge.Unknown.class,
                        unknown -> assertThat(unknown.why())
                                .isEqualTo("no definition of 'spoon' 4.0 that can be read is at"
                                        + " demo/packages/base.scm:2:0"));
    }

    @Test
    void saysThatAFileIsMissingOrDamaged() throws CairnException {
        assertThat(SOURCE.of("x", "1", new Location("demo/none.scm", 2, 0)))
                .isInstanceOfSatisfying(
                        Knowledge.Unknown.class, unknown -> assertThat(unknown.why()).contains("no file"));
        assertThat(SOURCE.of("broken", "1", new Location("demo/packages/broken.scm", 3, 22)))
                .isInstanceOfSatisfying(
                        Knowledge.Unknown.class,
                        unknown -> assertThat(unknown.why())
                                .contains("demo/packages/broken.scm", "not closed", "line 1"));
    }

    @Test
    void readsAModuleOnceThatOthersUse() throws CairnException {
        Map<String, Integer> reads = new ConcurrentHashMap<>();
        ModuleSource source = new ModuleSource(file -> {
            reads.merge(file, 1, Integer::sum);
            return file.equals("mine.scm")
                    ? Optional.of("(define-module (mine) #:use-module (demo packages base))\n"
                            + "(define-public mine (package (inherit spoon) (name \"mine\")))")
                    : read(file);
        });
        for (int i = 0; i < 10; i++) {
            assertThat(source.of("mine", "3.0", new Location("mine.scm", 2, 20)).inputs()).hasSize(2);
        }
        assertThat(reads).containsEntry("demo/packages/base.scm", 1).doesNotContainValue(2);
    }

    @Test
    void readsAModuleOfManyPackages() throws CairnException {
        String text = "(define-module (big))\n"
                + Stream.iterate(0, i -> i + 1)
                        .limit(8000)
                        .map(i -> """
                                (define-public p%d
                                  (package
                                    (name "p%d")
                                    (version "1")
                                    (arguments (list #:tests? #f #:phases #~(list #$(this-package-input "x"))))
                                    (propagated-inputs (list p%d))
                                    (synopsis "One of many")))

                                """.formatted(i, i, Math.max(0, i - 1)))
                        .collect(Collectors.joining());
        ModuleSource source = new ModuleSource(file -> file.equals("big.scm") ? Optional.of(text) : Optional.empty());
        for (int i = 1; i < 8000; i += 7) {
            assertThat(source.of("p" + i, "1", new Location("big.scm", 3 + 8 * i, 2)).inputs())
                    .containsExactly(new PropagatedInput("p" + (i - 1), Optional.of("1"), "out"));
        }
    }

    @Test
    void boundsHowMuchIsReadThatCannotBe() throws CairnException {
        String few = "(append many (list p))";
        String often = "(append" + " many".repeat(60) + " (list p))";
        for (String inputs : List.of(few, often)) {
            String text = """
                    (define-module (m))
                    (define many `(%s))
                    (define-public p (package (name "p") (version "1")))
                    (define-public q (package (name "q") (version "1") (propagated-inputs %s)))
                    """.formatted("1 ".repeat(1000), inputs);
            ModuleSource source = new ModuleSource(file -> file.equals("m.scm") ? Optional.of(text) : Optional.empty());
            Knowledge knowledge = source.of("q", "1", new Location("m.scm", 4, 17));
            assertThat(knowledge).isInstanceOf(Knowledge.Unknown.class);
            assertThat(knowledge.inputs()).hasSize(inputs.equals(few) ? 1 : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/etc/passwd:1:0", "../x.scm:1:0", "a//b:1:0", "a:0:0", "a", "a:1:x", "a\n:1:1", "a/./b:1:1"})
    void refusesPlacesThatAreNone(String text) {
        assertThatThrownBy(() -> Location.parse(text)).hasMessageContaining("FILE:LINE:COLUMN");
    }
}
