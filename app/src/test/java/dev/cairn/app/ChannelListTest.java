// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogFile;
import dev.cairn.channel.Channel;
import dev.cairn.event.EventSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChannelListTest {
    @TempDir
    private Path folder;

    @Test
    void keepsTheOtherChannelsUsableWhereOneIsMissingOrWrong() throws Exception {
        Path good = channel("good", """
                {"format": 1, "name": "good"}""");
        Path wrong = channel("wrong", """
                {"format": 1,
                 "name": "no/name"}""");
        Path missing = folder.resolve("missing");
        Path list = Files.writeString(folder.resolve("channels.json"), """
                {"format": 1, "channels": ["%s", "%s"]}""".formatted(missing, wrong));

        List<Channel> channels = channels(list, Optional.of(good)).open();

        assertThat(channels).extracting(Channel::name).containsExactly(missing.toString(), wrong.toString(), "cairn");
        try (Catalog catalog = CatalogFile.open(folder.resolve("catalog"), channels, EventSink.NONE)) {
            assertThat(catalog.versions("tool")).hasSize(1);
            assertThat(catalog.problems())
                    .extracting(problem -> problem.message())
                    .satisfiesExactly(
                            first -> assertThat(first).startsWith(missing + ": channel.json: found no such file"),
                            second -> assertThat(second).startsWith(wrong + ": channel.json:2:10: name: found"));
        }
    }

    private Channels channels(Path list, Optional<Path> bundled) {
        return new Channels(
                new ChannelList(list),
                bundled,
                new MachineArchives(folder.resolve("machine"), Map.of()),
                folder.resolve("cache"),
                () -> { });
    }

    private Path channel(String name, String description) throws Exception {
        Path channel = folder.resolve(name);
        Files.createDirectories(channel.resolve("packages"));
        Files.writeString(channel.resolve("channel.json"), description);
        Files.writeString(channel.resolve("packages/tool.json"), """
                {"name": "tool", "version": "1", "build-system": "files", "synopsis": "A tool",
                 "arguments": {"files": {"out": {"tool": {"text": "tool"}}}}}""");
        return channel;
    }
}
