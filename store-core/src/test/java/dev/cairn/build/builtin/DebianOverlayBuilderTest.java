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
import dev.cairn.testing.debian.DebWriter;
import dev.cairn.tree.MergedTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianOverlayBuilderTest {
    private TestStore store;

    @BeforeEach
    void open(@TempDir Path root) throws IOException {
        store = new TestStore(root.resolve("root"));
    }

    @Test
    void goesFromPackageFilesToATree() throws Exception {
        StorePath awk = installed(DebWriter.of("mawk", "1").file("bin/mawk", 0755, "awk").script("postinst", """
                #!/bin/sh
                update-alternatives --install /usr/bin/awk awk /usr/bin/mawk 5
                """), "");
        StorePath app = installed(DebWriter.of("app", "2").file("usr/bin/app", 04755, "app"), awk.toString());
        NamedDerivation overlay = overlay(app.toString(), "1", app);
        Path item = store.output(overlay);
        assertThat(Trees.list(item.resolve("contents"))).containsOnlyKeys("app", "mawk");
        assertThat(item.resolve("notes"))
                .content()
                .contains("'/usr/bin/app' would run with the rights of another user");
        MergedTree tree = MergedTree.ofOverlay(store.layout(), Path.of(overlay.output("out").toString()));
        Path made = store.layout().root().resolve("tree");
        tree.make(made);
        assertThat(Trees.list(made))
                .containsEntry("usr/bin/mawk", "file")
                .containsEntry("usr/bin/app", "file")
                .containsEntry("usr/bin/awk", "-> /etc/alternatives/awk");
        assertThat(store.leftovers()).isEmpty();
    }

    @Test
    void keepsWhatItLinksToAlive() throws Exception {
        StorePath app = installed(DebWriter.of("app", "2").file("usr/bin/app", 0755, "app"), "");
        NamedDerivation overlay = overlay(app.toString(), "1", app);
        assertThat(store.registered(overlay.output("out")).references())
                .singleElement()
                .satisfies(contents -> assertThat(contents.name()).isEqualTo("app-contents"));
    }

    @Test
    void refusesWhatIsNoPackage() throws Exception {
        StorePath text = store.addText("x", "x");
        assertThatThrownBy(() -> overlay(text.toString(), "1", text)).isInstanceOf(DaemonException.BuildFailed.class);
        assertThatThrownBy(() -> overlay("/etc/passwd", "1")).isInstanceOf(DaemonException.BuildFailed.class);
        assertThatThrownBy(() -> overlay(text.toString(), "2", text)).isInstanceOf(DaemonException.BuildFailed.class);
        assertThat(store.leftovers()).isEmpty();
    }

    /** A package item, through all builders. */
    private StorePath installed(DebWriter deb, String dependencies) throws Exception {
        Path file = Files.write(store.layout().root().resolve("a.deb"), deb.octets());
        StorePath source = store.addTree("a.deb", file);
        NamedDerivation contents = store.add(new DerivationBuilder(
                        deb.name() + "-contents", "builtin", "builtin:debian-contents")
                .source(source)
                .variable("src", source.toString())
                .variable("format", "1"));
        store.build(contents);
        DerivationBuilder item = new DerivationBuilder(deb.name(), "builtin", "builtin:debian-package")
                .source(contents.output("out"))
                .variable("packages", deb.name())
                .variable("contents", contents.output("out").toString())
                .variable("dependencies", dependencies)
                .variable("format", "1");
        if (!dependencies.isEmpty()) {
            item.source(store.layout().storeDirectory().parse(dependencies));
        }
        NamedDerivation made = store.add(item);
        store.build(made);
        return made.output("out");
    }

    private NamedDerivation overlay(String packages, String format, StorePath... sources) throws Exception {
        DerivationBuilder builder = new DerivationBuilder("overlay", "builtin", "builtin:debian-overlay")
                .variable("packages", packages)
                .variable("format", format);
        for (StorePath source : sources) {
            builder.source(source);
        }
        NamedDerivation derivation = store.add(builder);
        store.build(derivation);
        return derivation;
    }
}
