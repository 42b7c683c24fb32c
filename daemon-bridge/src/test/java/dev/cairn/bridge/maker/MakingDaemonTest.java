// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.maker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.bridge.client.DaemonAddress;
import dev.cairn.bridge.client.SocketDaemon;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.CairnException;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.hash.Hash;
import dev.cairn.path.StorePath;
import dev.cairn.testing.NixDaemonProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cairn's own builders with a daemon that lacks them, in a sandbox that has nothing but their inputs. */
class MakingDaemonTest {
    @TempDir
    private Path folder;

    private NixDaemonProcess nix;
    private Daemon daemon;

    @BeforeEach
    void open() throws CairnException, IOException {
        nix = NixDaemonProcess.start(folder);
        daemon = making();
    }

    private Daemon making() throws CairnException {
        return new MakingDaemon(
                SocketDaemon.open(new DaemonAddress.Local(nix.socket()), nix.layout()),
                nix.layout(),
                new Builders(),
                Made.read(nix.layout().storeDirectory(), folder.resolve("cache/made")));
    }

    @AfterEach
    void close() throws CairnException {
        if (nix != null) {
            daemon.close();
            nix.close();
        }
    }

    @Test
    void writesFilesWithReferencesThatTheDaemonFinds() throws Exception {
        StorePath library = text("library", "what is linked to");
        NamedDerivation derivation = written("program", """
                {"out": {
                  "bin/run": {"text": "#!/bin/sh\\nexec #$output/libexec/it\\n", "executable": true},
                  "lib": {"symlink": "%s"},
                  "self": {"symlink": "#$output/bin"},
                  "empty": {"directory": true}
                }}
                """.formatted(library), library);
        build(derivation);
        StorePath made = daemon.realised(derivation.output("out"));
        assertThat(made).isNotEqualTo(derivation.output("out"));
        PathInfo info = daemon.pathInfo(made).orElseThrow();
        assertThat(info.references()).containsExactlyInAnyOrder(library, made);
        Path tree = daemon.physical(made);
        assertThat(tree.resolve("bin/run"))
                .isExecutable()
                .hasContent("#!/bin/sh\nexec " + made + "/libexec/it\n");
        assertThat(Files.readSymbolicLink(tree.resolve("lib"))).hasToString(library.toString());
        assertThat(Files.readSymbolicLink(tree.resolve("self"))).hasToString(made + "/bin");
        assertThat(tree.resolve("empty")).isEmptyDirectory();
    }

    @Test
    void answersForTheNameThatTheDerivationStates() throws Exception {
        NamedDerivation derivation = written("program", "{\"out\": {\"file\": {\"text\": \"text\"}}}");
        StorePath stated = derivation.output("out");
        assertThat(daemon.isValid(stated)).isFalse();
        build(derivation);
        assertThat(daemon.isValid(stated)).isTrue();
        assertThat(daemon.valid(List.of(stated))).containsExactly(stated);
        assertThat(daemon.physical(stated).resolve("file")).hasContent("text");
        assertThat(daemon.derivationOutputs(derivation.path()))
                .isEqualTo(Map.of("out", daemon.realised(stated)));
        try (Daemon later = making()) {
            assertThat(later.realised(stated)).isEqualTo(daemon.realised(stated));
        }
    }

    @Test
    void makesWhatNeedsSomethingMadeSo() throws Exception {
        NamedDerivation lower = written("lower", "{\"out\": {\"file\": {\"text\": \"below\"}}}");
        add(lower);
        StorePath specification = text("specification", """
                {"out": {"link": {"symlink": "%1$s/file"}, "copy": {"copy": "%1$s/file"}}}
                """.formatted(lower.output("out")));
        NamedDerivation upper = new DerivationBuilder("upper", "x86_64-linux", "builtin:write-files")
                .source(specification)
                .input(lower)
                .variable("specification", specification.toString())
                .build(hasher(lower));
        build(upper);
        StorePath made = daemon.realised(upper.output("out"));
        StorePath below = daemon.realised(lower.output("out"));
        assertThat(daemon.pathInfo(made).orElseThrow().references()).containsExactly(below);
        assertThat(Files.readSymbolicLink(daemon.physical(made).resolve("link"))).hasToString(below + "/file");
        assertThat(daemon.physical(made).resolve("copy")).hasContent("below");
    }

    @Test
    void keepsFixedContentsUnderTheirOwnName() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "to be downloaded");
        Hash hash = Hash.sha256(Files.readAllBytes(file));
        NamedDerivation right = download(file, hash);
        build(right);
        assertThat(daemon.realised(right.output("out"))).isEqualTo(right.output("out"));
        assertThat(daemon.physical(right.output("out"))).hasContent("to be downloaded");

        NamedDerivation wrong = download(file, Hash.sha256(new byte[0]));
        assertThatThrownBy(() -> build(wrong)).isInstanceOf(DaemonException.HashMismatch.class);
    }

    @Test
    void writesLargeFilesThatNameTheirOwnOutputAnywhere() throws Exception {
        String text = ("x".repeat(65_521) + "#$output").repeat(40);
        NamedDerivation derivation = written(
                "large", "{\"out\": {\".\": {\"text\": \"" + text + "\"}}}");
        build(derivation);
        StorePath made = daemon.realised(derivation.output("out"));
        assertThat(Files.readString(daemon.physical(made)))
                .isEqualTo(text.replace("#$output", made.toString()));
    }

    @Test
    void tellsOfTheWork() throws Exception {
        List<Event> events = Collections.synchronizedList(new ArrayList<>());
        NamedDerivation derivation = written("program", "{\"out\": {\"file\": {\"text\": \"text\"}}}");
        add(derivation);
        daemon.build(List.of(BuildTarget.all(derivation.path())), BuildOptions.DEFAULT, events::add);
        assertThat(events).first().isInstanceOfSatisfying(Event.Started.class, started ->
                assertThat(started.subject()).isEqualTo(derivation.path().toString()));
        assertThat(events).last().isInstanceOf(Event.Finished.class);
    }

    private NamedDerivation download(Path file, Hash hash) throws Exception {
        return new DerivationBuilder("fetched", "x86_64-linux", "builtin:download")
                .fixedOutput(hash, false)
                .variable("url", "\"" + file.toUri() + "\"")
                .build(hasher());
    }

    private NamedDerivation written(String name, String specification, StorePath... references) throws Exception {
        StorePath item = text(name + "-specification", specification, references);
        DerivationBuilder builder = new DerivationBuilder(name, "x86_64-linux", "builtin:write-files")
                .source(item)
                .variable("specification", item.toString());
        List.of(references).forEach(builder::source);
        return builder.build(hasher());
    }

    private DerivationHasher<IllegalStateException> hasher(NamedDerivation... inputs) {
        return new DerivationHasher<>(daemon.storeDirectory(), path -> List.of(inputs).stream()
                .filter(input -> input.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no input expected"))
                .derivation());
    }

    private StorePath text(String name, String text, StorePath... references) throws DaemonException {
        return daemon.addText(name, text.getBytes(StandardCharsets.UTF_8), List.of(references));
    }

    private void add(NamedDerivation derivation) throws DaemonException {
        daemon.addText(
                derivation.name() + NamedDerivation.SUFFIX, derivation.text(), derivation.derivation().references());
    }

    private void build(NamedDerivation derivation) throws DaemonException {
        add(derivation);
        daemon.build(List.of(BuildTarget.all(derivation.path())), BuildOptions.DEFAULT, EventSink.NONE);
    }
}
