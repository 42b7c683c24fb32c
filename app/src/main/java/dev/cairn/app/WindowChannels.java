// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.channel.ChannelActions;
import dev.cairn.app.channel.ChannelRow;
import dev.cairn.catalog.ChannelProblem;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The channels of a workspace, as the window asks for them. */
final class WindowChannels implements ChannelActions {
    private final Workspace workspace;

    WindowChannels(Workspace workspace) {
        this.workspace = workspace;
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

    private static ChannelRow row(ChannelInfo info, Map<String, Integer> sizes, List<ChannelProblem> problems) {
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
                wrong);
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
