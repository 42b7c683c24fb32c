// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.daemon.BuildMode;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.event.EventSink;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that are remembered as failed, and items made anew, in a real store. */
class FailedBuildsTest {
    private Daemon daemon;

    @BeforeEach
    void open(@TempDir Path root) throws Exception {
        daemon = LocalStore.open(new StoreLayout(StoreDirectory.GNU, root));
    }

    @AfterEach
    void close() throws Exception {
        daemon.close();
    }

    @Test
    void areForgottenByOutputByDerivationOrAll() throws Exception {
        daemon.configure(StoreSettings.DEFAULT.change().cacheFailures(true).build());
        NamedDerivation bad = specified("bad", "no JSON");
        NamedDerivation worse = specified("worse", "no JSON either");
        fail(bad);
        fail(worse);
        assertThat(daemon.failedPaths()).containsExactlyInAnyOrder(bad.output("out"), worse.output("out"));
        assertThatThrownBy(() -> build(BuildMode.NORMAL, bad)).hasMessageContaining("failed before");
        daemon.clearFailedPaths(List.of(bad.path().toString(), "/not/in/the/store.drv"));
        assertThat(daemon.failedPaths()).containsExactly(worse.output("out"));
        fail(bad);
        daemon.clearFailedPaths(List.of(bad.output("out").toString()));
        assertThat(daemon.failedPaths()).containsExactly(worse.output("out"));
        daemon.clearFailedPaths(List.of("*"));
        assertThat(daemon.failedPaths()).isEmpty();
    }

    @Test
    void areNotRememberedUnlessAskedFor() throws Exception {
        fail(specified("bad", "no JSON"));
        assertThat(daemon.failedPaths()).isEmpty();
    }

    @Test
    void leavesRepairedItemsRegisteredAsTheyWere() throws Exception {
        NamedDerivation made = specified("made", "{\"out\": {\"x\": {\"text\": \"good\"}}}");
        build(BuildMode.NORMAL, made);
        Path file = daemon.physical(made.output("out")).resolve("x");
        var before = daemon.pathInfo(made.output("out")).orElseThrow();
        Files.setAttribute(file, "unix:mode", 0644);
        Files.writeString(file, "bad");
        build(BuildMode.REPAIR, made);
        assertThat(file).hasContent("good");
        assertThat(daemon.pathInfo(made.output("out"))).contains(before);
        assertThat(daemon.verify(true, EventSink.NONE).corrupt()).isEmpty();
    }

    @Test
    void namesItsBuilders() throws Exception {
        assertThat(daemon.builtinBuilders()).contains("download", "git-download", "profile");
    }

    private void fail(NamedDerivation derivation) {
        assertThatThrownBy(() -> build(BuildMode.NORMAL, derivation)).isInstanceOf(DaemonException.BuildFailed.class);
    }

    private void build(BuildMode mode, NamedDerivation derivation) throws DaemonException {
        BuildOptions options = BuildOptions.DEFAULT.change().mode(mode).build();
        daemon.build(List.of(BuildTarget.all(derivation.path())), options, EventSink.NONE);
    }

    private NamedDerivation specified(String name, String specification) throws Exception {
        StorePath text =
                daemon.addText(name + "-specification", specification.getBytes(StandardCharsets.UTF_8), List.of());
        NamedDerivation made = new DerivationBuilder(name, "builtin", "builtin:write-files")
                .source(text)
                .variable("specification", text.toString())
                .build(new DerivationHasher<DaemonException>(StoreDirectory.GNU, path -> {
                    throw new DaemonException.NotValid(path);
                }));
        daemon.addText(made.path().name(), made.text(), made.derivation().references());
        return made;
    }
}
