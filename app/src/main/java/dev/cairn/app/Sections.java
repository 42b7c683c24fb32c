// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.feature.graph.GraphSection;
import dev.cairn.app.feature.graph.GraphViewModel;
import dev.cairn.app.feature.settings.SettingsSection;
import dev.cairn.app.feature.settings.SettingsViewModel;
import dev.cairn.app.feature.storage.CollectionSheet;
import dev.cairn.app.feature.storage.StorageSection;
import dev.cairn.app.feature.storage.StorageViewModel;
import dev.cairn.app.feature.storage.StoreStorageActions;
import dev.cairn.app.feature.timeline.TimelineSection;
import dev.cairn.app.feature.timeline.TimelineViewModel;
import dev.cairn.app.operation.Operations;
import dev.cairn.app.profile.ProfileModel;
import dev.cairn.app.shell.Navigator;
import dev.cairn.app.shell.Section;
import dev.cairn.app.shell.SheetHost;
import dev.cairn.app.shell.Theme;
import dev.cairn.app.shell.ToastsViewModel;
import dev.cairn.app.task.Tasks;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import javafx.beans.property.ObjectProperty;

/** The sections that the window has, each given what it needs and no more. */
final class Sections {
    private final SettingsViewModel settings;
    private final GraphSection graph;
    private final TimelineSection timeline;
    private final StorageViewModel storage;

    Sections(
            Backend backend,
            Tasks tasks,
            Operations operations,
            ProfileModel profile,
            ToastsViewModel toasts,
            Navigator navigator,
            ObjectProperty<Theme> theme) {
        graph = new GraphSection(new GraphViewModel(backend.catalog(), backend.daemon(), tasks), navigator);
        timeline = new TimelineSection(
                new TimelineViewModel(profile, tasks, InstantSource.system(), ZoneId.systemDefault()));
        storage = new StorageViewModel(
                new StoreStorageActions(backend.layout(), backend.daemon(), backend.profile()),
                profile,
                operations,
                tasks);
        settings = new SettingsViewModel(theme, backend.layout().root());
    }

    /** A new section is one more line here. */
    List<Section> all() {
        return List.of(graph, timeline, new StorageSection(storage), new SettingsSection(settings));
    }

    void addSheets(SheetHost sheets) {
        sheets.add(storage.previewOpenProperty(), () -> new CollectionSheet(storage));
    }
}
