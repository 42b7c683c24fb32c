// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogFile;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.event.EventSink;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index and the catalog on what this machine's own apt knows. */
class RealArchiveTest {
    @Test
    void everyPackageCanBeRead(@TempDir Path folder) throws Exception {
        Optional<DebianChannel> channel = RealArchive.channel(folder.resolve("channel"));
        Assumptions.assumeTrue(channel.isPresent(), "this machine has no apt with lists of packages");
        channel.get().refresh(EventSink.NONE);
        PackageIndex index = channel.get().offer().orElseThrow().index();
        Assumptions.assumeTrue(index.size() > 10_000, "the lists of this machine's apt have few packages");
        assertThat(index.essential()).contains("dpkg", "base-files");
        assertThat(index.providing("awk").sound()).isNotEmpty();
        try (Catalog catalog =
                CatalogFile.open(folder.resolve("catalog"), List.of(channel.get()), EventSink.NONE)) {
            assertThat(catalog.problems()).isEmpty();
            assertThat(catalog.size()).isGreaterThan(index.nameCount() - 1);
            assertThat(catalog.search("jq", 5).getFirst().key().name()).isEqualTo("jq");
            assertThat(catalog.suggest("awk", 3)).contains("mawk");
            CatalogPackage git = catalog.versions("git").getFirst();
            assertThat(git.description()).isNotNull();
            assertThat(catalog.dependents(catalog.versions("libc6").getFirst().key())).hasSizeGreaterThan(1000);
        }
    }
}
