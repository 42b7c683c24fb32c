// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.updates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.fake.Models;
import org.junit.jupiter.api.Test;

class UpdatesViewModelTest {
    private final Models models = new Models();
    private final UpdatesViewModel updates =
            new UpdatesViewModel(models.profile, models.upgrades, models.preview, models, models.tasks);

    @Test
    void listsWhatChangesWithBothVersions() throws Exception {
        models.with("hello@2.10", "fortune");
        assertThat(updates.rowsProperty().get())
                .containsExactly(new UpdatesViewModel.Row("hello", "2.10 \u2192 2.12", true, false));
        assertThat(updates.subtitleProperty().get()).startsWith("1 package can be upgraded \u00b7 checked ");
    }

    @Test
    void knowsWhenEverythingIsUpToDate() throws Exception {
        assertThat(updates.upToDateProperty().get()).isFalse();
        models.with("hello");
        assertThat(updates.upToDateProperty().get()).isTrue();
    }

    @Test
    void proposesToUpgradeOneOrAll() throws Exception {
        models.with("hello@2.10");
        updates.upgrade(updates.rowsProperty().get().getFirst());
        assertThat(models.preview.titleProperty().get()).isEqualTo("Upgrade hello");
        updates.upgradeAll();
        assertThat(models.preview.titleProperty().get()).isEqualTo("Upgrade everything");
    }
}
