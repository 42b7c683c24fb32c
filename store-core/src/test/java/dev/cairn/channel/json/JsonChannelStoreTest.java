// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.catalog.PackageKey;
import dev.cairn.channel.Resolution;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.layout.StoreLayout;
import dev.cairn.packages.PackageException;
import dev.cairn.packages.Specification;
import dev.cairn.path.StoreDirectory;
import dev.cairn.store.LocalStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resolving packages in a real store. */
class JsonChannelStoreTest {
    private static final String SYSTEM = "x86_64-linux";

    @TempDir
    private Path folder;

    private Daemon daemon;
    private TestChannel channel;

    @BeforeEach
    void open() throws Exception {
        daemon = LocalStore.open(new StoreLayout(StoreDirectory.GNU, folder.resolve("root")));
        channel = TestChannel.in(folder.resolve("channel"))
                .file("sources/greet-1/greet.sh", "#!/bin/sh\ncat #$text/share/text\n")
                .packages("[" + TestChannel.simple("text", "1", "") + "," + TestChannel.simple("text", "2", "") + """
                        , {"name": "greet", "version": "1", "build-system": "files", "synopsis": "Greets",
                         "source": {"file": "sources/greet-1"}, "outputs": ["out", "doc"],
                         "propagated-inputs": ["text"],
                         "native-search-paths": [{"variable": "X", "files": ["share"]}],
                         "arguments": {"files": {
                           "out": {"bin/greet": {"from": "greet.sh", "substitute": true, "executable": true},
                                   "share/own": {"text": ["#$output:doc", "#$$"]}},
                           "doc": {"share/original": {"from": "greet.sh"}}}}}]""");
    }

    @AfterEach
    void close() throws CairnException {
        daemon.close();
    }

    private Resolution resolve(JsonChannel open, String name) throws CairnException {
        return open.resolve(channel.only(name).key(), SYSTEM, daemon);
    }

    @Test
    void putsDerivationsAndSourcesIntoTheStore() throws Exception {
        Resolution greet = resolve(channel.open(), "greet");
        assertThat(daemon.isValid(greet.derivation())).isTrue();
        assertThat(daemon.derivationOutputs(greet.derivation())).isEqualTo(greet.outputs());
        assertThat(greet.outputs()).containsOnlyKeys("out", "doc");
        assertThat(greet.propagatedInputs()).containsExactly(Specification.parse("text@2"));
        assertThat(greet.searchPaths()).singleElement().satisfies(path -> assertThat(path.variable()).isEqualTo("X"));
        assertThat(greet.impure()).isFalse();
        assertThat(daemon.requisites(List.of(greet.derivation())))
                .extracting(info -> info.path().name())
                .containsExactlyInAnyOrder("greet-1", "greet-1-files", "text-2-files", "text-2.drv", "greet-1.drv");
    }

    @Test
    void resolvesTheSameAgain() throws Exception {
        JsonChannel open = channel.open();
        Resolution first = resolve(open, "greet");
        assertThat(resolve(open, "greet")).isEqualTo(first);
        assertThat(resolve(channel.open(), "greet")).isEqualTo(first);
    }

    @Test
    void buildsWhatItResolved() throws Exception {
        Resolution greet = resolve(channel.open(), "greet");
        daemon.build(List.of(BuildTarget.all(greet.derivation())), BuildOptions.DEFAULT, EventSink.NONE);
        Path program = daemon.physical(greet.outputs().get("out")).resolve("bin/greet");
        assertThat(program).isExecutable();
        assertThat(Files.readString(program)).matches("#!/bin/sh\ncat /gnu/store/[a-z0-9]{32}-text-2/share/text\n");
        assertThat(Files.readString(daemon.physical(greet.outputs().get("out")).resolve("share/own")))
                .isEqualTo(greet.outputs().get("doc") + "\n#$\n");
        assertThat(daemon.physical(greet.outputs().get("doc")).resolve("share/original")).isRegularFile();
    }

    @Test
    void saysWhenAPackageIsGone() throws Exception {
        PackageKey old = new PackageKey("test", "greet", "0");
        JsonChannel open = channel.open();
        assertThatThrownBy(() -> open.resolve(old, SYSTEM, daemon))
                .isInstanceOf(PackageException.Gone.class)
                .hasMessage("'greet@0' is not in the channel 'test' any more");
    }
}
