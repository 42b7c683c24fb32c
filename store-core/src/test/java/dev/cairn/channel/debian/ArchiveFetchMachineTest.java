// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.channel.SourceStatus;
import dev.cairn.event.EventSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archives that this machine's own apt takes packages from. */
class ArchiveFetchMachineTest {
    @Test
    void fetchesTheArchivesOfThisMachine(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/etc/apt")), "skipped: this machine has no /etc/apt");
        List<ArchiveSource> sources =
                AptConfiguration.read(Path.of("/"), "amd64", System.getenv()).sources();
        Assumptions.assumeFalse(sources.isEmpty(), "skipped: this machine's apt names no archive");
        Path first = Files.createDirectory(folder.resolve("first"));
        FetchReport report = ArchiveFetch.fetch(sources, first, Optional.empty(), EventSink.NONE);
        Assumptions.assumeFalse(report.indices().isEmpty(),
                () -> "skipped: none of this machine's archives can be reached: " + report.sources());
        assertThat(report.sources()).hasSameSizeAs(sources);
        assertThat(report.sources().stream().filter(status -> status.problem().isEmpty()))
                .isNotEmpty()
                .allMatch(status -> status.date().isPresent() && !status.signers().isEmpty());
        for (FetchedIndex index : report.indices()) {
            assertThat(Files.size(index.packages())).isPositive();
        }
        Path second = Files.createDirectory(folder.resolve("second"));
        FetchReport again = ArchiveFetch.fetch(
                sources, second, Optional.of(new ArchiveFetch.Previous(first, report)), EventSink.NONE);
        assertThat(again.sources()).extracting(SourceStatus::label).isEqualTo(
                report.sources().stream().map(SourceStatus::label).toList());
        assertThat(again.indices()).hasSameSizeAs(report.indices());
    }
}
