// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.fake.FakeProfile;
import dev.cairn.app.fake.Models;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.Downloads;
import dev.cairn.daemon.SubstituteInfo;
import dev.cairn.packages.Specification;
import dev.cairn.path.StorePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PreviewViewModelTest {
    private final Models models = new Models();
    private final PreviewViewModel preview = models.preview;

    @Test
    void showsWhatInstallingAddsAndBuilds() throws Exception {
        preview.install(Specification.parse("cowsay"));
        assertThat(preview.openProperty().get()).isTrue();
        assertThat(preview.busyProperty().get()).isTrue();
        models.settle();
        PreviewContents contents = contents();
        assertThat(preview.titleProperty().get()).isEqualTo("Install cowsay");
        assertThat(contents.built()).containsExactly("shell-kit-1", "cowsay-3.8");
        assertThat(contents.adds()).containsExactly(new PreviewContents.Row("cowsay", "3.8", ""));
        assertThat(contents.upgrades()).isEmpty();
        assertThat(contents.removes()).isEmpty();
        assertThat(contents.summary()).isEqualTo("2 new items \u00b7 built here");
    }

    @Test
    void showsWhatIsDownloadedAndWhatNobodyOffers() throws Exception {
        StorePath item = FakeProfile.item("cowsay-3.8");
        StorePath perl = FakeProfile.item("perl-5.36");
        StorePath lost = FakeProfile.item("lost-1");
        models.actions.fetch(new Downloads(
                new TreeMap<>(Map.of(item, info(item, 20_000, 77_000), perl, info(perl, 9_000_000, 60_000_000))),
                new TreeSet<>(),
                new TreeSet<>(List.of(lost))));
        preview.install(Specification.parse("cowsay"));
        models.settle();
        assertThat(contents().summary())
                .isEqualTo("9.02 MB to download \u00b7 60.1 MB on disk \u00b7 2 new items \u00b7 prebuilt");
        assertThat(contents().fetched()).containsExactly(
                new PreviewContents.Row("perl-5.36", "9.00 MB to download \u00b7 60.0 MB on disk", ""),
                new PreviewContents.Row("cowsay-3.8", "20.0 kB to download \u00b7 77.0 kB on disk", ""));
        assertThat(contents().missing().orElseThrow()).contains("lost-1").contains("will stop there");
    }

    private static SubstituteInfo info(StorePath item, long download, long size) {
        return new SubstituteInfo(
                item, Optional.empty(), new TreeSet<>(), OptionalLong.of(download), size, "https://farm.example.org");
    }

    @Test
    void showsBothVersionsOfAnUpgrade() throws Exception {
        models.with("hello@2.10");
        preview.upgrade("hello");
        models.settle();
        assertThat(contents().upgrades()).containsExactly(new PreviewContents.Row("hello", "2.10 \u2192 2.12", ""));
    }

    @Test
    void tellsDowngradesFromUpgrades() throws Exception {
        models.with("hello");
        preview.install(Specification.parse("hello@2.10"));
        models.settle();
        assertThat(contents().upgrades()).isEmpty();
        assertThat(contents().downgrades()).containsExactly(new PreviewContents.Row("hello", "2.12 \u2192 2.10", ""));
    }

    @Test
    void namesPackagesThatSeeTheHost() throws Exception {
        preview.install(Specification.parse("impure-tool"));
        models.settle();
        assertThat(contents().impure()).containsExactly("impure-tool");
    }

    @Test
    void changesNothingWhenCancelled() throws Exception {
        preview.install(Specification.parse("hello"));
        models.settle();
        preview.cancel();
        models.settle();
        assertThat(preview.openProperty().get()).isFalse();
        assertThat(models.operations.all()).isEmpty();
    }

    @Test
    void appliesExactlyOnce() throws Exception {
        preview.install(Specification.parse("hello"));
        models.settle();
        preview.apply();
        assertThat(preview.openProperty().get()).isFalse();
        models.settle();
        assertThat(models.operations.all()).hasSize(1);
        assertThat(models.profile.installed().outputsOf("hello")).hasSize(1);
    }

    @Test
    void appliesNothingBeforeThePlanIsThere() throws Exception {
        preview.install(Specification.parse("hello"));
        preview.apply();
        models.settle();
        assertThat(models.operations.all()).isEmpty();
    }

    @Test
    void saysWhyNothingCanBePlannedAndPlansAgain() throws Exception {
        models.actions.failNext(
                new DaemonException.StoreIo("disk full", Optional.of("Free some space."), Optional.empty()));
        preview.install(Specification.parse("hello"));
        models.settle();
        assertThat(preview.failureProperty().get().orElseThrow().hint()).contains("Free some space.");
        preview.retry();
        models.settle();
        assertThat(preview.failureProperty().get()).isEmpty();
        assertThat(contents().adds()).hasSize(1);
    }

    @Test
    void knowsThatThereIsNothingToDo() throws Exception {
        models.with("hello");
        preview.install(Specification.parse("hello"));
        models.settle();
        assertThat(contents().isEmpty()).isTrue();
    }

    private PreviewContents contents() {
        return preview.contentsProperty().get().orElseThrow();
    }
}
