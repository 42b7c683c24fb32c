// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.Choices;
import dev.cairn.app.Workspace;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.store.LocalStore;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GcCommandTest {
    @TempDir
    private Path folder = Path.of("/");

    private StoreLayout layout = StoreLayout.system();
    private StorePath bottom;
    private StorePath top;
    private String said = "";

    GcCommandTest() throws CairnException {
        bottom = StoreDirectory.GNU.item("0".repeat(32) + "-none");
        top = bottom;
    }

    @BeforeEach
    void fillTheStore() throws Exception {
        layout = new StoreLayout(StoreDirectory.GNU, folder.resolve("store"));
        try (Daemon daemon = LocalStore.open(layout)) {
            bottom = daemon.addText("bottom", contents(), List.of());
            top = daemon.addText("top", contents(), List.of(bottom));
        }
        Files.createSymbolicLink(layout.gcRoots().resolve("keep"), Path.of(top.toString()));
    }

    @Test
    void listsRootsAndWhatTheyKeep() {
        assertThat(run(ExitCode.OK, "gc", "--list-roots"))
                .containsExactly(layout.gcRoots().resolve("keep") + " -> " + top);
        assertThat(run(ExitCode.OK, "gc", "--list-roots", "--json")).singleElement().asString()
                .contains("\"kind\":\"link\"").contains(top.toString());
    }

    @Test
    void saysWhatKeepsAnItem() {
        run(ExitCode.FAILURE, "gc", "-D", bottom.toString());
        assertThat(said).contains("gcroots/keep").contains("through " + top);
    }

    @Test
    void leavesEverythingWhereEnoughIsFree() throws Exception {
        Files.delete(layout.gcRoots().resolve("keep"));
        assertThat(run(ExitCode.OK, "gc", "-F", "1")).isEmpty();
        assertThat(said).contains("nothing to do");
        assertThat(layout.physical(top)).exists();
        run(ExitCode.OK, "gc", "-F", "1000000TiB");
        assertThat(layout.physical(top)).doesNotExist();
    }

    @Test
    void storesEqualFilesOnce() throws Exception {
        StorePath twin;
        try (Daemon daemon = LocalStore.open(layout)) {
            daemon.configure(daemon.settings().change().deduplicate(false).build());
            twin = daemon.addText("twin", contents(), List.of());
        }
        assertThat(Files.isSameFile(layout.physical(twin), layout.physical(bottom))).isFalse();
        run(ExitCode.OK, "gc", "--optimize");
        assertThat(said).contains("linked equal files");
        assertThat(Files.isSameFile(layout.physical(twin), layout.physical(bottom))).isTrue();
    }

    @Test
    void remembersNoFailuresUnlessTold() {
        assertThat(run(ExitCode.OK, "gc", "--list-failures")).isEmpty();
        run(ExitCode.OK, "gc", "--clear-failures", "*");
    }

    @Test
    void checksAndForgetsWhatIsGone() throws Exception {
        Files.delete(layout.physical(top));
        assertThat(run(ExitCode.FAILURE, "verify", "--contents", "--repair")).contains("missing: " + top);
        assertThat(run(ExitCode.OK, "verify", "--contents")).noneMatch(line -> line.startsWith("missing"));
        try (Daemon daemon = LocalStore.open(layout)) {
            assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
        }
    }

    /** Long enough to be shared, the same each time. */
    private static byte[] contents() {
        byte[] octets = new byte[10_000];
        new Random(7).nextBytes(octets);
        return octets;
    }

    private List<String> run(int code, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--store-root", layout.root().toString()));
        all.addAll(List.of(arguments));
        Map<String, String> environment = Map.of("HOME", folder.toString(), "USER", "tester");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int actual = CommandLineProgram.on(
                        environment, InputStream.nullInputStream(), out, err, (Choices choices) ->
                                Workspace.of(environment, choices))
                .run(all.toArray(String[]::new));
        said = err.toString(StandardCharsets.UTF_8);
        assertThat(actual).as(String.join(" ", arguments) + "\n" + out + said).isEqualTo(code);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
