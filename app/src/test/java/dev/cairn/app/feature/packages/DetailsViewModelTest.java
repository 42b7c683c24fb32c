// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.fake.FakeProfile;
import dev.cairn.app.fake.Models;
import dev.cairn.app.profile.PackageSizes;
import dev.cairn.app.shell.Intent;
import dev.cairn.app.shell.SectionId;
import dev.cairn.catalog.PackageKey;
import dev.cairn.channel.ChannelRevision;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.Downloads;
import dev.cairn.daemon.SubstituteInfo;
import dev.cairn.path.StorePath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DetailsViewModelTest {
    private final Models models = new Models();
    private final DetailsViewModel details = new DetailsViewModel(
            () -> models.catalog,
            models.profile,
            models.upgrades,
            models.preview,
            models.channels,
            models,
            models.tasks);

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
    void showsWhatWasAskedForLastAlsoWhereTheCatalogChangesMeanwhile() {
        details.show("hello");
        models.settle();
        details.show(new PackageKey("cairn", "hello", "2.10"));
        details.reload();
        models.settle();
        assertThat(shown().definition().version()).isEqualTo("2.10");
    }

    @Test
    void saysWhatInstallingWouldCost() {
        details.show("hello");
        models.settle();
        assertThat(details.meaningProperty().get()).isEqualTo("3 new items \u00b7 built here");
    }

    @Test
    void tellsSizesAsTheyComeToBeKnown() throws Exception {
        models.actions.fetch(offered("hello-2.12", OptionalLong.of(42_000_000), 118_000_000));
        models.actions.measure(new PackageSizes(OptionalLong.of(118_000_000), OptionalLong.of(512_000_000)));
        details.show("hello");
        models.tasks.runAll();
        models.tasks.pass(Duration.ofSeconds(1));
        models.tasks.runOne();
        assertThat(details.meaningProperty().get())
                .isEqualTo("42.0 MB to download \u00b7 118 MB on disk \u00b7 1 new item \u00b7 prebuilt");
        assertThat(sizes()).containsExactly(
                "download 42.0 MB", "installed-size being worked out\u2026", "closure-size being worked out\u2026");
        models.settle();
        assertThat(sizes()).containsExactly("download 42.0 MB", "installed-size 118 MB", "closure-size 512 MB");
        models.with("hello");
        assertThat(sizes()).containsExactly("installed-size 118 MB", "closure-size 512 MB");
    }

    @Test
    void saysWhichSizesAreNotKnown() {
        models.actions.fetch(offered("hello-2.12", OptionalLong.empty(), 0));
        details.show("hello");
        models.settle();
        assertThat(details.meaningProperty().get()).startsWith("Download size not known");
        assertThat(sizes())
                .containsExactly("download not known", "installed-size not known", "closure-size not known");
        models.actions.fetch(Downloads.NONE);
        details.show("cowsay");
        models.settle();
        assertThat(sizes()).containsExactly("installed-size not known before it is built");
        assertThat(details.offerProperty().get()).as("nobody else builds it").isEmpty();
    }

    @Test
    void offersToBuildWhatNoServerHas() {
        prebuilt();
        details.show("hello");
        models.settle();
        assertThat(details.offerProperty().get()).hasValueSatisfying(offer -> {
            assertThat(offer.why()).contains("No server that you trust");
            assertThat(offer.build()).isTrue();
        });
        details.showServers();
        assertThat(models.visited).containsExactly(SectionId.TRUST);
        details.show("cowsay");
        models.tasks.runAll();
        assertThat(details.offerProperty().get()).isEmpty();
    }

    @Test
    void saysWhyAPackageThatOthersBuildCannotBeHad() {
        prebuilt();
        details.show("hello");
        models.tasks.runAll();
        models.actions.failNext(new DaemonException.StoreIo("no server is known", Optional.empty(), Optional.empty()));
        models.settle();
        assertThat(details.offerProperty().get())
                .contains(new DetailsViewModel.Offer("No server is known.", false));
    }

    private void prebuilt() {
        models.channelActions.makePrebuilt(
                "cairn",
                new ChannelRevision(1, "a".repeat(40), "master", Optional.empty(), Instant.EPOCH, 6, true));
        models.channels.reload();
        models.tasks.runAll();
    }

    private static Downloads offered(String name, OptionalLong download, long size) {
        StorePath item = FakeProfile.item(name);
        SubstituteInfo info = new SubstituteInfo(
                item, Optional.empty(), new TreeSet<>(), download, size, "https://farm.example.org");
        return new Downloads(new TreeMap<>(Map.of(item, info)), new TreeSet<>(), new TreeSet<>());
    }

    private List<String> sizes() {
        return details.sizesProperty().get().stream().map(size -> size.key() + " " + size.text()).toList();
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
