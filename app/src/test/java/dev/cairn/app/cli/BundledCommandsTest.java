// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.Installation;
import dev.cairn.fs.FileTrees;
import dev.cairn.testing.Namespaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line on the bundled channel, in cases that the launcher's tests have no time for. */
class BundledCommandsTest {
    @TempDir
    private Path home = Path.of("/");

    private CommandRuns cairn = runs(home);

    @BeforeEach
    void begin() {
        cairn = runs(home);
    }

    private static CommandRuns runs(Path home) {
        Path resources = Path.of(System.getProperty("cairn.root"), "ui-resources/src/main/resources/dev/cairn/ui");
        return new CommandRuns(home, new Installation(Optional.of(resources)), home);
    }

    @Test
    void dryRunRefusesWhatAPureRunWould() {
        assertThat(cairn.run("install", "-n", "--pure", "calc")).isEqualTo(ExitCode.FAILURE);
        assertThat(cairn.err()).contains("only pure builds were asked for");
        assertThat(cairn.run("build", "-n", "--pure", "calc")).isEqualTo(ExitCode.FAILURE);
        assertThat(cairn.err()).contains("only pure builds were asked for");
        cairn.must("install", "-n", "--pure", "hello");
        cairn.must("install", "-n", "calc");
    }

    @Test
    void twoVersionsOfOnePackageAreRefused() {
        assertThat(cairn.run("install", "hello@1.0", "hello@2.0")).isEqualTo(ExitCode.FAILURE);
        assertThat(cairn.err()).contains("'hello@1.0' and 'hello@2.0' were both asked for").contains("--profile");
    }

    @Test
    void profileGetsExactlyWhatAManifestAsksFor() throws Exception {
        Namespaces.assumeUsable();
        Path manifest = home.resolve("manifest.scm");
        Files.writeString(manifest, "(specifications->manifest (list \"hello@1.0\" \"calc\"))");
        cairn.must("install", "-m", manifest.toString());
        cairn.must("list", "--export-manifest");
        assertThat(cairn.out()).endsWith("""

                (specifications->manifest
                  (list "hello@1"
                        "calc"))
                """);
        Files.writeString(manifest, cairn.out());
        cairn.must("install", "--manifest=" + manifest);
        assertThat(cairn.err()).contains("nothing to do");
        Files.writeString(manifest, "(packages->manifest (list (specification->package \"calc\")))");
        cairn.must("install", "--manifest=" + manifest);
        cairn.must("list");
        assertThat(cairn.out()).startsWith("calc\t").hasLineCount(1);
    }

    @Test
    void manifestThatWouldHaveToBeRunIsRefused() throws Exception {
        Path manifest = home.resolve("manifest.scm");
        for (Map.Entry<String, String> each : Map.of(
                        "(packages->manifest (map f (list hello)))", "'f' is not understood here (line 1, column 25)",
                        "(packages->manifest (list hello))", "variable 'hello' (line 1)",
                        "(define t (options->transformation '((with-latest . \"x\"))))\n"
                                + "(packages->manifest (list (t (specification->package \"x\"))))", "'x' (line 2)",
                        "(oops", "not closed")
                .entrySet()) {
            Files.writeString(manifest, each.getKey());
            assertThat(cairn.run("install", "-n", "-m", manifest.toString())).isEqualTo(ExitCode.FAILURE);
            assertThat(cairn.err()).contains(each.getValue());
        }
        assertThat(cairn.run("install", "-m", home.resolve("none").toString())).isEqualTo(ExitCode.FAILURE);
        assertThat(cairn.err()).contains("no such file").contains("none");
        assertThat(cairn.run("install")).isEqualTo(ExitCode.USAGE);
        assertThat(cairn.run("install", "hello", "-m", manifest.toString())).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void describeNeedsAChannelOfGuix() {
        assertThat(cairn.run("describe")).isEqualTo(ExitCode.FAILURE);
        assertThat(cairn.err()).contains("no enabled channel offers a revision of GNU Guix");
        assertThat(cairn.run("describe", "-f", "xml")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void generationsThatArePinnedStayAndAreFoundByTheirNames() {
        Namespaces.assumeUsable();
        cairn.must("install", "hello@1.0");
        cairn.must("install", "hello@2.0");
        cairn.must("install", "calc");
        cairn.must("label-generation", "1", "the old hello");
        cairn.must("pin-generation", "the old hello");
        cairn.must("generations");
        assertThat(cairn.out()).contains("(pinned)\tthe old hello");
        cairn.must("generations", "1", "--json");
        assertThat(cairn.out()).contains("\"label\":\"the old hello\"").contains("\"pinned\":true");

        assertThat(cairn.run("delete-generations", "1")).isEqualTo(ExitCode.FAILURE);
        assertThat(cairn.err()).contains("generation 1 is pinned").contains("unpin-generation 1");
        cairn.must("delete-generations");
        assertThat(cairn.err()).contains("guix-profile-2-link").doesNotContain("guix-profile-1-link");

        cairn.must("switch-generation", "the old hello");
        assertThat(cairn.out()).contains("to 1");
        cairn.must("unpin-generation", "1");
        cairn.must("label-generation", "1");
        assertThat(cairn.run("switch-generation", "the old hello")).isEqualTo(ExitCode.FAILURE);
        assertThat(cairn.err()).contains("there is no generation 'the old hello'");
        assertThat(cairn.run("label-generation", "1", "17")).isEqualTo(ExitCode.FAILURE);
        assertThat(cairn.err()).contains("could be taken for the number");
    }

    @Test
    void twoGenerationsAreCompared() {
        Namespaces.assumeUsable();
        cairn.must("install", "hello@1.0");
        cairn.must("install", "calc");
        cairn.must("install", "hello@2.0");
        cairn.must("compare-generations", "1");
        assertThat(cairn.out())
                .startsWith("Generation 1 -> 3\n")
                .contains("Added:\n  calc ")
                .contains("Upgraded:\n  hello 1.0 -> 2.0")
                .contains("Unchanged: 0\n")
                .contains("Size with all that is needed: ");
        cairn.must("compare-generations", "3", "2", "--json");
        assertThat(cairn.out())
                .contains("\"from\":3,\"to\":2")
                .contains("\"action\":\"downgrade\"")
                .contains("\"unchanged\":[\"calc\"]");
        assertThat(cairn.run("compare-generations", "1", "9")).isEqualTo(ExitCode.FAILURE);
        assertThat(cairn.err()).contains("there is no generation '9'");
    }

    @Test
    void generationWhoseItemIsGoneIsListedAsGone() throws Exception {
        Namespaces.assumeUsable();
        cairn.must("install", "hello@1.0");
        cairn.must("upgrade");
        Path store = home.resolve(".local/share/cairn");
        Path first = store.resolve("var/guix/profiles/per-user/tester/guix-profile-1-link");
        FileTrees.delete(Path.of(store + Files.readSymbolicLink(first).toString()));

        cairn.must("generations");
        assertThat(cairn.out().lines().filter(line -> line.startsWith("Generation")))
                .satisfiesExactly(
                        gone -> assertThat(gone).endsWith("(gone: no longer in the store)"),
                        current -> assertThat(current).endsWith("(current)"));
        cairn.must("generations", "--json");
        assertThat(cairn.out()).contains("\"gone\":true").contains("\"gone\":false");
    }
}
