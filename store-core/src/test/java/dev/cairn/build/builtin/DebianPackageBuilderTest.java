// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.build.TestStore;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.path.StorePath;
import dev.cairn.testing.Trees;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianPackageBuilderTest {
    private TestStore store;

    @BeforeEach
    void open(@TempDir Path root) throws IOException {
        store = new TestStore(root.resolve("root"));
    }

    @Test
    void linksToContentsAndDependencies() throws Exception {
        StorePath contents = store.addText("a-1-contents", "a");
        StorePath foreign = store.addText("b-1-contents", "b");
        StorePath dependency = store.addText("c-1", "c");
        NamedDerivation made = build("a b:i386", contents + " " + foreign, dependency.toString(), contents, foreign,
                dependency);
        assertThat(Trees.list(store.output(made)))
                .containsOnlyKeys(
                        "debian",
                        "debian/contents",
                        "debian/contents/a",
                        "debian/contents/b:i386",
                        "debian/dependencies",
                        "debian/dependencies/" + dependency.baseName())
                .containsEntry("debian/contents/b:i386", "-> " + foreign)
                .containsEntry("debian/dependencies/" + dependency.baseName(), "-> " + dependency);
        assertThat(store.registered(made.output("out")).references())
                .containsExactlyInAnyOrder(contents, foreign, dependency);
    }

    @Test
    void needsNoDependencies() throws Exception {
        StorePath contents = store.addText("a-1-contents", "a");
        assertThat(store.registered(build("a", contents.toString(), "", contents).output("out")).references())
                .containsExactly(contents);
    }

    @Test
    void refusesVariablesThatMakeNoSense() throws Exception {
        StorePath contents = store.addText("a-1-contents", "a");
        assertFails("../a", contents.toString(), "");
        assertFails("a/b", contents.toString(), "");
        assertFails("a:", contents.toString(), "");
        assertFails("a b", contents.toString(), "");
        assertFails("a", "/etc/passwd", "");
        assertFails("a", contents.toString(), "/gnu/store/../x");
        assertThat(store.leftovers()).isEmpty();
    }

    private void assertFails(String packages, String contents, String dependencies) {
        assertThatThrownBy(() -> build(packages, contents, dependencies))
                .isInstanceOf(DaemonException.BuildFailed.class);
    }

    private NamedDerivation build(String packages, String contents, String dependencies, StorePath... sources)
            throws Exception {
        DerivationBuilder builder = new DerivationBuilder("a-1", "builtin", "builtin:debian-package")
                .variable("packages", packages)
                .variable("contents", contents)
                .variable("dependencies", dependencies)
                .variable("format", "1");
        for (StorePath source : sources) {
            builder.source(source);
        }
        NamedDerivation derivation = store.add(builder);
        store.build(derivation);
        return derivation;
    }
}
