// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.http.Patience;
import dev.cairn.http.Proxies;
import dev.cairn.http.ServiceClient;
import dev.cairn.testing.DataServiceStub;
import dev.cairn.testing.GuixPackages;
import dev.cairn.testing.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GuixListingTest {
    private static final String COMMIT = "3f2b1c0d9e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c";

    @TempDir
    Path folder;

    private DataServiceStub stub;

    @BeforeEach
    void open() throws Exception {
        stub = DataServiceStub.start();
    }

    @AfterEach
    void close() {
        stub.close();
    }

    private GuixListing fetch() throws Exception {
        try (ServiceClient http = new ServiceClient(Proxies.NONE, Patience.BRISK, "application/json");
                Activities.Activity activity = new Activities(EventSink.NONE).start(Event.Kind.REFRESH, "test")) {
            return (GuixListing) new ListingFetch(
                            new DataServiceClient(http, stub.address()), COMMIT, "x86_64-linux", activity)
                    .run(Optional.empty());
        }
    }

    /** Each as {@code NAME VERSION OUTPUT PATH}. */
    private static List<String> items(GuixListing listing) {
        List<String> items = new ArrayList<>();
        for (GuixListing.Row row : listing.rows()) {
            for (ListedOutput output : row.outputs()) {
                items.add(output.name() + " " + output.version() + " "
                        + output.output().orElse("?") + " " + output.path());
            }
        }
        return items;
    }

    @Test
    void makesTheIndexOfTheSamples() throws Exception {
        Path samples = SharedData.require("spec/vectors/services");
        List<String> pages = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            pages.add(Files.readString(samples.resolve("gds-packages-page" + i + ".json")));
        }
        String outputs = Files.readString(samples.resolve("gds-package-derivation-outputs-plain.json"));
        stub.replace("/revision/" + COMMIT + "/packages.json", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            int page = !query.contains("after_name") ? 0 : query.contains("after_name=guile-json") ? 1 : 2;
            DataServiceStub.json(pages.get(page)).give(exchange);
        });
        stub.replace("/revision/" + COMMIT + "/package-derivation-outputs", exchange -> {
            boolean first = !exchange.getRequestURI().getQuery().contains("after_path");
            DataServiceStub.json(first ? outputs : "{\"revision\": \"" + COMMIT + "\", \"store_paths\": []}")
                    .give(exchange);
        });

        List<String> expected = new ArrayList<>();
        JsonNode index = JsonMapper.shared().readTree(Files.readString(samples.resolve("expected-index.json")));
        for (JsonNode entry : index.path("entries")) {
            expected.add(String.join(
                    " ",
                    entry.path("name").asString(),
                    entry.path("version").asString(),
                    entry.path("output").asString(),
                    entry.path("path").asString()));
        }
        assertThat(items(fetch())).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void leavesOutOtherNamesAndCountsWhatIsNotForTheSystem() throws Exception {
        DataServiceStub.Package alias = GuixPackages.simple("old-hello", "1");
        stub.commit(COMMIT, "2025-06-13 20:16:26", List.of(
                GuixPackages.simple("hello", "2.12"),
                GuixPackages.with("mac", "1", new TreeMap<>()),
                new DataServiceStub.Package(alias.name(), "1", "", "", "", "guix/packages.scm", 1, List.of(),
                        alias.outputs(), "")));

        GuixListing listing = fetch();

        assertThat(listing.rows()).extracting(row -> row.description().name()).containsExactly("hello", "mac");
        try (RevisionWriter out = new RevisionWriter(folder.resolve("descriptions.zst"), folder.resolve("items.tsv"))) {
            listing.write(out);
            assertThat(out.packages()).isEqualTo(1);
            assertThat(out.unsupported()).isEqualTo(1);
            assertThat(out.isWhole()).isTrue();
        }
    }

    @Test
    void asksForAllAtOnceWherePagesGoInCircles() throws Exception {
        List<DataServiceStub.Package> many = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            many.add(GuixPackages.simple("p" + i, "1"));
        }
        stub.commit(COMMIT, "2025-06-13 20:16:26", many).circle();

        assertThat(fetch().rows()).hasSize(1500);
        assertThat(stub.asked()).anyMatch(asked -> asked.contains("packages.json?all_results=on"));
    }

    @Test
    void pagesThroughLongListings() throws Exception {
        List<DataServiceStub.Package> many = new ArrayList<>();
        for (int i = 0; i < 2300; i++) {
            many.add(GuixPackages.simple("p" + i % 2200, Integer.toString(i / 2200)));
        }
        stub.commit(COMMIT, "2025-06-13 20:16:26", many);

        assertThat(fetch().rows()).hasSize(2300);
        assertThat(stub.asked()).filteredOn(asked -> asked.contains("packages.json")).hasSize(4);
    }

    @Test
    void findsPackagesInTheTableOfItems() throws Exception {
        stub.commit(COMMIT, "2025-06-13 20:16:26", List.of(
                GuixPackages.simple("a", "1"),
                GuixPackages.simple("a", "2"),
                GuixPackages.simple("a-b", "1"),
                GuixPackages.with("b", "1", GuixPackages.outputs("b", "1", List.of("out", "send-email"))),
                GuixPackages.with("odd", "1", GuixPackages.outputs("other", "1", List.of("out"))),
                GuixPackages.with("mac", "1", new TreeMap<>())));
        Path file = folder.resolve("items.tsv");
        try (RevisionWriter out = new RevisionWriter(folder.resolve("descriptions.zst"), file)) {
            fetch().write(out);
        }

        ItemTable table = ItemTable.read(file);

        assertThat(table.of("a")).extracting(ItemTable.Item::version).containsExactly("1", "2");
        assertThat(table.paths()).contains(table.of("a").getFirst().path().orElseThrow());
        assertThat(table.of("a-b")).hasSize(1);
        assertThat(table.of("b")).extracting(ItemTable.Item::output).containsExactlyInAnyOrder("out", "send-email");
        assertThat(table.of("odd")).extracting(ItemTable.Item::output).containsExactly("");
        assertThat(table.of("mac")).singleElement().satisfies(item -> assertThat(item.path()).isEmpty());
        assertThat(table.of("A")).isEmpty();
        assertThat(table.of("zzz")).isEmpty();
        assertThat(table.of("aa")).isEmpty();
        assertThat(table.of("a").getFirst().location()).hasToString("Optional[gnu/packages/a.scm:12:2]");
    }
}
