// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.http.FetchException;
import dev.cairn.http.Patience;
import dev.cairn.http.Proxies;
import dev.cairn.http.ServiceClient;
import dev.cairn.path.StoreDirectory;
import dev.cairn.testing.DataServiceStub;
import dev.cairn.testing.GuixPackages;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataServiceClientTest {
    private static final String COMMIT = "3f2b1c0d9e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c";
    private static final Patience PATIENCE = new Patience(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), 3, Duration.ofMillis(5));
    private static final ServiceRepository GUIX = new ServiceRepository("7", "guix", "http://git.example.org/guix.git");

    private final ServiceClient http = new ServiceClient(Proxies.NONE, PATIENCE, "application/json");
    private DataServiceStub stub;
    private DataServiceClient client;

    @BeforeEach
    void open() throws IOException {
        stub = DataServiceStub.start();
        stub.commit(COMMIT, "2025-06-13 20:16:26", List.of(
                GuixPackages.simple("hello", "2.12.2"), GuixPackages.simple("zlib", "1.3.1")));
        client = new DataServiceClient(http, stub.address());
    }

    @AfterEach
    void close() {
        stub.close();
        http.close();
    }

    @Test
    void readsRepositoriesBranchesAndRevisions() throws Exception {
        stub.unprocessed("7".repeat(40), "2025-06-14 09:10:11");

        assertThat(ServiceRepository.choose(client.repositories(), "guix")).contains(GUIX);
        assertThat(client.branches(GUIX)).containsExactly("master");
        assertThat(client.latest(GUIX, "master")).isEqualTo(COMMIT);
        assertThat(client.revisions(GUIX, "master", 100, Optional.empty()))
                .containsExactly(
                        new ServiceRevision("7".repeat(40), Optional.of(Instant.parse("2025-06-14T09:10:11Z")), false),
                        new ServiceRevision(COMMIT, Optional.of(Instant.parse("2025-06-13T20:16:26Z")), true));
    }

    @Test
    void findsARepositoryByItsAddressWhereItsLabelIsAnother() {
        List<ServiceRepository> repositories = List.of(
                new ServiceRepository("1", "a", "http://x/other.git"),
                new ServiceRepository("2", "b", "http://x/guix.git"));
        assertThat(ServiceRepository.choose(repositories, "guix")).map(ServiceRepository::id).contains("2");
        assertThat(ServiceRepository.choose(repositories, "mine")).isEmpty();
        assertThat(ServiceRepository.choose(List.of(), "guix")).isEmpty();
    }

    @Test
    void takesMembersWithHyphensOrUnderscoresNumbersOrTexts() throws Exception {
        stub.replace("/revision/", DataServiceStub.json("""
                {"revision": "%s", "new-member": [1, {"x": []}], "packages": [
                  {"name": "a", "version": 1.5, "home_page": "https://example.org/", "synopsis": {"source": "@code{A}"},
                   "location": {"file": "gnu/a.scm", "line": 7, "column": 0}, "licenses": null, "extra": {"y": 1}},
                  {"name": "b", "version": "2", "home-page": false, "synopsis": "B  b", "location": {"file": false},
                   "licenses": [{"name": "GPL 3+", "uri": null}, {"name": ""}]}]}""".formatted(COMMIT)));

        List<ListedPackage> packages = client.packages(COMMIT, "limit_results=2");

        assertThat(packages).extracting(ListedPackage::version).containsExactly("1.5", "2");
        assertThat(packages).extracting(ListedPackage::homePage).containsExactly("https://example.org/", "");
        assertThat(packages).extracting(ListedPackage::synopsis).containsExactly("@code{A}", "B b");
        assertThat(packages.getFirst().location()).isEqualTo("gnu/a.scm:7:0");
        assertThat(packages.getLast().location()).isEmpty();
        assertThat(packages.getLast().licenses()).containsExactly("GPL 3+");
    }

    @Test
    void leavesOutPathsThatAreNone() throws Exception {
        stub.replace("/revision/", DataServiceStub.json("""
                {"revision": "%s", "store_paths": [
                  {"package": {"name": "a", "version": "1"}, "path": "/gnu/store/../etc/passwd"},
                  {"package": {"name": "a\\nb", "version": "1"}, "path": "/gnu/store/%s-a-1"},
                  {"package": {"name": "a", "version": "1"}, "path": "/gnu/store/%s-a-1"}]}"""
                .formatted(COMMIT, "0".repeat(32), "1".repeat(32))));
        assertThat(client.outputs(COMMIT, "x86_64-linux", "all_results=on"))
                .extracting(output -> output.path().hashPart())
                .containsExactly("1".repeat(32));
    }

    @Test
    void readsDerivations() throws Exception {
        var derivation = StoreDirectory.GNU.parse(GuixPackages.path("hello-2.12.2.drv"));
        assertThat(client.derivation(COMMIT, "hello", "2.12.2", "x86_64-linux")).contains(derivation);
        assertThat(client.derivation(COMMIT, "hello", "2.12.2", "riscv64-linux")).isEmpty();
        assertThat(client.derivationOutputs(derivation)).containsOnlyKeys("out");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<html><body>Welcome</body></html>", "[]", "{\"other\": 1}", "\"text\"", "{\"repositories\": {}} trailing",
        "{\"repositories\": [}"
    })
    void saysThatItIsNoDataService(String answer) {
        stub.replace("/repositories", DataServiceStub.text(200, "text/html", answer));
        assertThatThrownBy(client::repositories)
                .isInstanceOf(DataServiceException.Other.class)
                .hasMessageContaining(stub.address().toString())
                .hasMessageContaining("not a Guix Data Service");
    }

    @Test
    void saysThatThereIsNothing() {
        stub.replace("/repositories", DataServiceStub.text(404, "text/html", "gone"));
        assertThatThrownBy(client::repositories).isInstanceOf(DataServiceException.Other.class);
        assertThatThrownBy(() -> client.packages("1".repeat(40), "limit_results=1"))
                .isInstanceOf(DataServiceException.NotFound.class);
        assertThatThrownBy(() -> client.latest(GUIX, "other")).isInstanceOf(DataServiceException.NotFound.class);
    }

    @Test
    void takesAnErrorForAFailureWhateverTheStatus() {
        stub.replace("/revision", DataServiceStub.json("{\"error\": \"invalid query\"}"));
        assertThatThrownBy(() -> client.packages(COMMIT, "limit_results=1"))
                .isInstanceOf(DataServiceException.Refused.class)
                .hasMessageContaining("invalid query");
        stub.replace("/revision", DataServiceStub.text(500, "text/html", "<html>"));
        assertThatThrownBy(() -> client.packages(COMMIT, "limit_results=1"))
                .isInstanceOf(DataServiceException.Refused.class)
                .hasMessageContaining("500");
        // The body of this one may be anything.
        stub.replace("/revision", DataServiceStub.text(404, "application/json", "{\"unknown_commit\": "));
        assertThatThrownBy(() -> client.packages(COMMIT, "limit_results=1"))
                .isInstanceOf(DataServiceException.NotFound.class);
    }

    @Test
    void doesNotTakeAnAnswerAboutAnotherCommit() {
        stub.replace("/revision", DataServiceStub.json("{\"revision\": {\"commit\": \"" + "1".repeat(40)
                + "\"}, \"packages\": []}"));
        assertThatThrownBy(() -> client.packages(COMMIT, "limit_results=1"))
                .isInstanceOf(DataServiceException.Malformed.class);
    }

    @Test
    void asksAgainWhereAnAnswerBreaksOffOrTheServerIsBusy() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        stub.replace("/repositories", exchange -> {
            switch (attempts.incrementAndGet()) {
                case 1 ->
                    DataServiceStub.half("{\"repositories\": [{\"id\": 1,").give(exchange);
                case 2 -> DataServiceStub.text(503, "text/html", "busy").give(exchange);
                default ->
                    DataServiceStub.json("{\"repositories\": [{\"id\": 1, \"label\": \"guix\"}]}")
                            .give(exchange);
            }
        });
        assertThat(client.repositories()).hasSize(1);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void givesUpOnAServerThatAlwaysBreaksOff() {
        stub.replace("/repositories", DataServiceStub.half("{\"repositories\": ["));
        assertThatThrownBy(client::repositories)
                .isInstanceOfSatisfying(
                        FetchException.class, e -> assertThat(e.kind()).isEqualTo(FetchException.Kind.BROKEN));
    }

    @Test
    void refusesTextsAndNestingWithoutEnd() {
        stub.replace(
                "/revision", DataServiceStub.json("{\"packages\": [{\"name\": \"" + "x".repeat(2 << 20) + "\"}]}"));
        assertThatThrownBy(() -> client.packages(COMMIT, "limit_results=1"))
                .isInstanceOf(DataServiceException.Malformed.class);
        stub.replace("/revision", DataServiceStub.json("{\"packages\": " + "[".repeat(5000)));
        assertThatThrownBy(() -> client.packages(COMMIT, "limit_results=1"))
                .isInstanceOf(DataServiceException.Malformed.class);
    }

    @Test
    void refusesAnswersThatAreTooLong() {
        stub.replace("/repositories", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] blanks = new byte[1 << 20];
            Arrays.fill(blanks, (byte) ' ');
            for (int i = 0; i < 20; i++) {
                exchange.getResponseBody().write(blanks);
            }
        });
        assertThatThrownBy(client::repositories)
                .isInstanceOfSatisfying(
                        FetchException.class, e -> assertThat(e.kind()).isEqualTo(FetchException.Kind.TOO_LARGE));
    }

    @Test
    void followsRedirectsWithinTheHostOnly() throws Exception {
        stub.replace("/repositories", exchange -> {
            exchange.getResponseHeaders().set("Location", "/moved.json");
            exchange.sendResponseHeaders(302, -1);
        });
        stub.replace("/moved", DataServiceStub.json("{\"repositories\": []}"));
        assertThat(client.repositories()).isEmpty();
        stub.replace("/repositories", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://localhost:1/");
            exchange.sendResponseHeaders(302, -1);
        });
        assertThatThrownBy(client::repositories).isInstanceOf(FetchException.class).hasMessageContaining("localhost:1");
    }

    @Test
    void saysThatNobodyIsThere() {
        URI nowhere = stub.address();
        stub.close();
        assertThatThrownBy(() -> new DataServiceClient(http, nowhere).repositories())
                .isInstanceOfSatisfying(
                        FetchException.class, e -> assertThat(e.kind()).isEqualTo(FetchException.Kind.UNREACHABLE));
    }
}
