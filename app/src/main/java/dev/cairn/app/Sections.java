// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.channel.ChannelsModel;
import dev.cairn.app.feature.graph.GraphSection;
import dev.cairn.app.feature.graph.GraphViewModel;
import dev.cairn.app.feature.installed.InstalledSection;
import dev.cairn.app.feature.installed.InstalledViewModel;
import dev.cairn.app.feature.packages.DetailsViewModel;
import dev.cairn.app.feature.packages.PackagesSection;
import dev.cairn.app.feature.packages.PackagesViewModel;
import dev.cairn.app.feature.preview.PreviewView;
import dev.cairn.app.feature.preview.PreviewViewModel;
import dev.cairn.app.feature.settings.DaemonChoice;
import dev.cairn.app.feature.settings.SettingsSection;
import dev.cairn.app.feature.settings.SettingsViewModel;
import dev.cairn.app.feature.sources.AddSourceSheet;
import dev.cairn.app.feature.sources.AddSourceViewModel;
import dev.cairn.app.feature.sources.PastBanner;
import dev.cairn.app.feature.sources.SourcesSection;
import dev.cairn.app.feature.sources.SourcesViewModel;
import dev.cairn.app.feature.storage.CollectionSheet;
import dev.cairn.app.feature.storage.StorageSection;
import dev.cairn.app.feature.storage.StorageViewModel;
import dev.cairn.app.feature.storage.StoreStorageActions;
import dev.cairn.app.feature.timeline.TimelineSection;
import dev.cairn.app.feature.timeline.TimelineViewModel;
import dev.cairn.app.feature.trust.AddKeySheet;
import dev.cairn.app.feature.trust.TrustSection;
import dev.cairn.app.feature.trust.TrustViewModel;
import dev.cairn.app.feature.updates.UpdatesSection;
import dev.cairn.app.feature.updates.UpdatesViewModel;
import dev.cairn.app.operation.Operations;
import dev.cairn.app.profile.ProfileModel;
import dev.cairn.app.profile.UpgradesModel;
import dev.cairn.app.shell.Navigator;
import dev.cairn.app.shell.Section;
import dev.cairn.app.shell.SheetHost;
import dev.cairn.app.shell.Theme;
import dev.cairn.app.shell.ToastsViewModel;
import dev.cairn.app.task.Tasks;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/** The sections that the window has, each given what it needs and no more. */
final class Sections {
    private final Backend backend;
    private final Tasks tasks;
    private final ProfileModel profile;
    private final Navigator navigator;
    private final UpgradesModel upgrades;
    private final PreviewViewModel preview;
    private final StorageViewModel storage;
    private final ChannelsModel channels;
    private final SourcesViewModel sources;
    private final TrustViewModel trust;
    private final GraphViewModel graph;

    Sections(
            Backend backend,
            Tasks tasks,
            Operations operations,
            ProfileModel profile,
            ToastsViewModel toasts,
            Navigator navigator) {
        this.backend = backend;
        this.tasks = tasks;
        this.profile = profile;
        this.navigator = navigator;
        this.upgrades = new UpgradesModel(profile, tasks, InstantSource.system());
        this.preview = new PreviewViewModel(profile, tasks);
        this.storage = new StorageViewModel(
                new StoreStorageActions(backend.layout(), backend.daemon(), backend.profile()),
                profile,
                operations,
                tasks);
        this.channels = new ChannelsModel(backend.channels(), operations, tasks);
        this.sources = new SourcesViewModel(channels, InstantSource.system(), ZoneId.systemDefault());
        this.trust = new TrustViewModel(backend.trust(), toasts, tasks);
        this.graph = new GraphViewModel(backend.catalog(), backend.daemon(), tasks);
        channels.whenChanged(upgrades::check);
        channels.whenChanged(graph::refresh);
    }

    /**
     * A new section is one more line here; the order is that of {@link dev.cairn.app.shell.SectionId}.
     *
     * @param busy what has to end before another store can be worked on
     * @param plain where other stores are reached for
     */
    List<Section> all(
            ObjectProperty<Theme> theme, DaemonChoice daemons, ObservableValue<Optional<String>> busy, Tasks plain) {
        return List.of(
                packages(),
                new InstalledSection(new InstalledViewModel(profile, upgrades, preview, navigator)),
                new UpdatesSection(new UpdatesViewModel(profile, upgrades, preview, navigator, InstantSource.system())),
                new GraphSection(graph, navigator),
                new TimelineSection(
                        new TimelineViewModel(
                                profile, navigator, tasks, InstantSource.system(), ZoneId.systemDefault())),
                new StorageSection(storage),
                new SourcesSection(sources),
                new TrustSection(trust),
                new SettingsSection(
                        new SettingsViewModel(theme, backend.layout().root(), daemons, busy, plain)));
    }

    /** Whether a collection that was confirmed waits to begin. */
    ObservableBooleanValue collectionAwaiting() {
        return storage.awaitingProperty();
    }

    /** The channels that the sections share. */
    ChannelsModel channels() {
        return channels;
    }

    /** What stands above all sections while the past is looked into. */
    Node pastBanner() {
        return new PastBanner(sources);
    }

    void addSheets(SheetHost sheets) {
        sheets.add(preview.openProperty(), () -> new PreviewView(preview));
        sheets.add(storage.previewOpenProperty(), () -> new CollectionSheet(storage));
        AddSourceViewModel adding = new AddSourceViewModel(channels, sources.addingProperty(), tasks);
        sheets.add(sources.addingProperty(), () -> new AddSourceSheet(adding));
        sheets.add(trust.addingProperty(), () -> new AddKeySheet(trust.adding()));
    }

    private Section packages() {
        DetailsViewModel details =
                new DetailsViewModel(backend.catalog(), profile, upgrades, preview, channels, navigator, tasks);
        trust.whenChanged(details::planAgain);
        return new PackagesSection(
                new PackagesViewModel(backend.catalog(), profile, upgrades, preview, details, channels, tasks));
    }
}
