// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.installed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.fake.Models;
import dev.cairn.app.shell.Intent;
import dev.cairn.app.shell.SectionId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InstalledViewModelTest {
    private final Models models = new Models();
    private final InstalledViewModel installed =
            new InstalledViewModel(models.profile, models.upgrades, models.preview, models);

    @Test
    void listsPackagesByNameWithWhatIsNewer() throws Exception {
        models.with("hello@2.10", "cowsay");
        assertThat(installed.rowsProperty().get())
                .containsExactly(
                        new InstalledViewModel.Row("cowsay", "3.8", "", Optional.empty(), false),
                        new InstalledViewModel.Row("hello", "2.10", "", Optional.of("2.12"), false));
        assertThat(installed.subtitleProperty().get()).isEqualTo("2 packages \u00b7 generation 1");
    }

    @Test
    void isEmptyOnlyOnceThatIsKnown() {
        assertThat(installed.emptyProperty().get()).isFalse();
        assertThat(installed.loadingProperty().get()).isTrue();
        models.profile.refresh();
        models.settle();
        assertThat(installed.emptyProperty().get()).isTrue();
        installed.findPackages();
        assertThat(models.visited).containsExactly(SectionId.PACKAGES);
    }

    @Test
    void removesAndOpens() throws Exception {
        models.with("cowsay");
        InstalledViewModel.Row row = installed.rowsProperty().get().getFirst();
        installed.remove(row);
        assertThat(models.preview.titleProperty().get()).isEqualTo("Remove cowsay");
        installed.open(row);
        assertThat(models.visited).containsExactly(new Intent.ShowPackage("cowsay"));
    }
}
