// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.fake.Models;
import dev.cairn.app.shell.Intent;
import dev.cairn.catalog.PackageKey;
import org.junit.jupiter.api.Test;

class DetailsViewModelTest {
    private final Models models = new Models();
    private final DetailsViewModel details = new DetailsViewModel(
            () -> models.catalog, models.profile, models.upgrades, models.preview, models, models.tasks);

    @Test
    void showsVersionsDependenciesAndDependents() {
        details.show("shell-kit");
        models.settle();
        assertThat(shown().dependents()).contains("cowsay", "hello");
        details.show("hello");
        models.settle();
        assertThat(shown().versions()).extracting(PackageKey::version).containsExactly("2.12", "2.10");
        assertThat(shown().dependencies()).containsExactly("greeting-text", "shell-kit");
    }

    @Test
    void saysWhatInstallingWouldCost() {
        details.show("hello");
        models.settle();
        assertThat(details.meaningProperty().get()).isEqualTo("3 new items \u00b7 built here");
    }

    @Test
    void doesNotPlanForPackagesThatAreOnlyPassed() {
        details.show("hello");
        models.tasks.runAll();
        assertThat(models.tasks.waiting()).isZero();
        assertThat(details.meaningProperty().get()).isEmpty();
    }

    @Test
    void saysHowAnInstalledPackageIsRun() throws Exception {
        models.with("hello@2.10");
        details.show("hello");
        models.settle();
        assertThat(details.stateProperty().get()).isEqualTo(PackageState.UPGRADABLE);
        assertThat(details.meaningProperty().get())
                .isEqualTo("Installed 2.10 \u00b7 generation 1 \u00b7 upgrade to 2.12 available");
        assertThat(details.programsProperty().get())
                .containsExactly(new DetailsViewModel.Program("hello", "/home/someone/.local/share/cairn/bin/hello"));
    }

    @Test
    void saysThatItIsBeingInstalledUntilItIs() {
        details.show("hello");
        models.settle();
        details.install();
        models.settle();
        models.preview.apply();
        assertThat(details.stateProperty().get()).isEqualTo(PackageState.INSTALLING);
        assertThat(details.changingProperty().get()).contains(models.operations.all().getFirst());
        assertThat(details.command()).contains("cairn install hello");
        models.settle();
        assertThat(details.stateProperty().get()).isEqualTo(PackageState.INSTALLED);
        assertThat(details.changingProperty().get()).isEmpty();
        details.remove();
        models.settle();
        models.preview.apply();
        assertThat(details.stateProperty().get()).isEqualTo(PackageState.REMOVING);
        models.operations.all().getFirst().cancel();
        models.settle();
        assertThat(details.stateProperty().get()).isEqualTo(PackageState.INSTALLED);
    }

    @Test
    void installsTheChosenVersion() {
        details.show(new PackageKey("cairn", "hello", "2.10"));
        models.settle();
        details.install();
        assertThat(models.preview.titleProperty().get()).isEqualTo("Install hello@2.10");
    }

    @Test
    void namesTheEquivalentCommand() throws Exception {
        details.show("hello");
        models.settle();
        assertThat(details.command()).contains("cairn install hello");
        models.with("hello@2.10");
        assertThat(details.command()).contains("cairn upgrade hello");
    }

    @Test
    void asksTheGraphToShowWhatIsInstalled() throws Exception {
        models.with("fortune");
        details.show("fortune");
        models.settle();
        details.showGraph();
        assertThat(models.visited)
                .containsExactly(new Intent.ShowGraph(
                        "fortune", models.profile.installed().outputsOf("fortune").stream()
                                .map(entry -> entry.item())
                                .findFirst()));
    }

    @Test
    void saysThatThereIsNoSuchPackage() {
        details.show("fortnue");
        models.settle();
        assertThat(details.shownProperty().get()).isEmpty();
        assertThat(details.failureProperty().get().orElseThrow().hint().orElseThrow()).contains("fortune");
    }

    private DetailsViewModel.Details shown() {
        return details.shownProperty().get().orElseThrow();
    }
}
