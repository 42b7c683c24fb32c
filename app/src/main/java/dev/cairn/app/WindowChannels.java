// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.channel.ChannelActions;
import dev.cairn.app.channel.ChannelRow;
import dev.cairn.app.channel.GuixOffer;
import dev.cairn.app.channel.GuixWish;
import dev.cairn.app.channel.ListedGuix;
import dev.cairn.app.channel.Past;
import dev.cairn.app.feature.trust.SignerKey;
import dev.cairn.app.feature.trust.TrustActions;
import dev.cairn.catalog.ChannelProblem;
import dev.cairn.channel.Channel;
import dev.cairn.channel.guix.GuixSource;
import dev.cairn.channel.guix.StatedSource;
import dev.cairn.channel.guix.definition.ChannelsFile;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The channels of a workspace, as the window asks for them. */
final class WindowChannels implements ChannelActions {
    private final Workspace workspace;
    private final TrustActions trust;

    WindowChannels(Workspace workspace, TrustActions trust) {
        this.workspace = workspace;
        this.trust = trust;
    }

    @Override
    public List<ChannelRow> list() throws CairnException {
        Map<String, Integer> sizes = workspace.catalog().sizes();
        List<ChannelProblem> problems = workspace.catalog().problems();
        List<ChannelRow> rows = new ArrayList<>();
        for (ChannelInfo info : workspace.channelList().list()) {
            rows.add(row(info, sizes, problems));
        }
        return rows;
    }

    @Override
    public int packages() throws CairnException {
        return workspace.catalog().size();
    }

    @Override
    public void reread() throws CairnException {
        workspace.channelsChanged();
        workspace.catalog();
    }

    private ChannelRow row(ChannelInfo info, Map<String, Integer> sizes, List<ChannelProblem> problems)
            throws CairnException {
        String name = info.entry().name();
        List<String> wrong = new ArrayList<>();
        info.problem().ifPresent(wrong::add);
        if (info.problem().isEmpty()) {
            problems.stream()
                    .filter(problem -> problem.channel().equals(name))
                    .forEach(problem -> wrong.add(problem.problem().message()));
        }
        return new ChannelRow(
                name,
                info.location(),
                info.entry().enabled(),
                info.entry().priority(),
                !info.entry().origin().isGiven(),
                info.status(),
                sizes.getOrDefault(name, 0),
                wrong,
                info.status().revision().isPresent() ? workspace.channelList().revisions(name) : List.of());
    }

    /** Each channel by itself: what fails as a whole is told with the first reason, if nothing else worked. */
    @Override
    public boolean fetch(Optional<String> channel, EventSink events) throws CairnException {
        // The catalog is read too, while the user sees that something is going on.
        workspace.tellCatalogEvents(events);
        List<Pulled> pulled = workspace.channelList().pull(channel.stream().toList(), events);
        if (!pulled.isEmpty() && pulled.stream().noneMatch(Pulled::isUsable)) {
            for (Pulled one : pulled) {
                if (one.failure().isPresent()) {
                    throw one.failure().get();
                }
            }
        }
        workspace.catalog();
        return pulled.stream().anyMatch(Pulled::changed);
    }

    @Override
    public void add(String name, String source) throws CairnException {
        workspace.channelList().add(name, source, OptionalInt.empty());
    }

    @Override
    public GuixOffer guixOffer() {
        GuixSource preset = GuixPreset.source();
        return new GuixOffer(
                GuixPreset.NAME,
                preset.service().toString(),
                preset.branch(),
                GuixPreset.FARMS.stream()
                        .map(farm -> new GuixOffer.Farm(farm.url(), key(farm).shownFingerprint()))
                        .toList());
    }

    private static SignerKey key(GuixPreset.Farm farm) {
        try {
            return SignerKey.parse(farm.key());
        } catch (CairnException e) {
            throw new IllegalStateException("the key of '" + farm.url() + "' cannot be read", e);
        }
    }

    @Override
    public void addGuix(String name, GuixWish wish) throws CairnException {
        addListed(name, source(wish), wish.farms());
    }

    @Override
    public ListedGuix readList(String file, String service) throws CairnException {
        ChannelsFile read = ChannelsFile.parse(CodeFile.read("list of channels", file));
        GuixSource preset = GuixPreset.source();
        GuixSource own = source(new GuixWish(service, preset.branch(), Optional.empty(), false));
        boolean vouched = !own.service().equals(preset.service());
        return new ListedGuix(read.guix(), read.others(), StatedSource.ofNew(own, read.guix(), vouched));
    }

    @Override
    public void addListed(String name, GuixSource source, boolean farms) throws CairnException {
        workspace.channelList().add(name, new ChannelOrigin.Guix(source), OptionalInt.empty());
        if (farms) {
            try {
                trust.addServers(farms());
            } catch (CairnException e) {
                takeBack(name, e);
                throw e;
            }
        }
    }

    private static GuixSource source(GuixWish wish) throws CairnException {
        GuixSource preset = GuixPreset.source();
        try {
            URI service = URI.create(wish.service());
            boolean known = service.equals(preset.service());
            return new GuixSource(
                    service,
                    preset.repository(),
                    wish.branch(),
                    wish.commit(),
                    known ? preset.servers() : List.of());
        } catch (IllegalArgumentException e) {
            throw new ChannelListException(
                    String.valueOf(e.getMessage()), "Correct it, or choose GNU Guix for what its project serves.");
        }
    }

    /** The channel was wanted with its farms or not at all. */
    private void takeBack(String name, CairnException failure) {
        try {
            workspace.channelList().remove(name);
        } catch (CairnException e) {
            failure.addSuppressed(e);
        }
    }

    private static List<TrustActions.NewServer> farms() {
        return GuixPreset.FARMS.stream()
                .map(farm -> new TrustActions.NewServer(
                        farm.url(), key(farm), URI.create(farm.url()).getHost()))
                .toList();
    }

    @Override
    public void switchRevision(String name, int number) throws CairnException {
        workspace.lookAtPresent();
        workspace.channelList().switchRevision(name, number);
    }

    @Override
    public void lookInto(String name, String revision, EventSink events) throws CairnException {
        workspace.tellCatalogEvents(events);
        workspace.lookInto(name + "=" + revision, events);
        workspace.catalog();
    }

    @Override
    public void lookAtPresent() throws CairnException {
        workspace.lookAtPresent();
        workspace.catalog();
    }

    @Override
    public Optional<Past> past() throws CairnException {
        Optional<Channel> channel = workspace.past();
        if (channel.isEmpty()) {
            return Optional.empty();
        }
        String name = channel.get().name();
        return channel.get().status().revision().map(revision -> new Past(name, revision));
    }

    @Override
    public void setEnabled(String name, boolean enabled) throws CairnException {
        workspace.channelList().setEnabled(name, enabled);
    }

    @Override
    public void setPriority(String name, int priority) throws CairnException {
        workspace.channelList().setPriority(name, priority);
    }

    @Override
    public void remove(String name) throws CairnException {
        workspace.channelList().remove(name);
    }
}
