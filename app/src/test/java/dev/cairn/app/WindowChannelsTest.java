// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.app.channel.ChannelRow;
import dev.cairn.app.channel.GuixOffer;
import dev.cairn.app.channel.GuixWish;
import dev.cairn.app.feature.trust.ServerQuestions;
import dev.cairn.app.feature.trust.StoreTrust;
import dev.cairn.app.feature.trust.TrustSnapshot;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.http.Proxies;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adding GNU Guix with its farms, which works as a whole or not at all. */
class WindowChannelsTest {
    @TempDir
    private Path home;

    private Workspace workspace;
    private boolean refuses;
    private StoreTrust trust;
    private WindowChannels channels;

    @BeforeEach
    void open() {
        workspace = Workspace.of(
                TestWindow.environment(home), Choices.NONE, new Installation(Optional.empty()), home);
        trust = new StoreTrust(
                workspace.layout(),
                Optional.empty(),
                (_, _) -> Map.of(),
                new ServerQuestions(Proxies.NONE),
                this::serversChanged);
        channels = new WindowChannels(workspace, trust);
    }

    @AfterEach
    void close() throws Exception {
        workspace.close();
    }

    private void serversChanged() throws CairnException {
        if (refuses) {
            throw new DaemonException.Refused("not now", Optional.empty());
        }
    }

    private GuixWish wish() {
        GuixOffer offer = channels.guixOffer();
        return new GuixWish(offer.service(), offer.branch(), Optional.empty(), true);
    }

    private List<String> names() throws CairnException {
        return channels.list().stream().map(ChannelRow::name).toList();
    }

    private void checkThatNobodyIsTrusted() throws CairnException {
        TrustSnapshot snapshot = trust.read();
        assertThat(snapshot.keys().orElseThrow()).isEmpty();
        assertThat(snapshot.servers().orElseThrow()).isEmpty();
    }

    @Test
    void trustsNobodyWhereTheChannelCannotBeAdded() throws Exception {
        assertThatThrownBy(() -> channels.addGuix("no name/", wish())).isInstanceOf(CairnException.class);
        checkThatNobodyIsTrusted();
    }

    @Test
    void addsNoChannelWhereTheFarmsCannotBe() throws Exception {
        List<String> before = names();
        refuses = true;
        assertThatThrownBy(() -> channels.addGuix("guix", wish())).hasMessage("not now");
        assertThat(names()).isEqualTo(before);
        checkThatNobodyIsTrusted();
        refuses = false;
        channels.addGuix("guix", wish());
        assertThat(names()).contains("guix");
        assertThat(trust.read().servers().orElseThrow()).hasSameSizeAs(channels.guixOffer().farms());
        assertThat(trust.read().keys().orElseThrow()).hasSameSizeAs(channels.guixOffer().farms());
    }
}
