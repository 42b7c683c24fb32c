// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import static dev.cairn.transaction.TestPackages.specification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.catalog.CatalogException;
import dev.cairn.channel.ChannelException;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.Root;
import dev.cairn.error.CairnException;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.layout.LogicalFiles;
import dev.cairn.layout.StoreLayout;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.profile.Generation;
import dev.cairn.profile.LockedProfile;
import dev.cairn.profile.Profile;
import dev.cairn.profile.ProfileException;
import dev.cairn.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionsTest {
    @TempDir
    Path folder;

    private StoreLayout layout;
    private Daemon daemon;
    private TestPackages packages;
    private Profile profile;
    private Transactions transactions;

    @BeforeEach
    void open() throws CairnException {
        layout = new StoreLayout(StoreDirectory.GNU, folder.resolve("root"));
        daemon = LocalStore.open(layout);
        packages = new TestPackages("test", folder)
                .with("hello", "2.10")
                .with("hello", "2.12")
                .with("lib", "1.0")
                .with("lib", "2.0")
                .with("tool", "1.0", "lib@1.0")
                .with("other", "1.0", "lib@2.0")
                .with("impure-thing", "1");
        profile = Profile.ofUser(layout, Map.of("USER", "alice"));
        transactions = new Transactions(daemon, packages, List.of(packages), "x86_64-linux");
    }

    @AfterEach
    void close() throws CairnException {
        daemon.close();
    }

    @Test
    void doesNotSwitchToAGenerationWhoseItemIsGone() throws Exception {
        transactions.apply(
                transactions.plan(profile, List.of(install("hello"))), BuildOptions.DEFAULT, EventSink.NONE);
        Path link = profile.link().resolveSibling(profile.link().getFileName() + "-9-link");
        Files.createSymbolicLink(link, Path.of("/gnu/store/" + "0".repeat(32) + "-profile"));

        assertThatThrownBy(() -> transactions.switchTo(profile, 9))
                .isInstanceOf(TransactionException.Unusable.class)
                .hasMessageContaining("generation 9");
        assertThat(profile.currentNumber()).isEqualTo(1);
    }

    @Test
    void installsInTheNextGeneration() throws Exception {
        Plan plan = transactions.plan(profile, List.of(install("hello")));
        assertThat(plan.base()).isZero();
        assertThat(plan.toBuild()).extracting(StorePath::name).containsExactly("hello-2.12.drv");
        assertThat(plan.present()).isEmpty();
        assertThat(plan.downloadSize()).isEqualTo(OptionalLong.of(0));
        assertThat(plan.cause()).isEqualTo("Installed hello");
        assertThat(profile.generations()).isEmpty();

        List<Event> events = new ArrayList<>();
        Generation made = transactions.apply(plan, BuildOptions.DEFAULT, event -> {
            synchronized (events) {
                events.add(event);
            }
        });
        assertThat(made.number()).isEqualTo(1);
        assertThat(made.parent()).isEqualTo(OptionalInt.of(0));
        assertThat(made.cause()).contains("Installed hello");
        assertThat(profile.generations()).containsExactly(made);
        assertThat(Files.readSymbolicLink(profile.link())).isEqualTo(Path.of("guix-profile-1-link"));
        assertThat(Files.readSymbolicLink(profile.generationLink(1)).toString())
                .startsWith("/gnu/store/")
                .endsWith("-profile");
        assertThat(Path.of(profile.link() + ".lock")).doesNotExist();
        assertThat(run("hello")).isEqualTo("hello-2.12");
        ManifestEntry entry = profile.manifest().entries().getFirst();
        assertThat(entry.label()).isEqualTo("hello@2.12");
        assertThat(entry.channel()).contains("test");
        assertThat(events).first().isInstanceOf(Event.Started.class);
        assertThat(events).last().isInstanceOf(Event.Finished.class);
        assertThat(daemon.roots())
                .anyMatch(root -> root.kind() == Root.Kind.PROFILE && root.item().equals(made.item()));
    }

    @Test
    void plansNothingForWhatIsInstalled() throws Exception {
        apply(install("hello"));
        Plan again = transactions.plan(profile, List.of(install("hello")));
        assertThat(again.isEmpty()).isTrue();
        assertThat(transactions.apply(again, BuildOptions.DEFAULT, EventSink.NONE).number()).isEqualTo(1);
        assertThat(profile.generations()).hasSize(1);
    }

    @Test
    void replacesAnotherVersionAndPutsNewPackagesInFront() throws Exception {
        apply(install("hello@2.10"));
        apply(install("lib"));
        Plan plan = transactions.plan(profile, List.of(install("hello")));
        assertThat(plan.changes()).singleElement().isInstanceOfSatisfying(Change.Upgraded.class, change -> {
            assertThat(change.before().version()).isEqualTo("2.10");
            assertThat(change.entry().version()).isEqualTo("2.12");
            assertThat(change.reason()).isEmpty();
        });
        apply(plan);
        assertThat(labels()).containsExactly("hello@2.12", "lib@2.0");
    }

    @Test
    void bringsPropagatedPackagesAlongAndSaysWhy() throws Exception {
        Plan plan = transactions.plan(profile, List.of(install("tool")));
        assertThat(describe(plan.changes())).containsExactly("+ tool@1.0", "+ lib@1.0 (needed by tool)");
        apply(plan);
        assertThat(run("lib")).isEqualTo("lib-1.0");
        assertThat(describe(transactions.plan(profile, List.of(remove("tool"))).changes()))
                .containsExactly("- tool@1.0", "- lib@1.0 (no longer needed)");
        apply(install("lib@1.0"));
        assertThat(describe(transactions.plan(profile, List.of(remove("lib"))).changes()))
                .containsExactly("- lib@1.0 (stays, needed by tool)");
    }

    @Test
    void stopsAtConflictsNamingBothSides() throws Exception {
        apply(install("tool"));
        assertThatThrownBy(() -> transactions.plan(profile, List.of(install("other"))))
                .isInstanceOf(TransactionException.Conflict.class)
                .hasMessageContaining("'lib@1.0' (needed by tool@1.0)")
                .hasMessageContaining("'lib@2.0' (needed by other@1.0)");
        assertThatThrownBy(() -> transactions.plan(profile, List.of(install("lib"))))
                .isInstanceOf(TransactionException.Conflict.class)
                .hasMessageContaining("'lib@2.0' (asked for)");
        apply(remove("tool"), install("lib"));
        assertThatThrownBy(() -> transactions.plan(profile, List.of(install("tool"))))
                .isInstanceOf(TransactionException.Conflict.class)
                .hasMessageContaining("'lib@2.0' (installed by itself)");
        assertThat(profile.currentNumber()).isEqualTo(2);
    }

    @Test
    void refusesTwoVersionsOfOnePackage() throws Exception {
        assertThatThrownBy(() ->
                        transactions.plan(profile, List.of(install("hello@2.10"), install("lib"), install("hello"))))
                .isInstanceOf(TransactionException.AskedTwice.class)
                .hasMessageContaining("'hello@2.10' and 'hello@2.12'");
        apply(install("hello"), install("hello@2.12"));
        StorePath item = profile.manifest().entries().getFirst().item();
        assertThatThrownBy(() -> transactions.plan(
                        profile, List.of(install("hello@2.10"), new Request.InstallItem(item))))
                .hasMessageContaining("'hello@2.10' and '" + item + "'");
    }

    @Test
    void refusesToUpgradeOnePackageToTwoVersions() throws Exception {
        apply(install("hello@2.10"));

        assertThatThrownBy(() -> transactions.plan(profile, List.of(upgrade("hello@2.10"), upgrade("hello@2.12"))))
                .isInstanceOf(TransactionException.AskedTwice.class)
                .hasMessageContaining("'hello@2.10' and 'hello@2.12'");
        assertThat(transactions.plan(profile, List.of(upgrade("hello"), upgrade("hello"))).changes())
                .hasSize(1);
    }

    @Test
    void reportsCirclesOfPropagation() {
        packages.with("egg", "1", "hen").with("hen", "1", "egg");
        assertThatThrownBy(() -> transactions.plan(profile, List.of(install("hen"))))
                .isInstanceOf(ChannelException.Unsatisfiable.class)
                .hasMessageContaining("propagates itself");
    }

    @Test
    void upgradesToTheNewestAndNeverDowngrades() throws Exception {
        apply(install("hello@2.10"), install("lib"), install("impure-thing"));
        packages.withdraw("lib");
        packages.with("lib", "1.0");
        packages.withdraw("impure-thing");
        Plan plan = transactions.plan(profile, List.of(new Request.Upgrade(Optional.empty())));
        assertThat(describe(plan.changes())).containsExactly("hello@2.10 -> hello@2.12");
        assertThat(plan.notes()).hasSize(2).anyMatch(note -> note.contains("lib@2.0' is newer"));
        assertThat(plan.notes()).anyMatch(note -> note.contains("'impure-thing@1' is in no channel"));
        assertThat(plan.cause()).isEqualTo("Upgraded hello");
        apply(plan);
        assertThat(labels()).containsExactly("impure-thing@1", "lib@2.0", "hello@2.12");
        assertThat(transactions.plan(profile, List.of(new Request.Upgrade(Optional.empty()))).isEmpty()).isTrue();
    }

    @Test
    void removesByNameVersionAndOutput() throws Exception {
        apply(install("hello"), install("lib"));
        assertThatThrownBy(() -> transactions.plan(profile, List.of(remove("hello@3"))))
                .isInstanceOf(TransactionException.NotInstalled.class)
                .hasMessageContaining("hello@2.12");
        assertThatThrownBy(() -> transactions.plan(profile, List.of(remove("helo"))))
                .isInstanceOfSatisfying(
                        TransactionException.NotInstalled.class,
                        e -> assertThat(e.hint().orElseThrow()).contains("hello"));
        apply(remove("hello@2"));
        assertThat(labels()).containsExactly("lib@2.0");
    }

    @Test
    void explainsThatAPackageOnlyCameAlong() throws Exception {
        apply(install("tool"));
        assertThatThrownBy(() -> transactions.plan(profile, List.of(remove("lib"))))
                .isInstanceOf(TransactionException.NotInstalled.class)
                .hasMessageContaining("it comes with 'tool@1.0'");
    }

    @Test
    void reportsUnknownPackages() {
        assertThatThrownBy(() -> transactions.plan(profile, List.of(install("nothing"))))
                .isInstanceOf(CatalogException.Unknown.class);
    }

    @Test
    void namesPackagesWhoseBuildIsImpure() throws Exception {
        assertThat(transactions.plan(profile, List.of(install("impure-thing"), install("hello"))).impure())
                .containsExactly("impure-thing");
    }

    @Test
    void installsItemsByTheirPath() throws Exception {
        apply(install("hello"));
        StorePath item = profile.manifest().entries().getFirst().item();
        Profile second = new Profile(layout, folder.resolve("elsewhere/mine"));
        Generation made = transactions.apply(
                transactions.plan(second, List.of(new Request.InstallItem(item))),
                BuildOptions.DEFAULT,
                EventSink.NONE);
        assertThat(second.manifest().entries()).extracting(ManifestEntry::label).containsExactly("hello@2.12");
        assertThat(daemon.roots()).anyMatch(root -> root.item().equals(made.item()));
        StorePath text = daemon.addText("note", new byte[0], List.of());
        assertThatThrownBy(() -> transactions.plan(second, List.of(new Request.InstallItem(text))))
                .isInstanceOf(TransactionException.NotInstallable.class);
        StorePath missing = StoreDirectory.GNU.item("0".repeat(32) + "-x-1");
        assertThatThrownBy(() -> transactions.plan(second, List.of(new Request.InstallItem(missing))))
                .isInstanceOf(DaemonException.NotSubstituted.class);
    }

    @Test
    void refusesAPlanWhoseBaseIsNoLongerCurrent() throws Exception {
        Plan stale = transactions.plan(profile, List.of(install("lib")));
        apply(install("hello"));
        assertThatThrownBy(() -> apply(stale)).isInstanceOf(ProfileException.Changed.class);
        assertThat(labels()).containsExactly("hello@2.12");
    }

    @Test
    void refusesWhileAnotherOperationHoldsTheProfile() throws Exception {
        Plan plan = transactions.plan(profile, List.of(install("lib")));
        try (LockedProfile _ = profile.lock()) {
            assertThatThrownBy(() -> apply(plan)).isInstanceOf(ProfileException.Locked.class);
        }
        apply(plan);
    }

    @Test
    void rollsBackToTheGenerationThatTheCurrentOneWasMadeFrom() throws Exception {
        assertThatThrownBy(() -> transactions.rollBack(profile)).isInstanceOf(ProfileException.NotFound.class);
        apply(install("hello"));
        apply(install("lib"));
        assertThat(transactions.rollBack(profile).number()).isEqualTo(1);
        Generation third = apply(install("tool"));
        assertThat(third.number()).isEqualTo(3);
        assertThat(third.parent()).isEqualTo(OptionalInt.of(1));
        assertThat(transactions.rollBack(profile).number()).isEqualTo(1);
        Generation zeroth = transactions.rollBack(profile);
        assertThat(zeroth.number()).isZero();
        assertThat(zeroth.current()).isTrue();
        assertThat(profile.manifest().entries()).isEmpty();
        assertThat(Files.readString(layout.physical(zeroth.item()).resolve("manifest"))).contains("(packages ())");
        assertThatThrownBy(() -> transactions.rollBack(profile)).isInstanceOf(ProfileException.NothingBefore.class);
        assertThat(transactions.switchTo(profile, 2).number()).isEqualTo(2);
        assertThat(labels()).containsExactly("lib@2.0", "hello@2.12");
        assertThatThrownBy(() -> transactions.switchTo(profile, 9))
                .isInstanceOf(ProfileException.NoSuchGeneration.class);
    }

    private void delete(List<Integer> generations) throws CairnException {
        try (LockedProfile locked = profile.lockExisting()) {
            locked.delete(generations);
        }
    }

    @Test
    void deletesGenerationsButNotTheCurrentOne() throws Exception {
        apply(install("hello"));
        apply(install("lib"));
        apply(remove("hello"));
        assertThatThrownBy(() -> delete(List.of(1, 3)))
                .isInstanceOf(ProfileException.CurrentGeneration.class);
        assertThatThrownBy(() -> delete(List.of(1, 7)))
                .isInstanceOf(ProfileException.NoSuchGeneration.class);
        assertThat(profile.generations()).hasSize(3);
        delete(List.of(0, 2));
        assertThat(profile.numbers()).containsExactly(1, 3);
        assertThat(transactions.rollBack(profile).number()).isEqualTo(1);
    }

    @Test
    void tellsWhatGenerationsDifferIn() throws Exception {
        apply(install("hello@2.10"));
        apply(install("hello"), install("tool"));
        assertThat(describe(transactions.compare(profile, 1, 2).changes()))
                .containsExactly("+ tool@1.0", "hello@2.10 -> hello@2.12", "+ lib@1.0 (needed by tool)");
        assertThat(describe(transactions.compare(profile, 2, 0).changes()))
                .containsExactly("- tool@1.0", "- hello@2.12", "- lib@1.0 (no longer needed)");
    }

    @Test
    void makesNoGenerationWhenInterrupted() throws Exception {
        apply(install("hello"));
        Plan plan = transactions.plan(profile, List.of(install("lib")));
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> apply(plan)).isInstanceOf(DaemonException.Cancelled.class);
        } finally {
            Thread.interrupted();
        }
        assertThat(profile.numbers()).containsExactly(1);
        assertThat(apply(plan).number()).isEqualTo(2);
    }

    @Test
    void leavesTheOldGenerationWhateverCallFails() throws Exception {
        apply(install("hello"));
        Plan plan = transactions.plan(profile, List.of(install("tool")));
        int call = 0;
        Generation made = null;
        while (made == null) {
            int failing = ++call;
            Daemon failingDaemon = CountedDaemon.around(daemon, number -> {
                if (number == failing) {
                    throw new DaemonException.StoreIo("made to fail", Optional.empty(), Optional.empty());
                }
            });
            Transactions unlucky = new Transactions(failingDaemon, packages, List.of(packages), "x86_64-linux");
            try {
                made = unlucky.apply(plan, BuildOptions.DEFAULT, EventSink.NONE);
            } catch (DaemonException.StoreIo e) {
                assertThat(e).hasMessage("made to fail");
                assertThat(profile.numbers()).containsExactly(1);
                assertThat(labels()).containsExactly("hello@2.12");
            }
        }
        assertThat(call).isGreaterThan(8);
        assertThat(made.number()).isEqualTo(2);
    }

    private Generation apply(Request... requests) throws CairnException {
        return apply(transactions.plan(profile, Arrays.asList(requests)));
    }

    private Generation apply(Plan plan) throws CairnException {
        return transactions.apply(plan, BuildOptions.DEFAULT, EventSink.NONE);
    }

    private static Request install(String text) {
        return new Request.Install(specification(text));
    }

    private static Request upgrade(String text) {
        return new Request.Upgrade(Optional.of(specification(text)));
    }

    private static Request remove(String text) {
        return new Request.Remove(specification(text));
    }

    private List<String> labels() throws CairnException {
        return profile.manifest().entries().stream().map(ManifestEntry::label).toList();
    }

    private static List<String> describe(List<Change> changes) {
        return changes.stream()
                .map(change -> switch (change) {
                    case Change.Added(ManifestEntry entry, String reason) -> "+ " + entry.label() + why(reason);
                    case Change.Removed(ManifestEntry entry, String reason) -> "- " + entry.label() + why(reason);
                    case Change.Upgraded(ManifestEntry before, ManifestEntry entry, String reason) ->
                        before.label() + " -> " + entry.label() + why(reason);
                })
                .toList();
    }

    private static String why(String reason) {
        return reason.isEmpty() ? "" : " (" + reason + ")";
    }

    /** What a program of the profile prints, going by its text. */
    private String run(String program) throws IOException {
        Path file = new LogicalFiles(layout)
                .resolve(profile.link().toRealPath(LinkOption.NOFOLLOW_LINKS).resolve("bin/" + program))
                .orElseThrow();
        return Files.readString(file).lines().skip(1).findFirst().orElseThrow().substring(5);
    }
}
