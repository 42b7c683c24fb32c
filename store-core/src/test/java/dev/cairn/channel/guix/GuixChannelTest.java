// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogFile;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.channel.Channel;
import dev.cairn.channel.ChannelException;
import dev.cairn.channel.ChannelRevision;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.http.Proxies;
import dev.cairn.packages.Specification;
import dev.cairn.testing.DataServiceStub;
import dev.cairn.testing.GuixPackages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class GuixChannelTest {
    private static final String FIRST = "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334";
    private static final String SECOND = "3f2b1c0d9e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c";
    private static final String UNPROCESSED = "77777777aaaabbbbccccddddeeeeffff00001111";

    @TempDir
    Path folder;

    private DataServiceStub stub;
    private GuixChannel channel;

    @BeforeEach
    void open() throws IOException {
        stub = DataServiceStub.start();
        stub.commit(FIRST, "2025-06-12 08:00:00", List.of(
                GuixPackages.simple("hello", "2.12.1"),
                GuixPackages.with("git", "2.49.0", GuixPackages.outputs("git", "2.49.0", List.of("out", "gui", "send-email"))),
                GuixPackages.with("mac-only", "1", new TreeMap<>())));
        channel = channel(Optional.empty());
    }

    @AfterEach
    void close() {
        stub.close();
    }

    private GuixChannel channel(Optional<String> commit) {
        return channel(stub.address(), "guix", "master", commit);
    }

    private GuixChannel channel(URI service, String repository, String branch, Optional<String> commit) {
        GuixSource source = new GuixSource(service, repository, branch, commit, List.of());
        return new GuixChannel(
                "guix",
                5,
                folder.resolve("channel"),
                new GuixChannel.Settings(source, "x86_64-linux", Proxies.NONE, PackageSources.NONE));
    }

    private void more() {
        stub.commit(SECOND, "2025-06-13 20:16:26", List.of(
                GuixPackages.simple("hello", "2.12.2"),
                GuixPackages.with("git", "2.49.0", GuixPackages.outputs("git", "2.49.0", List.of("out", "gui", "send-email"))),
                GuixPackages.simple("fresh", "0.1")));
    }

    private static List<String> names(Channel channel) throws Exception {
        return channel.read(EventSink.NONE).packages().stream().map(row -> row.key().label()).toList();
    }

    @Test
    void offersNothingBeforeItIsFetched() throws Exception {
        assertThat(names(channel)).isEmpty();
        assertThat(channel.status().fetched()).isEmpty();
        assertThat(channel.status().fetches()).isTrue();
        assertThat(channel.revisions()).isEmpty();
        assertThat(stub.asked()).isEmpty();
    }

    @Test
    void offersWhatTheNewestProcessedRevisionHas() throws Exception {
        stub.unprocessed(UNPROCESSED, "2025-06-14 09:10:11");
        String before = channel.fingerprint();

        assertThat(channel.refresh(EventSink.NONE)).isTrue();

        assertThat(channel.fingerprint()).isNotEqualTo(before);
        assertThat(names(channel)).containsExactly("git@2.49.0", "hello@2.12.1");
        CatalogPackage git = channel.read(EventSink.NONE).packages().getFirst();
        assertThat(git.outputs()).containsExactly("out", "gui", "send-email");
        assertThat(git.synopsis()).isEqualTo("The program git");
        assertThat(git.description()).isEqualTo("This is git.\n\nIt is version 2.49.0.");
        assertThat(git.homePage()).contains("https://example.org/git");
        assertThat(git.location()).contains("gnu/packages/g.scm:12:2");
        assertThat(git.licenses()).containsExactly("GPL 3+");
        ChannelRevision revision = channel.status().revision().orElseThrow();
        assertThat(revision.commit()).isEqualTo(FIRST);
        assertThat(revision.date()).contains(Instant.parse("2025-06-12T08:00:00Z"));
        assertThat(revision.packages()).isEqualTo(2);
        assertThat(revision.branch()).isEqualTo("master");
    }

    @Test
    void fetchesNothingWhereTheCommitIsTheSame() throws Exception {
        channel.refresh(EventSink.NONE);
        int asked = stub.asked().size();
        String before = channel.fingerprint();

        assertThat(channel.refresh(EventSink.NONE)).isFalse();

        assertThat(stub.asked().size() - asked).isEqualTo(2);
        assertThat(channel.fingerprint()).isEqualTo(before);
        assertThat(channel.revisions()).hasSize(1);
    }

    @Test
    void keepsRevisionsToGoBackTo() throws Exception {
        channel.refresh(EventSink.NONE);
        more();
        assertThat(channel.refresh(EventSink.NONE)).isTrue();
        assertThat(names(channel)).containsExactly("fresh@0.1", "git@2.49.0", "hello@2.12.2");
        assertThat(channel.revisions()).extracting(ChannelRevision::number).containsExactly(1, 2);
        assertThat(channel.revisions()).extracting(ChannelRevision::current).containsExactly(false, true);

        assertThat(channel.rollBack().commit()).isEqualTo(FIRST);
        assertThat(names(channel)).containsExactly("git@2.49.0", "hello@2.12.1");
        assertThatThrownBy(channel::rollBack).isInstanceOf(ChannelException.NoRevision.class);

        channel.switchTo(2);
        assertThat(names(channel)).contains("fresh@0.1");
        assertThatThrownBy(() -> channel.switchTo(3))
                .isInstanceOf(ChannelException.NoRevision.class)
                .hasMessageContaining("'3'");
        channel.rollBack();
        int asked = stub.asked().size();
        assertThat(channel.refresh(EventSink.NONE)).isTrue();
        assertThat(stub.asked().size() - asked).isEqualTo(2);
        assertThat(channel.revisions()).hasSize(2);
    }

    @Test
    void deletesRevisionsButTheCurrentOne() throws Exception {
        channel.refresh(EventSink.NONE);
        more();
        channel.refresh(EventSink.NONE);
        assertThatThrownBy(() -> channel.delete(List.of(1, 2))).isInstanceOf(ChannelException.NoRevision.class);
        assertThat(channel.revisions()).hasSize(2);
        channel.delete(List.of(1));
        assertThat(channel.revisions()).extracting(ChannelRevision::number).containsExactly(2);
    }

    @Test
    void looksIntoAnotherRevisionWithoutSwitching() throws Exception {
        more();
        channel.refresh(EventSink.NONE);

        assertThat(names(channel.at(FIRST, EventSink.NONE))).containsExactly("git@2.49.0", "hello@2.12.1");

        assertThat(names(channel)).contains("hello@2.12.2");
        assertThat(channel.revisions()).extracting(ChannelRevision::current).containsExactly(true, false);
        int asked = stub.asked().size();
        assertThat(names(channel.at(FIRST.substring(0, 7), EventSink.NONE))).contains("hello@2.12.1");
        assertThat(names(channel.at("2", EventSink.NONE))).contains("hello@2.12.1");
        assertThat(stub.asked()).hasSize(asked);
        assertThatThrownBy(() -> channel.at("3", EventSink.NONE)).isInstanceOf(ChannelException.NoRevision.class);
        assertThatThrownBy(() -> channel.at("abcdef01", EventSink.NONE)).isInstanceOf(ChannelException.NoRevision.class);
        assertThatThrownBy(() -> channel.at("yesterday", EventSink.NONE)).isInstanceOf(ChannelException.NoRevision.class);
    }

    @Test
    void staysAtACommit() throws Exception {
        more();
        GuixChannel fixed = channel(Optional.of(FIRST));
        fixed.refresh(EventSink.NONE);
        assertThat(names(fixed)).contains("hello@2.12.1");
        assertThat(fixed.refresh(EventSink.NONE)).isFalse();
    }

    @Test
    void namesCommitsThatAreProcessedWhereOneIsNot() throws Exception {
        more();
        stub.unprocessed(UNPROCESSED, "2025-06-14 09:10:11");
        assertThatThrownBy(() -> channel(Optional.of(UNPROCESSED)).refresh(EventSink.NONE))
                .isInstanceOfSatisfying(DataServiceException.Unprocessed.class, e -> {
                    assertThat(e).hasMessageContaining(UNPROCESSED);
                    assertThat(e.hint().orElseThrow()).contains(SECOND + " of 2025-06-13, " + FIRST + " of 2025-06-12");
                });
        assertThat(Files.exists(folder.resolve("channel/current"))).isFalse();
    }

    @Test
    void namesBranchesAndRepositoriesThatThereAre() {
        assertThatThrownBy(() -> channel(stub.address(), "guix", "main", Optional.empty()).refresh(EventSink.NONE))
                .isInstanceOfSatisfying(
                        DataServiceException.NoBranch.class,
                        e -> assertThat(e.hint()).contains("Its branches are master."));
        assertThatThrownBy(() -> channel(stub.address(), "mine", "master", Optional.empty()).refresh(EventSink.NONE))
                .isInstanceOfSatisfying(
                        DataServiceException.NoRepository.class,
                        e -> assertThat(e.hint()).contains("It knows guix-patches, guix."));
    }

    @Test
    void leavesNothingBehindWhereFetchingFails() throws Exception {
        channel.refresh(EventSink.NONE);
        more();
        stub.replace("/revision/" + SECOND + "/package-derivation-outputs", DataServiceStub.json("{\"revision\": 1"));
        stub.replace("/revision/" + SECOND + "/packages", DataServiceStub.json("{\"packages\": [{]}"));

        assertThatThrownBy(() -> channel.refresh(EventSink.NONE)).isInstanceOf(DataServiceException.Malformed.class);

        assertThat(names(channel)).contains("hello@2.12.1");
        try (var entries = Files.list(folder.resolve("channel/revisions"))) {
            assertThat(entries).hasSize(1);
        }
        stub.restore("/revision/" + SECOND + "/package-derivation-outputs");
        stub.restore("/revision/" + SECOND + "/packages");
        assertThat(channel.refresh(EventSink.NONE)).isTrue();
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void canBeInterrupted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        stub.replace("/revision/" + FIRST + "/packages", _ -> {
            asked.countDown();
            try {
                ended.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread pulling = Thread.ofVirtual().start(() -> {
            try {
                channel.refresh(EventSink.NONE);
            } catch (CairnException e) {
                failure.set(e);
            }
        });
        asked.await();
        pulling.interrupt();
        assertThat(pulling.join(Duration.ofSeconds(30))).isTrue();
        ended.countDown();
        assertThat(failure.get()).isInstanceOf(DaemonException.Cancelled.class);
        assertThat(channel.revisions()).isEmpty();
        stub.restore("/revision/" + FIRST + "/packages");
        assertThat(channel.refresh(EventSink.NONE)).isTrue();
    }

    @Test
    void fetchesAgainWhatIsDamaged() throws Exception {
        channel.refresh(EventSink.NONE);
        Files.delete(folder.resolve("channel/revisions/1/items.tsv"));
        assertThat(channel.refresh(EventSink.NONE)).isTrue();
        assertThat(names(channel)).contains("hello@2.12.1");
    }

    @Test
    void feedsTheCatalog() throws Exception {
        channel.refresh(EventSink.NONE);
        Path file = folder.resolve("catalog.sqlite");
        try (Catalog catalog = CatalogFile.open(file, List.of(channel), EventSink.NONE)) {
            assertThat(catalog.search("git", 5)).first().satisfies(hit -> assertThat(hit.key().name()).isEqualTo("git"));
        }
        more();
        channel.refresh(EventSink.NONE);
        try (Catalog catalog = CatalogFile.open(file, List.of(channel), EventSink.NONE)) {
            assertThat(catalog.resolve(Specification.parse("hello")).version()).isEqualTo("2.12.2");
            assertThat(catalog.size()).isEqualTo(3);
        }
    }
}
