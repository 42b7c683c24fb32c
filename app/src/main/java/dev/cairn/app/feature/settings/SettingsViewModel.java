// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.settings;

import dev.cairn.app.shell.Theme;
import dev.cairn.app.task.Failure;
import dev.cairn.app.task.Latest;
import dev.cairn.app.task.Source;
import dev.cairn.app.task.Tasks;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.ChannelProblem;
import dev.cairn.channel.Channel;
import dev.cairn.error.CairnException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** What can be chosen, and facts about this installation: where the store is, which channels there are. */
public final class SettingsViewModel {
    private final ObjectProperty<Theme> theme;
    private final Path store;
    private final Source<List<Channel>> channels;
    private final Source<Catalog> catalog;
    private final Latest reading;
    private final ReadOnlyObjectWrapper<List<ChannelRow>> rows = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Failure>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper(false);

    /** @param store the physical root of the store */
    public SettingsViewModel(
            ObjectProperty<Theme> theme,
            Path store,
            Source<List<Channel>> channels,
            Source<Catalog> catalog,
            Tasks tasks) {
        this.theme = theme;
        this.store = store;
        this.channels = channels;
        this.catalog = catalog;
        this.reading = new Latest(tasks);
    }

    /** A channel. @param problems what is wrong in its definitions, each in one line */
    record ChannelRow(String name, List<String> problems) {}

    public ObjectProperty<Theme> themeProperty() {
        return theme;
    }

    public Path store() {
        return store;
    }

    /** In order of priority. */
    ReadOnlyObjectProperty<List<ChannelRow>> channelsProperty() {
        return rows.getReadOnlyProperty();
    }

    /** Why the channels cannot be read, if so. */
    public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    /** Reads again which channels there are and what is wrong with them. */
    public void refresh() {
        loading.set(rows.get().isEmpty());
        reading.run(
                this::read,
                found -> {
                    loading.set(false);
                    failure.set(Optional.empty());
                    rows.set(found);
                },
                exception -> {
                    loading.set(false);
                    failure.set(Optional.of(Failure.of(exception)));
                });
    }

    private List<ChannelRow> read() throws CairnException {
        List<ChannelProblem> problems = catalog.get().problems();
        return channels.get().stream()
                .map(channel -> new ChannelRow(
                        channel.name(),
                        problems.stream()
                                .filter(problem -> problem.channel().equals(channel.name()))
                                .map(problem -> problem.problem().message())
                                .toList()))
                .toList();
    }
}
