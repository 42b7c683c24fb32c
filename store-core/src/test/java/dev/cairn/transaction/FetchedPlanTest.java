// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogFile;
import dev.cairn.catalog.ContentsSink;
import dev.cairn.channel.Channel;
import dev.cairn.channel.Resolver;
import dev.cairn.channel.Selection;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.Downloads;
import dev.cairn.daemon.SubstituteInfo;
import dev.cairn.event.EventSink;
import dev.cairn.layout.StoreLayout;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.profile.Profile;
import dev.cairn.testing.InMemoryDaemon;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans with items that come from servers of substitutes. */
class FetchedPlanTest {
    private static final StorePath HELLO = item('a', "hello-2.12");
    private static final StorePath LIBRARY = item('b', "library-1");
    private static final StorePath DATA = item('c', "data-1");

    @TempDir
    Path folder;

    private InMemoryDaemon daemon;
    private Transactions transactions;
    private Profile profile;

    @BeforeEach
    void open() throws Exception {
        daemon = new InMemoryDaemon(folder.resolve("store"));
        TestPackages packages = new TestPackages("test", folder);
        transactions = new Transactions(daemon, packages, List.of(packages), "x86_64-linux");
        profile = Profile.ofUser(
                new StoreLayout(StoreDirectory.GNU, folder.resolve("root")), Map.of("USER", "alice"));
    }

    private static StorePath item(char letter, String name) {
        try {
            return StoreDirectory.GNU.itemOf("/gnu/store/" + Character.toString(letter).repeat(32) + "-" + name);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void offer(StorePath path, OptionalLong download, long size, StorePath... references) {
        daemon.offer(new SubstituteInfo(
                path, Optional.empty(), new TreeSet<>(Arrays.asList(references)), download, size, "http://farm"));
    }

    @Test
    void countsAllThatIsToBeFetched() throws Exception {
        offer(HELLO, OptionalLong.of(10), 100, HELLO, LIBRARY, DATA);
        offer(LIBRARY, OptionalLong.of(20), 200, DATA);
        offer(DATA, OptionalLong.of(40), 400);

        Plan plan = transactions.plan(profile, List.of(new Request.InstallItem(HELLO)));

        assertThat(plan.fetched()).containsExactly(HELLO);
        assertThat(plan.downloads().items().keySet()).containsExactlyInAnyOrder(HELLO, LIBRARY, DATA);
        assertThat(plan.downloadSize()).hasValue(70);
        assertThat(plan.downloads().installedSize()).isEqualTo(700);
        assertThat(plan.targets()).isEmpty();
        assertThat(daemon.isValid(HELLO)).isFalse();
    }

    @Test
    void fetchesRatherThanBuildsWhatAServerOffers() throws Exception {
        TestPackages packages = new TestPackages("test", folder).with("tool", "1.0");
        Transactions own = new Transactions(daemon, packages, List.of(packages), "x86_64-linux");
        List<Request> requests = List.of(new Request.Install(TestPackages.specification("tool")));
        Plan alone = own.plan(profile, requests);
        assertThat(alone.toBuild()).hasSize(1);
        assertThat(alone.downloads().items()).isEmpty();
        StorePath tool = alone.changes().getFirst().entry().item();
        offer(tool, OptionalLong.of(10), 100, DATA);
        assertThat(own.plan(profile, requests).toBuild()).as("nobody has what it refers to").hasSize(1);
        offer(DATA, OptionalLong.of(40), 400);

        Plan plan = own.plan(profile, requests);

        assertThat(plan.toBuild()).isEmpty();
        assertThat(plan.targets()).as("it is the daemon's to choose").isNotEmpty();
        assertThat(plan.downloads().items().keySet()).containsExactlyInAnyOrder(tool, DATA);
        assertThat(plan.downloadSize()).hasValue(50);
    }

    @Test
    void countsWhatIsFetchedWithoutTheFilesThatItIsMadeOf() throws Exception {
        TestArchive archive = new TestArchive().with("oniguruma", "6.9").with("jq", "1.6", "oniguruma");
        List<Request> requests = List.of(new Request.Install(TestPackages.specification("jq")));
        try (Catalog catalog = CatalogFile.open(folder.resolve("catalog"), List.of(archive), EventSink.NONE)) {
            Transactions own = new Transactions(daemon, catalog, List.of(archive), "x86_64-linux");
            Plan alone = own.plan(profile, requests);
            assertThat(alone.downloadSize()).hasValue(200);
            offer(alone.changes().getFirst().entry().item(), OptionalLong.of(10), 100);

            assertThat(own.plan(profile, requests).downloadSize()).hasValue(110);
        }
    }

    @Test
    void leavesOutWhatIsThere() throws Exception {
        offer(HELLO, OptionalLong.of(10), 100, LIBRARY);
        offer(LIBRARY, OptionalLong.of(20), 200, DATA);
        offer(DATA, OptionalLong.empty(), 400);
        daemon.ensure(List.of(LIBRARY), BuildOptions.DEFAULT, EventSink.NONE);

        Plan plan = transactions.plan(profile, List.of(new Request.InstallItem(HELLO)));

        assertThat(plan.downloads().items().keySet()).containsExactly(HELLO);
        assertThat(plan.downloads().present()).containsExactly(LIBRARY);
        assertThat(plan.downloadSize()).hasValue(10);
        assertThat(plan.downloads().closureSize(daemon)).isGreaterThan(100);
    }

    @Test
    void knowsNoDownloadSizeWhereAServerDoesNotSay() throws Exception {
        offer(HELLO, OptionalLong.of(10), 100, DATA);
        offer(DATA, OptionalLong.empty(), 400);

        assertThat(transactions.plan(profile, List.of(new Request.InstallItem(HELLO))).downloadSize()).isEmpty();
    }

    @Test
    void buildsFromDerivationsThatAreStillToBeFetched() throws Exception {
        StorePath derivation = item('d', "hello-2.12.drv");
        ManifestEntry entry =
                new ManifestEntry("hello", "2.12", "out", HELLO, List.of(), List.of(), new TreeMap<>());
        TestPackages packages = new TestPackages("test", folder).with("hello", "2.12");
        Channel channel = new Channel() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public Resolver resolver() {
                return (_, _) -> new Selection(
                        List.of(entry),
                        Map.of(HELLO, new Selection.Origin.Built(derivation, "out", false)),
                        Map.of(),
                        List.of("It is built here."));
            }

            @Override
            public String fingerprint() {
                return "";
            }

            @Override
            public void read(ContentsSink sink, EventSink events) {
                throw new AssertionError("the catalog is another");
            }
        };

        Plan plan = new Transactions(daemon, packages, List.of(channel), "x86_64-linux")
                .plan(profile, List.of(new Request.Install(TestPackages.specification("hello"))));

        assertThat(plan.toBuild()).containsExactly(derivation);
        assertThat(plan.targets())
                .singleElement()
                .satisfies(target -> assertThat(target.outputs()).containsExactly("out"));
        assertThat(plan.fetched()).isEmpty();
        assertThat(plan.downloadSize()).isEmpty();
        assertThat(plan.notes()).containsExactly("It is built here.");
    }

    @Test
    void tellsWhatNobodyOffers() throws Exception {
        offer(HELLO, OptionalLong.of(10), 100, LIBRARY);

        assertThat(Downloads.of(daemon, List.of(HELLO), EventSink.NONE).missing()).containsExactly(LIBRARY);
        assertThatThrownBy(() -> transactions.plan(profile, List.of(new Request.InstallItem(DATA))))
                .isInstanceOf(DaemonException.NotSubstituted.class)
                .hasMessageContaining(DATA.toString());
    }
}
