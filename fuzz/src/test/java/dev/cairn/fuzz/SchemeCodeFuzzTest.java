// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.channel.guix.definition.Authorizations;
import dev.cairn.channel.guix.definition.ChannelDefinition;
import dev.cairn.channel.guix.definition.ChannelMetadata;
import dev.cairn.channel.guix.definition.ChannelsFormat;
import dev.cairn.channel.guix.definition.ChannelsReader;
import dev.cairn.channel.guix.source.Location;
import dev.cairn.channel.guix.source.ModuleSource;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.manifest.code.ManifestCodeReader;
import dev.cairn.scheme.code.Form;
import dev.cairn.scheme.code.FormReader;
import dev.cairn.scheme.code.TopLevel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Code that nobody would write: it is read or refused, and never takes long. */
class SchemeCodeFuzzTest {
    @FuzzTest(maxDuration = "3m")
    void readsSingleFormsAsItReadsAll(byte[] input) throws FormatException {
        String text = new String(input, StandardCharsets.UTF_8);
        List<Form> all;
        try {
            all = FormReader.readAll(text);
        } catch (FormatException _) {
            return;
        }
        List<TopLevel.Start> starts = TopLevel.of(text).starts();
        assertThat(starts).hasSameSizeAs(all);
        for (int i = 0; i < all.size(); i++) {
            assertThat(FormReader.readAt(text, starts.get(i).offset(), starts.get(i).place())).isEqualTo(all.get(i));
        }
    }

    @FuzzTest(maxDuration = "3m")
    void readsFilesOfChannels(byte[] input) throws CairnException {
        String text = new String(input, StandardCharsets.UTF_8);
        List<Reading> readings = List.of(
                ManifestCodeReader::read, ChannelMetadata::read, Authorizations::read, FormReader::readAll);
        for (Reading reading : readings) {
            try {
                reading.read(text);
            } catch (CairnException _) {
                // It is no such file.
                continue;
            }
        }
        List<ChannelDefinition> channels;
        try {
            channels = ChannelsReader.read(text);
        } catch (CairnException _) {
            return;
        }
        assertThat(ChannelsReader.read(ChannelsFormat.CHANNELS.print(channels))).isEqualTo(channels);
    }

    @FuzzTest(maxDuration = "3m")
    void findsOutWhatAPackagePropagates(byte[] input) throws CairnException {
        String text = new String(input, StandardCharsets.UTF_8);
        ModuleSource source = new ModuleSource(file -> file.equals("a.scm") ? Optional.of(text) : Optional.empty());
        assertThat(source.of("a", "1", new Location("a.scm", 2, 0))).isNotNull();
        assertThat(source.of("a", "1", new Location("a.scm", 3, 2))).isNotNull();
    }

    @FunctionalInterface
    private interface Reading {
        Object read(String text) throws CairnException;
    }
}
