// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.build.TestStore;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteFilesBuilderTest {
    private TestStore store;

    @BeforeEach
    void open(@TempDir Path root) throws IOException {
        store = new TestStore(root.resolve("root"));
    }

    @Test
    void writesTextsLinksCopiesAndDirectories() throws Exception {
        Path tree = Files.createDirectories(store.layout().root().resolve("tree/sub")).getParent();
        Files.writeString(tree.resolve("sub/plain"), "plain\n");
        Path run = Files.writeString(tree.resolve("run"), "#!#$shell/bin/sh -#$sh #$home\n");
        assertThat(run.toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(tree.resolve("link"), Path.of("sub/plain"));
        StorePath source = store.addTree("source", tree);
        NamedDerivation made = build("""
                {"out": {
                  "bin/hello": {"text": "#!/bin/sh\\necho #$output #$output:doc #$output:other\\n", "executable": true},
                  "bin/hi": {"symlink": "hello"},
                  "bin/run": {"copy": "%1$s/run", "substitute": {
                      "#$sh": "SH", "#$shell": "/gnu/store/shell", "#$home": "#$output/home"}},
                  "share": {"copy": "%1$s"},
                  "share/more": {"text": "ü"},
                  "empty": {"directory": true}},
                 "doc": {".": {"copy": "%1$s/sub/plain", "executable": true}}}
                """.formatted(source), source, List.of("out", "doc"));
        Path out = store.output(made);
        String self = made.output("out").toString();
        assertThat(out.resolve("bin/hello"))
                .hasContent("#!/bin/sh\necho " + self + " " + made.output("doc") + " " + self + ":other\n")
                .isExecutable();
        assertThat(Files.readSymbolicLink(out.resolve("bin/hi"))).hasToString("hello");
        assertThat(out.resolve("bin/run"))
                .hasContent("#!/gnu/store/shell/bin/sh -SH " + self + "/home\n")
                .isExecutable();
        assertThat(out.resolve("share/sub/plain")).hasContent("plain\n");
        assertThat(Files.isExecutable(out.resolve("share/sub/plain"))).isFalse();
        assertThat(Files.readSymbolicLink(out.resolve("share/link"))).hasToString("sub/plain");
        assertThat(out.resolve("share/more")).hasContent("ü");
        assertThat(out.resolve("empty")).isEmptyDirectory();
        assertThat(store.layout().physical(made.output("doc"))).hasContent("plain\n").isExecutable();
        assertThat(store.registered(made.output("out")).references())
                .containsExactlyInAnyOrder(made.output("out"), made.output("doc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"out\": {\"../x\": {\"text\": \"\"}}}",
        "{\"out\": {\"/etc/x\": {\"text\": \"\"}}}",
        "{\"out\": {\"a\": {\"text\": \"\"}, \"a/b\": {\"text\": \"\"}}}",
        "{\"out\": {\"a\": {\"symlink\": \"/tmp\"}, \"a/b\": {\"text\": \"\"}}}",
        "{\"out\": {\"a\": {\"text\": \"\", \"symlink\": \"b\"}}}",
        "{\"out\": {\"a\": {\"text\": 3}}}",
        "{\"out\": {\"a\": {\"text\": \"\", \"mode\": 3}}}",
        "{\"out\": {\"a\": {\"copy\": \"/etc/passwd\"}}}",
        "{\"out\": {\"a\": {\"copy\": \"/gnu/store/00000000000000000000000000000000-x/../../../etc\"}}}",
        "{\"out\": {\"a\": {\"copy\": \"/gnu/store/00000000000000000000000000000000-absent\"}}}",
        "{\"other\": {}}",
        "{\"out\": {\"a\": {}, \"a\": {}}}",
        "{\"out\": ",
        "[]"
    })
    void refusesWhatItDoesNotUnderstandOrWouldLeadOutside(String specification) {
        assertThatThrownBy(() -> build(specification, null, List.of("out")))
                .isInstanceOf(DaemonException.BuildFailed.class);
        assertThat(store.layout().root().resolve("x")).doesNotExist();
    }

    private NamedDerivation build(
            String specification, @Nullable StorePath source, List<String> outputs)
            throws Exception {
        StorePath text = source == null
                ? store.addText("specification", specification)
                : store.addText("specification", specification, source);
        NamedDerivation derivation = store.add(new DerivationBuilder("files", "builtin", "builtin:write-files")
                .outputs(outputs)
                .source(text)
                .variable("specification", text.toString()));
        store.build(derivation);
        return derivation;
    }
}
