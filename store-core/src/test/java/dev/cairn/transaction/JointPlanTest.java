// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import static dev.cairn.transaction.TestPackages.specification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogFile;
import dev.cairn.channel.Channel;
import dev.cairn.channel.ChannelException;
import dev.cairn.channel.Resolver;
import dev.cairn.channel.Wish;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.layout.StoreLayout;
import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.path.StoreDirectory;
import dev.cairn.profile.Profile;
import dev.cairn.store.LocalStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans with a channel whose packages are chosen together. */
class JointPlanTest {
    @TempDir
    Path folder;

    private Daemon daemon;
    private TestPackages packages;
    private TestArchive archive;
    private Profile profile;
    private Manifest installed = Manifest.EMPTY;

    @BeforeEach
    void open() throws CairnException {
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, folder.resolve("root"));
        daemon = LocalStore.open(layout);
        packages = new TestPackages("test", folder).with("hello", "1").with("libc", "7");
        archive = new TestArchive()
                .with("libc", "2.36-9")
                .with("oniguruma", "6.9-1", "libc")
                .with("jq", "1.6-2", "oniguruma")
                .with("git", "1:2.39-1", "libc");
        profile = Profile.ofUser(layout, Map.of("USER", "alice"));
    }

    @AfterEach
    void close() throws CairnException {
        daemon.close();
    }

    @Test
    void listsWhatComesAlongOnce() throws Exception {
        Plan plan = plan(install("jq"), install("git"));

        assertThat(rows(plan))
                .containsExactly(
                        "+git 1:2.39-1",
                        "+jq 1.6-2",
                        "+libc 2.36-9 (needed by git)",
                        "+oniguruma 6.9-1 (needed by jq)");
        assertThat(plan.downloadSize()).isEqualTo(OptionalLong.of(400));
        assertThat(plan.notes()).containsExactly("A note.");
        assertThat(plan.targets()).hasSize(4);
        assertThat(plan.cause()).isEqualTo("Installed jq, git");
        assertThat(archive.wishes).hasSize(1);
    }

    @Test
    void leavesThemAloneWhileNoneOfThemChanges() throws Exception {
        keep(plan(install("jq")));
        archive.with("libc", "2.36-10");

        Plan plan = plan(install("hello"), install("jq"));

        assertThat(rows(plan)).containsExactly("+hello 1");
        assertThat(archive.wishes).isEmpty();
    }

    @Test
    void choosesAllOfThemAgainWhenOneIsInstalled() throws Exception {
        keep(plan(install("jq")));
        archive.with("libc", "2.36-10");

        Plan plan = plan(install("git"));

        assertThat(rows(plan)).containsExactly("+git 1:2.39-1");
        Wish wish = archive.wishes.getFirst();
        assertThat(wish.wanted()).satisfiesExactly(
                first -> assertThat(first).isInstanceOf(Wish.Wanted.Exactly.class),
                second -> assertThat(second).isEqualTo(new Wish.Wanted.Keep(installed.entries().getFirst())));
        assertThat(wish.installed())
                .extracting(ManifestEntry::name)
                .containsExactlyInAnyOrder("jq", "libc", "oniguruma");
    }

    @Test
    void removingOneLeavesWhatTheOthersNeed() throws Exception {
        keep(plan(install("git"), install("jq")));

        Plan plan = plan(new Request.Remove(specification("jq")));

        assertThat(rows(plan)).containsExactly("-jq 1.6-2", "-oniguruma 6.9-1 (no longer needed)");
        assertThat(plan.result().entries()).singleElement().satisfies(git ->
                assertThat(git.propagatedInputs()).extracting(ManifestEntry::name).containsExactly("libc"));
    }

    @Test
    void removingTheLastAsksNobody() throws Exception {
        keep(plan(install("jq")));

        assertThat(plan(new Request.Remove(specification("jq"))).result()).isEqualTo(Manifest.EMPTY);
        assertThat(archive.wishes).isEmpty();
    }

    @Test
    void upgradeOfADependencyIsOneRowAndANewGeneration() throws Exception {
        keep(plan(install("jq"), install("git")));
        archive.with("libc", "2.36-10");

        Plan plan = plan(new Request.Upgrade(Optional.empty()));

        assertThat(rows(plan)).containsExactly("libc 2.36-9 -> 2.36-10 (needed by git)");
        assertThat(plan.rebuilt()).containsExactly("git", "jq");
        assertThat(plan.isEmpty()).isFalse();
        assertThat(plan.cause()).isEqualTo("Upgraded libc");
        assertThat(archive.wishes.getFirst().wanted()).allMatch(Wish.Wanted.Upgrade.class::isInstance);
    }

    @Test
    void versionThatWasAskedForInFullStays() throws Exception {
        keep(plan(install("jq@1.6-2")));
        assertThat(installed.entries().getFirst().isMarked(ManifestEntry.PINNED)).isTrue();
        archive.with("jq", "1.7-1", "oniguruma");

        Plan all = plan(new Request.Upgrade(Optional.empty()));
        assertThat(all.notes()).contains("'jq@1.6-2' stays, as this very version was asked for; there is 1.7-1,"
                + " which 'cairn upgrade jq' takes.");
        assertThat(archive.wishes.getFirst().wanted()).containsExactly(new Wish.Wanted.Upgrade(
                installed.entries().getFirst(), Optional.empty(), new Wish.Terms(Optional.of(true), true)));

        Plan upgraded = plan(new Request.Upgrade(Optional.of(specification("jq"))));
        assertThat(rows(upgraded)).containsExactly("jq 1.6-2 -> 1.7-1");
        assertThat(upgraded.result().entries().getFirst().isMarked(ManifestEntry.PINNED)).isFalse();
        Plan newest = plan(install("jq"));
        assertThat(rows(newest)).containsExactly("jq 1.6-2 -> 1.7-1");
        keep(newest);
        assertThat(installed.entries().getFirst().isMarked(ManifestEntry.PINNED)).isFalse();
        assertThat(plan(install("jq")).isEmpty()).isTrue();
        Plan pin = plan(install("jq@1.7-1"));
        assertThat(pin.changes()).isEmpty();
        assertThat(pin.noted()).isTrue();
        assertThat(pin.isEmpty()).isFalse();
        assertThat(pin.result().entries().getFirst().isMarked(ManifestEntry.PINNED)).isTrue();
    }

    @Test
    void choiceOfRecommendedPackagesIsKept() throws Exception {
        keep(plan(new Request.Install(specification("jq"), Optional.of(false))));
        assertThat(installed.entries().getFirst().isMarked(ManifestEntry.WITHOUT_RECOMMENDED)).isTrue();
        assertThat(plan(install("jq")).isEmpty()).isTrue();
        plan(new Request.Upgrade(Optional.empty()));
        assertThat(archive.wishes.getFirst().wanted()).singleElement().isInstanceOfSatisfying(
                Wish.Wanted.Upgrade.class,
                upgrade -> assertThat(upgrade.terms()).isEqualTo(new Wish.Terms(Optional.of(false), false)));
        Plan more = plan(new Request.Install(specification("jq"), Optional.of(true)));
        assertThat(more.noted()).isTrue();
        assertThat(more.result().entries().getFirst().isMarked(ManifestEntry.WITHOUT_RECOMMENDED)).isFalse();
    }

    @Test
    void experimentIsNoUpgrade() throws Exception {
        keep(plan(install("jq")));
        archive.with("jq", "1.7-1", "oniguruma").experiment("jq");

        plan(new Request.Upgrade(Optional.empty()));
        assertThat(archive.wishes.getFirst().wanted()).singleElement().isInstanceOfSatisfying(
                Wish.Wanted.Upgrade.class, upgrade -> assertThat(upgrade.row()).isEmpty());
        assertThat(rows(plan(new Request.Upgrade(Optional.of(specification("jq@1.7"))))))
                .containsExactly("jq 1.6-2 -> 1.7-1");
    }

    @Test
    void upgradeOfOneKeepsTheOthers() throws Exception {
        keep(plan(install("jq"), install("git")));
        archive.with("jq", "1.7~rc1-1", "oniguruma");

        Plan plan = plan(new Request.Upgrade(Optional.of(specification("jq"))));

        assertThat(rows(plan)).containsExactly("jq 1.6-2 -> 1.7~rc1-1");
        assertThat(archive.wishes.getFirst().wanted()).satisfiesExactly(
                first -> assertThat(first).isInstanceOf(Wish.Wanted.Keep.class),
                second -> assertThat(second).isInstanceOf(Wish.Wanted.Upgrade.class));
    }

    @Test
    void upgradeWithoutNewsIsEmpty() throws Exception {
        keep(plan(install("jq")));

        assertThat(plan(new Request.Upgrade(Optional.empty())).isEmpty()).isTrue();
    }

    @Test
    void whatComesAlongMeetsNoPackageOfAnotherKind() throws Exception {
        keep(plan(install("libc@7")));

        assertThat(rows(plan(install("jq"))))
                .containsExactly("+jq 1.6-2", "+oniguruma 6.9-1 (needed by jq)", "+libc 2.36-9 (needed by jq)");
    }

    @Test
    void twoOfTheSameNameAreRefused() {
        packages.with("git", "2.50");

        assertThatThrownBy(() -> plan(install("git@2.50"), install("git@1:2.39-1")))
                .isInstanceOf(TransactionException.AskedTwice.class)
                .hasMessageContaining("'git@2.50' and 'git@1:2.39-1'");
    }

    @Test
    void twoVersionsOfOnePackageAreNotUpgradedToAtOnce() throws Exception {
        keep(plan(install("git@1:2.39-1")));

        assertThatThrownBy(() -> plan(
                        new Request.Upgrade(Optional.of(specification("git"))),
                        new Request.Upgrade(Optional.of(specification("git@1:2.39-1")))))
                .isInstanceOf(TransactionException.AskedTwice.class)
                .hasMessageContaining("'git' and 'git@1:2.39-1'");
    }

    @Test
    void oneOfTheSameNameTakesThePlaceOfTheOther() throws Exception {
        packages.with("git", "2.50");
        keep(plan(install("git@2.50")));

        Plan plan = plan(install("git@1:2.39-1"));

        assertThat(rows(plan)).containsExactly("+git 1:2.39-1", "-git 2.50", "+libc 2.36-9 (needed by git)");
        assertThat(plan.result().entries()).hasSize(1);
    }

    @Test
    void saysWhyPackagesCannotBeHad() {
        archive.with("broken", "1", "missing");

        assertThatThrownBy(() -> plan(install("broken")))
                .isInstanceOf(ChannelException.Unsatisfiable.class)
                .hasMessage("broken needs missing");
    }

    private static Request install(String text) {
        return new Request.Install(specification(text));
    }

    /** A plan for a profile that holds what was kept last. */
    private Plan plan(Request... requests) throws CairnException {
        archive.wishes.clear();
        try (Catalog catalog = CatalogFile.open(
                folder.resolve("catalog"), List.of(packages, archive), EventSink.NONE)) {
            Map<String, Channel> channels = Map.of("test", packages, "archive", archive);
            Selections selections = new Selections(daemon, channels, "x86_64-linux", Resolver::select);
            return new Planner(daemon, catalog, selections, profile, installed).plan(0, Arrays.asList(requests));
        }
    }

    private void keep(Plan plan) {
        installed = plan.result();
    }

    private static List<String> rows(Plan plan) {
        List<String> rows = new ArrayList<>();
        for (Change change : plan.changes()) {
            String reason = change.reason().isEmpty() ? "" : " (" + change.reason() + ")";
            String label = change.entry().name() + " " + change.entry().version();
            rows.add(switch (change) {
                case Change.Added _ -> "+" + label;
                case Change.Removed _ -> "-" + label;
                case Change.Upgraded(ManifestEntry before, ManifestEntry after, _) ->
                    after.name() + " " + before.version() + " -> " + after.version();
            } + reason);
        }
        return rows;
    }
}
