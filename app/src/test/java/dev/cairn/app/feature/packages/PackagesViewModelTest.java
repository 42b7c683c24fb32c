// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.fake.Models;
import dev.cairn.app.task.Source;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogException;
import dev.cairn.catalog.PackageKey;
import dev.cairn.manifest.ManifestEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PackagesViewModelTest {
    private final Models models = new Models();
    private boolean broken;
    private final Source<Catalog> catalog = () -> {
        if (broken) {
            throw new CatalogException.Unusable("the catalog is damaged", Optional.empty(), Optional.empty());
        }
        return models.catalog;
    };
    private final DetailsViewModel details = new DetailsViewModel(
            catalog, models.profile, models.upgrades, models.preview, models.channels, models, models.tasks);
    private final PackagesViewModel packages = new PackagesViewModel(
            catalog, models.profile, models.upgrades, models.preview, details, models.channels, models.tasks);

    @Test
    void showsEverythingBeforeAnythingIsTyped() {
        packages.start();
        models.settle();
        assertThat(packages.rowsProperty().get()).hasSize(10);
        assertThat(packages.countProperty().get()).isEqualTo("10 packages");
    }

    @Test
    void changesMarkedPackagesTogether() throws Exception {
        models.with("fortune");
        packages.start();
        models.settle();
        for (String name : List.of("fortune", "cowsay", "hello", "hello")) {
            packages.toggleMark(row(name));
        }
        assertThat(packages.markedProperty().get()).containsExactly("fortune", "cowsay");
        assertThat(row("cowsay").marked()).isTrue();

        packages.reviewMarked();
        models.settle();
        assertThat(models.preview.titleProperty().get()).isEqualTo("Change 2 packages");
        models.preview.apply();
        models.settle();
        assertThat(models.profile.installed().entries()).extracting(ManifestEntry::name).containsExactly("cowsay");
        assertThat(packages.markedProperty().get()).isEmpty();
    }

    @Test
    void searchesFromTheFirstCharacter() {
        packages.queryProperty().set("h");
        models.tasks.runAll();
        assertThat(packages.rowsProperty().get()).extracting(PackageRow::name).startsWith("hello", "help-pages");
    }

    @Test
    void showsOnlyTheAnswerToTheNewestText() {
        packages.queryProperty().set("f");
        packages.queryProperty().set("fo");
        packages.queryProperty().set("wor");
        models.tasks.runOne();
        assertThat(packages.rowsProperty().get()).isEmpty();
        models.tasks.runAll();
        assertThat(packages.rowsProperty().get()).extracting(PackageRow::name).contains("wordcount");
    }

    @Test
    void doesWithRowsWhatWasAskedForOnlyOnceTheyMatchTheText() {
        packages.start();
        models.settle();
        List<String> first = new ArrayList<>();
        Runnable noteFirst = () -> first.add(packages.rowsProperty().get().getFirst().name());
        packages.queryProperty().set("wor");
        packages.onceAnswered(noteFirst);
        packages.queryProperty().set("word");
        packages.onceAnswered(noteFirst);
        assertThat(first).isEmpty();
        models.settle();
        assertThat(first).containsExactly("wordcount");
        packages.onceAnswered(noteFirst);
        assertThat(first).hasSize(2);
    }

    @Test
    void offersNearNamesWhenNothingMatches() {
        packages.queryProperty().set("helo");
        models.settle();
        assertThat(packages.rowsProperty().get()).isEmpty();
        assertThat(packages.noMatchProperty().get().orElseThrow().nearest()).contains("hello");
    }

    @Test
    void marksWhatIsInstalledAndWhatCanBeUpgraded() throws Exception {
        models.with("hello@2.10", "fortune");
        packages.start();
        models.settle();
        assertThat(row("fortune").state()).isEqualTo(PackageState.INSTALLED);
        assertThat(row("hello").state()).isEqualTo(PackageState.UPGRADABLE);
        assertThat(row("cowsay").state()).isEqualTo(PackageState.AVAILABLE);
    }

    @Test
    void changesMarksWithTheProfile() throws Exception {
        packages.start();
        models.settle();
        models.with("cowsay");
        assertThat(row("cowsay").state()).isEqualTo(PackageState.INSTALLED);
    }

    @Test
    void stagesWhatARowsButtonSays() throws Exception {
        models.with("hello@2.10", "fortune");
        packages.start();
        models.settle();
        packages.act(row("hello"));
        assertThat(packages.selectedProperty().get()).map(PackageRow::name).contains("hello");
        assertThat(models.preview.titleProperty().get()).isEqualTo("Upgrade hello");
        packages.act(row("fortune"));
        assertThat(models.preview.titleProperty().get()).isEqualTo("Remove fortune");
        packages.act(row("cowsay"));
        assertThat(models.preview.titleProperty().get()).isEqualTo("Install cowsay");
    }

    @Test
    void opensAPackageThatTheListDoesNotShow() {
        packages.queryProperty().set("fortune");
        models.settle();
        packages.open("cowsay");
        models.settle();
        assertThat(details.shownProperty().get().orElseThrow().definition().name()).isEqualTo("cowsay");
    }

    @Test
    void keepsTheChosenVersionWhenTheProfileChanges() throws Exception {
        packages.queryProperty().set("hello");
        models.settle();
        packages.selectedProperty().set(Optional.of(row("hello")));
        models.settle();
        details.show(new PackageKey("cairn", "hello", "2.10"));
        models.with("hello@2.10");
        packages.selectedProperty().set(Optional.of(row("hello")));
        models.settle();
        assertThat(details.shownProperty().get().orElseThrow().definition().version()).isEqualTo("2.10");
    }

    @Test
    void saysWhyTheCatalogCannotBeReadAndAsksAgain() {
        broken = true;
        packages.start();
        models.settle();
        assertThat(packages.failureProperty().get()).isPresent();
        broken = false;
        packages.search();
        models.settle();
        assertThat(packages.failureProperty().get()).isEmpty();
        assertThat(packages.rowsProperty().get()).isNotEmpty();
    }

    private PackageRow row(String name) {
        return packages.rowsProperty().get().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
