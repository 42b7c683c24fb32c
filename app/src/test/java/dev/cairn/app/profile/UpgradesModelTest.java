// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.fake.Models;
import dev.cairn.daemon.DaemonException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpgradesModelTest {
    private final Models models = new Models();

    @Test
    void findsWhatUpgradingWouldChange() throws Exception {
        models.with("hello@2.10", "fortune");
        assertThat(models.upgrades.upgradesProperty().get())
                .singleElement()
                .satisfies(change -> assertThat(change.entry().version()).isEqualTo("2.12"));
        assertThat(models.upgrades.of("hello")).isPresent();
        assertThat(models.upgrades.of("fortune")).isEmpty();
    }

    @Test
    void asksOfAnEmptyProfileNothing() throws Exception {
        models.profile.refresh();
        models.settle();
        assertThat(models.upgrades.checkedProperty().get()).isPresent();
        assertThat(models.upgrades.upgradesProperty().get()).isEmpty();
    }

    @Test
    void saysWhyItCouldNotFindOut() throws Exception {
        models.with("hello@2.10");
        models.actions.failNext(new DaemonException.StoreIo("disk full", Optional.empty(), Optional.empty()));
        models.upgrades.check();
        models.settle();
        assertThat(models.upgrades.failureProperty().get()).isPresent();
        assertThat(models.upgrades.busyProperty().get()).isFalse();
    }
}
