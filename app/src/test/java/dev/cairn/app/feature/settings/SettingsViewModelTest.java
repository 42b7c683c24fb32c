// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.fake.FakeCatalog;
import dev.cairn.app.shell.Theme;
import dev.cairn.app.task.ManualTasks;
import dev.cairn.catalog.CatalogException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;

class SettingsViewModelTest {
    private final ManualTasks tasks = new ManualTasks();

    @Test
    void saysWhyChannelsCannotBeRead() {
        SettingsViewModel settings = new SettingsViewModel(
                new SimpleObjectProperty<>(Theme.SYSTEM),
                Path.of("/store"),
                () -> {
                    throw new CatalogException.Unusable("no such folder", Optional.empty(), Optional.empty());
                },
                FakeCatalog::sample,
                tasks);
        settings.refresh();
        tasks.runAll();
        assertThat(settings.failureProperty().get()).isPresent();
        assertThat(settings.loadingProperty().get()).isFalse();
    }

    @Test
    void listsNoChannelsWhereThereAreNone() {
        SettingsViewModel settings = new SettingsViewModel(
                new SimpleObjectProperty<>(Theme.SYSTEM), Path.of("/store"), List::of, FakeCatalog::sample, tasks);
        settings.refresh();
        tasks.runAll();
        assertThat(settings.channelsProperty().get()).isEmpty();
        assertThat(settings.failureProperty().get()).isEmpty();
    }
}
