// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.event.EventSink;
import dev.cairn.http.Patience;
import dev.cairn.http.Proxies;
import dev.cairn.http.ServiceClient;
import dev.cairn.testing.DataServiceStub;
import dev.cairn.testing.GuixPackages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncrementalFetchTest {
    private static final String FIRST = "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334";
    private static final String SECOND = "3f2b1c0d9e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c";

    @TempDir
    Path folder;

    private DataServiceStub stub;
    private GuixChannel channel;
    private final List<DataServiceStub.Package> packages = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        stub = DataServiceStub.start();
        for (int i = 0; i < 50; i++) {
            packages.add(GuixPackages.simple("p" + i, "1"));
            packages.add(GuixPackages.simple("p" + i, "2"));
        }
        packages.add(alias("p10-alias"));
        stub.commit(FIRST, "2025-06-12 08:00:00", packages);
        channel = channel(folder.resolve("channel"));
        channel.refresh(EventSink.NONE);
        packages.removeIf(one -> one.name().equals("p7") || one.name().equals("p8") && one.version().equals("1"));
        packages.replaceAll(one -> one.name().equals("p9") && one.version().equals("1") ? moved(one) : one);
        packages.replaceAll(one -> one.name().equals("p20") ? rebuilt(one) : one);
        packages.add(GuixPackages.simple("p11", "3"));
        packages.add(GuixPackages.simple("p10-new", "1"));
        packages.add(GuixPackages.simple("zz", "1"));
        packages.add(GuixPackages.simple("aa", "1"));
        stub.commit(SECOND, "2025-06-13 20:16:26", packages);
    }

    @AfterEach
    void close() {
        stub.close();
    }

    private GuixChannel channel(Path place) {
        GuixSource source = new GuixSource(stub.address(), "guix", "master", Optional.empty(), List.of());
        return new GuixChannel("guix", 5, place, new GuixChannel.Settings(
                source, "x86_64-linux", Proxies.NONE, PackageSources.NONE));
    }

    private static DataServiceStub.Package alias(String name) {
        DataServiceStub.Package one = GuixPackages.simple(name, "1");
        return new DataServiceStub.Package(
                name, "1", "", "", "", "guix/packages.scm", 1, List.of(), one.outputs(), one.derivation());
    }

    private static DataServiceStub.Package moved(DataServiceStub.Package one) {
        return new DataServiceStub.Package(
                one.name(), one.version(), one.synopsis(), one.description(), one.homePage(), one.file(), 99,
                one.licenses(), one.outputs(), one.derivation());
    }

    private static DataServiceStub.Package rebuilt(DataServiceStub.Package one) {
        return GuixPackages.with(
                one.name(), one.version(), GuixPackages.outputs(one.name(), one.version(), List.of("out", "again")));
    }

    /** What a channel has that fetches all at once. */
    private void assertIsComplete() throws IOException, Exception {
        GuixChannel other = channel(folder.resolve("other"));
        other.refresh(EventSink.NONE);
        assertThat(channel.read(EventSink.NONE)).isEqualTo(other.read(EventSink.NONE));
        assertThat(folder.resolve("channel/revisions/2/items.tsv"))
                .hasSameTextualContentAs(folder.resolve("other/revisions/1/items.tsv"));
    }

    private List<String> pages() {
        return stub.asked().stream()
                .filter(asked -> asked.contains(SECOND + "/packages.json?limit_results=1000"))
                .toList();
    }

    @Test
    void asksOnlyForWhatDiffers() throws Exception {
        assertThat(channel.refresh(EventSink.NONE)).isTrue();
        assertThat(pages()).isEmpty();
        assertThat(stub.asked()).filteredOn(asked -> asked.contains(SECOND + "/packages.json")).hasSize(2);
        assertIsComplete();
    }

    @Test
    void fetchesAllWhereTheServiceCannotCompare() throws Exception {
        stub.replace("/compare", DataServiceStub.text(500, "text/html", "no"));
        assertThat(channel.refresh(EventSink.NONE)).isTrue();
        assertThat(pages()).isNotEmpty();
        assertIsComplete();
    }

    @Test
    void fetchesAllWhereADifferenceIsNotThere() throws Exception {
        stub.replace("/compare", DataServiceStub.json("{\"base\": {\"commit\": \"" + FIRST
                + "\", \"packages\": []}, \"target\": {\"commit\": \"" + SECOND
                + "\", \"packages\": [{\"name\": \"p10-absent\", \"version\": \"1\"}]}}"));
        assertThat(channel.refresh(EventSink.NONE)).isTrue();
        assertThat(pages()).isNotEmpty();
        assertIsComplete();
    }

    @Test
    void fetchesAllWhereTheComparisonTakesTooLong() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        stub.replace("/compare", _ -> {
            try {
                closed.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        Patience patience = new Patience(
                Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60), 3, Duration.ofSeconds(1));
        try (ServiceClient http = new ServiceClient(Proxies.NONE, patience, "application/json")) {
            assertThat(IncrementalFetch.run(
                            new DataServiceClient(http, stub.address()),
                            FIRST, NameOrder.OCTETS, List.of("p1"), SECOND, Duration.ofMillis(50)))
                    .isEmpty();
        } finally {
            closed.countDown();
        }
    }

    /** As many as a merge of rebuilt packages changes, in all places. */
    @Test
    void asksOneQuestionMoreThanAFullPullWhereManyNamesDifferEverywhere() throws Exception {
        packages.clear();
        for (int i = 0; i < 5000; i++) {
            packages.add(GuixPackages.simple("p%04d".formatted(i), "1"));
        }
        stub.commit("c".repeat(40), "2025-06-14 08:00:00", packages);
        channel.refresh(EventSink.NONE);
        packages.replaceAll(one -> Integer.parseInt(one.name().substring(1)) % 6 == 0
                ? GuixPackages.simple(one.name(), "2")
                : one);
        stub.commit("d".repeat(40), "2025-06-15 08:00:00", packages);
        int before = stub.asked().size();
        assertThat(channel.refresh(EventSink.NONE)).isTrue();
        int asked = stub.asked().size() - before;
        before = stub.asked().size();
        GuixChannel other = channel(folder.resolve("other"));
        other.refresh(EventSink.NONE);
        assertThat(asked).isEqualTo(stub.asked().size() - before + 1);
        assertThat(channel.read(EventSink.NONE)).isEqualTo(other.read(EventSink.NONE));
    }

    @Test
    void asksForManyNamesNearEachOtherSideBySide() throws Exception {
        packages.clear();
        for (int i = 0; i < 4000; i++) {
            packages.add(GuixPackages.simple("p%04d".formatted(i), "1"));
        }
        stub.commit("c".repeat(40), "2025-06-14 08:00:00", packages);
        channel.refresh(EventSink.NONE);
        packages.replaceAll(one -> one.name().startsWith("p1") ? GuixPackages.simple(one.name(), "2") : one);
        packages.replaceAll(one -> one.name().startsWith("p20") ? GuixPackages.simple(one.name(), "2") : one);
        stub.commit("d".repeat(40), "2025-06-15 08:00:00", packages);
        int before = stub.asked().size();
        assertThat(channel.refresh(EventSink.NONE)).isTrue();
        assertThat(stub.asked().subList(before, stub.asked().size()))
                .filteredOn(asked -> asked.contains("limit_results=1") && asked.contains("/packages.json"))
                .hasSize(2);
        GuixChannel other = channel(folder.resolve("other"));
        other.refresh(EventSink.NONE);
        assertThat(channel.read(EventSink.NONE)).isEqualTo(other.read(EventSink.NONE));
    }

    @Test
    void knowsTheOrdersOfDatabases() {
        assertThat(NameOrder.of(List.of("R", "a", "a+b", "a-b", "ab"))).contains(NameOrder.OCTETS);
        assertThat(NameOrder.of(List.of("a", "a_b", "a-b", "a+b", "a1", "ab", "R", "z"))).contains(NameOrder.WORDS);
        assertThat(NameOrder.of(List.of("b", "a"))).isEmpty();
    }
}
