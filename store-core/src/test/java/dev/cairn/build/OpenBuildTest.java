// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.daemon.BuildMode;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.event.Event;
import dev.cairn.fs.FileTrees;
import dev.cairn.layout.Places;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Builds that nothing is hidden from, in a store that is where its name says. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpenBuildTest {
    private static final BuildOptions OPEN = BuildOptions.DEFAULT.change().sandbox(false).build();
    private static final BuildOptions CHECK = OPEN.change().mode(BuildMode.CHECK).build();

    private TestStore store;
    private Path counter;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        Path real = folder.toRealPath();
        Places places = new Places(
                real + "/state", real + "/state/db", real + "/log", real + "/etc", Places.GUIX_SCHEMA);
        store = new TestStore(new StoreLayout(new StoreDirectory(real + "/store"), Path.of("/"), places));
        counter = real.resolve("counter");
    }

    @AfterEach
    void makeDeletable() throws IOException {
        for (Path entry : FileTrees.entries(store.layout().physicalStore())) {
            FileTrees.delete(entry);
        }
    }

    @Test
    void doNotTouchWhatTheyAreComparedWith() throws Exception {
        NamedDerivation same = store.add(store.shell(
                "same", "mkdir $out; echo see $out > $out/self; ln -s $out/self $out/link; echo > $out/$(basename $out)"));
        store.build(OPEN, same);
        StorePath output = same.output("out");
        Object before = Files.getAttribute(store.layout().physical(output), "unix:ino");
        assertThat(store.requisites(List.of(output))).hasSize(1);
        store.build(CHECK, same);
        assertThat(Files.getAttribute(store.layout().physical(output), "unix:ino")).isEqualTo(before);
        assertThat(store.events()).anyMatch(event -> event instanceof Event.Message(_, _, String text)
                && text.equals("warning: rewriting hashes in `" + output + "'; cross fingers"));
        assertThat(store.leftovers()).isEmpty();
    }

    @Test
    void areComparedWithWhatTheyMadeBefore() throws Exception {
        NamedDerivation other = store.add(store.shell(
                "other", "echo x >> " + counter + "; mkdir $out; ln -s $out $out/self; wc -l < " + counter + " > $out/n"));
        store.build(OPEN, other);
        StorePath output = other.output("out");
        assertThatThrownBy(() -> store.build(CHECK, other))
                .isInstanceOfSatisfying(DaemonException.NotDeterministic.class, failure ->
                        assertThat(failure.differences()).singleElement().asString().startsWith("n: "));
        assertThat(store.hasItsContents(output)).isTrue();
        assertThat(store.leftovers()).isEmpty();
        BuildOptions keeping = CHECK.change().keepFailed(true).build();
        assertThatThrownBy(() -> store.build(keeping, other)).hasMessageContaining("-check");
        Path kept = store.layout().physicalStore().resolve(output.baseName() + "-check");
        assertThat(kept.resolve("n")).hasContent("3");
        assertThat(Files.readSymbolicLink(kept.resolve("self"))).isEqualTo(store.layout().physical(output));
        FileTrees.delete(kept);
        for (Event event : store.events()) {
            if (event instanceof Event.Message(_, _, String text) && text.startsWith("note: keeping")) {
                FileTrees.delete(Path.of(text.substring(text.indexOf('`') + 1, text.lastIndexOf('\''))));
            }
        }
    }

    @Test
    void leaveNothingWhenTheComparedBuildFails() throws Exception {
        NamedDerivation once = store.add(
                store.shell("once", "mkdir $out; test ! -e " + counter + " && touch " + counter));
        store.build(OPEN, once);
        assertThatThrownBy(() -> store.build(CHECK, once)).isInstanceOf(DaemonException.BuildFailed.class);
        assertThat(store.hasItsContents(once.output("out"))).isTrue();
        assertThat(store.leftovers()).isEmpty();
    }

    @Test
    void mendWhatIsDamaged() throws Exception {
        NamedDerivation self = store.add(store.shell("self", "echo see $out > $out"));
        store.build(OPEN, self);
        Path file = store.layout().physical(self.output("out"));
        FileTrees.delete(file);
        Files.writeString(file, "damaged");
        store.build(OPEN.change().mode(BuildMode.REPAIR).build(), self);
        assertThat(file).hasContent("see " + self.output("out") + "\n");
        assertThat(store.leftovers()).isEmpty();
    }
}
