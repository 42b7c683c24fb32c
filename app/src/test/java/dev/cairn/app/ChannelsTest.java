// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.channel.Channel;
import dev.cairn.channel.ChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChannelsTest {
    private static final String LINE = "deb [arch=amd64] http://example.org/debian bookworm-backports main";

    @TempDir
    private Path folder;

    private Path file;
    private Path machine;
    private Channels channels;
    private int changes;

    @BeforeEach
    void makeMachine() throws Exception {
        file = folder.resolve("configuration/channels.json");
        machine = Files.createDirectories(folder.resolve("machine"));
        channels = new Channels(
                new ChannelList(file),
                Optional.of(channel("cairn")),
                new MachineArchives(machine, Map.of()),
                folder.resolve("cache"),
                () -> changes++);
    }

    private void useApt() throws Exception {
        Files.createDirectories(machine.resolve("etc/apt"));
        Files.writeString(
                machine.resolve("etc/apt/sources.list"), "# One.\ndeb http://example.org/debian stable main\n");
        Files.writeString(machine.resolve("etc/os-release"), "ID=debian\n");
    }

    @Test
    void machineWithoutAptHasTheBundledChannelAlone() throws Exception {
        assertThat(channels.entries()).extracting(ChannelEntry::name).containsExactly("cairn");
    }

    @Test
    void archivesOfTheMachineAreThereByThemselves() throws Exception {
        useApt();

        assertThat(channels.entries()).containsExactly(
                new ChannelEntry("debian", new ChannelOrigin.Machine(), true, 20),
                new ChannelEntry("cairn", new ChannelOrigin.Bundled(), true, 10));
        assertThat(file).doesNotExist();
        ChannelInfo debian = channels.list().getFirst();
        assertThat(debian.status().fetches()).isTrue();
        assertThat(debian.status().fetched()).isEmpty();
        assertThat(debian.status().sources()).singleElement().satisfies(source ->
                assertThat(source.label()).isEqualTo("http://example.org/debian/ stable main"));
    }

    @Test
    void keepsWhatTheUserChanges() throws Exception {
        useApt();
        Path mine = channel("mine");

        channels.add("own", mine.toString(), OptionalInt.empty());
        channels.add("backports", LINE, OptionalInt.of(7));
        channels.setEnabled("debian", false);
        channels.setPriority("cairn", 5);

        assertThat(channels.entries()).containsExactly(
                new ChannelEntry("own", new ChannelOrigin.Folder(mine), true, 50),
                new ChannelEntry("debian", new ChannelOrigin.Machine(), false, 20),
                new ChannelEntry("backports", new ChannelOrigin.Archive(List.of(LINE)), true, 7),
                new ChannelEntry("cairn", new ChannelOrigin.Bundled(), true, 5));
        assertThat(channels.open()).extracting(Channel::name).containsExactly("own", "backports", "cairn");
        assertThat(channels.open()).extracting(Channel::priority).containsExactly(50, 7, 5);
        assertThat(changes).isEqualTo(4);

        channels.remove("own");
        channels.remove("backports");
        assertThat(channels.entries()).extracting(ChannelEntry::name).containsExactly("debian", "cairn");
    }

    @Test
    void refusesWhatCannotBeAChannel() throws Exception {
        assertThatThrownBy(() -> channels.add("no/name", LINE, OptionalInt.empty()))
                .isInstanceOf(ChannelListException.class);
        assertThatThrownBy(() -> channels.add("cairn", LINE, OptionalInt.empty()))
                .hasMessage("there is a channel 'cairn' already");
        assertThatThrownBy(() -> channels.add("a", "deb http://example.org/debian", OptionalInt.empty()))
                .isInstanceOf(ChannelListException.class)
                .hasMessageContaining("no suite");
        assertThatThrownBy(() -> channels.add("a", "deb-src http://example.org/debian x main", OptionalInt.empty()))
                .hasMessageContaining("names no archive of packages");
        assertThatThrownBy(() -> channels.add("a", "relative", OptionalInt.empty()))
                .hasMessageContaining("neither");
        assertThatThrownBy(() -> channels.add("a", folder.resolve("none").toString(), OptionalInt.empty()))
                .isInstanceOf(ChannelException.Malformed.class);
        assertThatThrownBy(() -> channels.setEnabled("none", true)).hasMessage("there is no channel 'none'");
        assertThatThrownBy(() -> channels.remove("cairn")).hasMessageContaining("there by itself");
        assertThat(file).doesNotExist();
        assertThat(changes).isZero();
    }

    @Test
    void readsTheFirstFormatAndWritesTheSecond() throws Exception {
        Path mine = channel("mine");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                {"format": 1, "bundled": false, "channels": ["%s"]}""".formatted(mine));

        assertThat(channels.entries()).containsExactly(
                new ChannelEntry("mine", new ChannelOrigin.Folder(mine), true, 50),
                new ChannelEntry("cairn", new ChannelOrigin.Bundled(), false, 10));
        channels.setPriority("mine", 60);

        assertThat(file).content().contains("\"format\" : 2", "\"name\" : \"mine\"", "\"priority\" : 60");
        assertThat(channels.entries()).containsExactly(
                new ChannelEntry("mine", new ChannelOrigin.Folder(mine), true, 60),
                new ChannelEntry("cairn", new ChannelOrigin.Bundled(), false, 10));
    }

    @Test
    void saysWhereTheListIsWrong() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                {"format": 2, "channels": [{"name": "a", "kind": "tarot"}]}""");

        assertThatThrownBy(channels::entries)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("channel 'a' has no \"kind\"");
    }

    private Path channel(String name) throws Exception {
        Path channel = Files.createDirectories(folder.resolve(name));
        Files.writeString(channel.resolve("channel.json"), """
                {"format": 1, "name": "%s"}""".formatted(name));
        return channel;
    }
}
