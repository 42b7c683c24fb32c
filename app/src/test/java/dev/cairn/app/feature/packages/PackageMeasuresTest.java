// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.fake.Models;
import dev.cairn.error.CairnException;
import dev.cairn.manifest.ManifestEntry;
import org.junit.jupiter.api.Test;

class PackageMeasuresTest {
    private final Models models = new Models();
    private final PackageMeasures measures = new PackageMeasures(models.actions, models.tasks);

    private ManifestEntry installed() throws CairnException {
        return models.with("hello").profile.installed().outputsOf("hello").getFirst();
    }

    @Test
    void showNothingOfAPackageThatIsShownNoMore() throws CairnException {
        measures.measure(installed());
        measures.clear();
        models.settle();

        assertThat(measures.factsProperty().get()).isEmpty();
    }

    @Test
    void showAPackageAgainAfterAnotherThatIsNotMeasured() throws CairnException {
        ManifestEntry hello = installed();
        measures.measure(hello);
        models.settle();
        measures.clear();
        measures.measure(hello);
        models.settle();

        assertThat(measures.factsProperty().get())
                .extracting(PackageMeasures.Fact::key)
                .containsExactly("installed-size", "closure-size");
    }
}
