// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.daemon.SubstituteInfo;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.testing.InMemoryDaemon;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is missing of what clients of Nix's dialect name. */
class NixMissingTest {
    @Test
    void countsOutputsThatAreNamedOneByOne(@TempDir Path folder) throws Exception {
        try (InMemoryDaemon daemon = new InMemoryDaemon(folder.resolve("store"))) {
            NamedDerivation two = new DerivationBuilder("two", "x86_64-linux", "/bin/sh")
                    .outputs(List.of("lib", "out"))
                    .build(new DerivationHasher<CairnException>(StoreDirectory.GNU, _ -> {
                        throw new AssertionError("no inputs");
                    }));
            daemon.addText("two.drv", two.text(), List.of());
            offer(daemon, two.output("lib"));
            offer(daemon, two.output("out"));

            NixMissing missing = NixMissing.of(daemon, List.of(built(two, "lib"), built(two, "out")), EventSink.NONE);

            assertThat(missing.toBuild()).isEmpty();
            assertThat(missing.downloads().items()).containsOnlyKeys(two.output("lib"), two.output("out"));
        }
    }

    private static DerivedPath built(NamedDerivation derivation, String output) {
        return new DerivedPath.Built(derivation.path(), new TreeSet<>(List.of(output)));
    }

    private static void offer(InMemoryDaemon daemon, StorePath item) {
        daemon.offer(new SubstituteInfo(
                item, Optional.empty(), new TreeSet<>(), OptionalLong.of(10), 100, "https://farm.example"));
    }
}
