// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.fs.Octets;
import dev.cairn.http.FetchException.Kind;
import dev.cairn.testing.CacheServer;
import dev.cairn.testing.Sockets;
import dev.cairn.testing.debian.MiniServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetcherTest {
    private static final Patience SHORT = new Patience(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(1), 3, Duration.ofMillis(1));
    private static final byte[] CONTENTS = contents();

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Activities.Activity activity =
            new Activities(events::add).start(Event.Kind.DOWNLOAD, "a file");
    private final Fetcher fetcher = new Fetcher(Proxies.NONE, SHORT);
    private Path served;
    private Path target;
    private MiniServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        served = Files.createDirectory(folder.resolve("served"));
        Files.write(served.resolve("file"), CONTENTS);
        target = folder.resolve("target");
        server = new MiniServer(served);
    }

    @AfterEach
    void stop() {
        fetcher.close();
        server.close();
    }

    @Test
    void fetchesFilesAndTellsWhenTheyWereChanged() throws Exception {
        Instant changed = Instant.parse("2026-01-02T03:04:05Z");
        Files.setLastModifiedTime(served.resolve("file"), FileTime.from(changed));
        for (URI address : List.of(server.address().resolve("file"), served.resolve("file").toUri())) {
            FetchAnswer answer = fetcher.fetch(FetchRequest.of(address), target, activity);
            assertThat(answer).isEqualTo(new FetchAnswer.Fetched(CONTENTS.length, Optional.of(changed)));
            assertThat(target).hasBinaryContent(CONTENTS);
            Files.delete(target);
            assertThat(fetcher.fetch(FetchRequest.of(address).ifChangedSince(changed), target, activity))
                    .isEqualTo(new FetchAnswer.Unchanged());
            assertThat(target).doesNotExist();
        }
    }

    @Test
    void goesOnWhereAConnectionBroke() throws Exception {
        server.cutOnce("file", CONTENTS.length / 2);
        fetch("file");
        assertThat(target).hasBinaryContent(CONTENTS);
        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().get(1).status()).isEqualTo(206);
    }

    @Test
    void givesUpOnServersThatStandStill() {
        server.stall("file", 1000);
        assertFails("file", Kind.BROKEN, "nothing more came");
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void asksAServerThatListensAndSaysNothingOnlyTwice() throws Exception {
        Duration moment = Duration.ofMillis(300);
        Patience patience = new Patience(Duration.ofSeconds(5), moment, moment, 9, Duration.ofMillis(1));
        List<Socket> callers = new CopyOnWriteArrayList<>();
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Fetcher brief = new Fetcher(Proxies.NONE, patience)) {
            Thread.ofVirtual().start(() -> accept(mute, callers));
            URI address = URI.create("http://127.0.0.1:" + mute.getLocalPort() + "/file");
            assertThatThrownBy(() -> brief.fetch(FetchRequest.of(address), target, activity))
                    .isInstanceOf(FetchException.class)
                    .hasMessageContaining("no answer within");
            assertThat(callers).hasSize(2);
        } finally {
            for (Socket caller : callers) {
                caller.close();
            }
        }
    }

    private static void accept(ServerSocket server, List<Socket> callers) {
        try {
            while (true) {
                callers.add(server.accept());
            }
        } catch (IOException _) {
            // The test is over.
        }
    }

    @Test
    void refusesWhatIsLongerThanItMayBe() {
        FetchRequest web = FetchRequest.of(server.address().resolve("file")).atMost(CONTENTS.length - 1);
        assertThatThrownBy(() -> fetcher.fetch(web, target, activity)).hasMessageContaining("more than the");
        FetchRequest local = FetchRequest.of(served.resolve("file").toUri()).atMost(CONTENTS.length - 1);
        assertThatThrownBy(() -> fetcher.fetch(local, target, activity)).hasMessageContaining("more than the");
        assertThat(target).doesNotExist();
    }

    @Test
    void saysWhatWentWrong() throws Exception {
        assertFails("missing", Kind.NOT_FOUND, "answered 404 (there is no such file)");
        server.answer("busy", 503);
        assertFails("busy", Kind.BROKEN, "answered 503");
        server.answer("secret", 403);
        assertFails("secret", Kind.REFUSED, "answered 403");
        server.redirect("loop", "loop");
        assertFails("loop", Kind.REFUSED, "answered 302");
        server.redirect("away", served.resolve("file").toUri().toString());
        assertFails("away", Kind.REFUSED, "answered 302");
        try (Socket silent = Sockets.withoutListener()) {
            URI nowhere = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
            FetchException unreachable = catchThrowableOfType(
                    FetchException.class, () -> fetcher.fetch(FetchRequest.of(nowhere), target, activity));
            assertThat(unreachable.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(unreachable.hint()).isPresent();
        }
        assertThatThrownBy(() -> fetcher.fetch(FetchRequest.of(URI.create("ftp://host/x")), target, activity))
                .hasMessageContaining("does not start with");
    }

    @Test
    void followsRedirects() throws Exception {
        server.redirect("old", "file");
        fetch("old");
        assertThat(target).hasBinaryContent(CONTENTS);
    }

    @Test
    void takesAddressesWithLettersOfAllLanguages(@TempDir Path folder) throws Exception {
        Path file = Octets.resolve(folder, "größe");
        Files.write(file, CONTENTS);
        try (CacheServer cache = CacheServer.serving(folder)) {
            for (URI address : List.of(
                    URI.create(cache.url() + "/größe"), URI.create(cache.url() + "/gr%C3%B6%C3%9Fe"),
                    URI.create("file://" + folder + "/größe"))) {
                fetcher.fetch(FetchRequest.of(address), target, activity);
                assertThat(target).hasBinaryContent(CONTENTS);
                Files.delete(target);
            }
        }
    }

    @Test
    void endsWhenInterrupted() throws Exception {
        server.stall("file", 1000);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Fetcher patient = new Fetcher(Proxies.NONE, Patience.USUAL);
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                patient.fetch(FetchRequest.of(server.address().resolve("file")), target, activity);
            } catch (Exception e) {
                thrown.set(e);
            }
        });
        while (events.stream().noneMatch(Event.Progressed.class::isInstance)) {
            Thread.sleep(1);
        }
        thread.interrupt();
        thread.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
        patient.close();
    }

    @Test
    void asksProxiesForWholeAddresses() throws Exception {
        // To a proxy the request names the whole address, whose path is what this server looks at.
        FetchRequest request = FetchRequest.of(URI.create("http://archive.example.org/file"))
                .by(Proxies.through(server.address()));
        fetcher.fetch(request, target, activity);
        assertThat(target).hasBinaryContent(CONTENTS);
        assertThatThrownBy(() -> fetcher.fetch(
                        request.by(Proxies.through(URI.create("socks5h://127.0.0.1:9050"))), target, activity))
                .hasMessageContaining("the proxy 'socks5h://127.0.0.1'");
    }

    @Test
    void tellsAPasswordToTheProxyThatHttpsGoesThrough() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy("user:p@ss")) {
            FetchRequest request = FetchRequest.of(URI.create("https://archive.example.org/file"))
                    .by(Proxies.through(URI.create("http://user:p%40ss@127.0.0.1:" + proxy.port())));
            // It lets the connection through and then hangs up: only who it is told matters here.
            assertThatThrownBy(() -> fetcher.fetch(request, target, activity)).isInstanceOf(FetchException.class);
            assertThat(proxy.tunnels()).isNotEmpty().allMatch("archive.example.org:443"::equals);
            FetchRequest wrong = FetchRequest.of(URI.create("https://archive.example.org/file"))
                    .by(Proxies.through(URI.create("http://user:other@127.0.0.1:" + proxy.port())));
            assertThatThrownBy(() -> fetcher.fetch(wrong, target, activity))
                    .hasMessageContaining("wants another name and password")
                    .hasMessageNotContaining("other@");
        }
    }

    @Test
    void tellsALoginToItsServerAlone() throws Exception {
        server.demand("file", "reader", "secret");
        assertFails("file", Kind.REFUSED, "answered 401");
        fetcher.fetch(FetchRequest.of(server.address().resolve("file")).by(login("secret")), target, activity);
        assertThat(target).hasBinaryContent(CONTENTS);
        assertThatThrownBy(() -> fetcher.fetch(
                        FetchRequest.of(server.address().resolve("file")).by(login("wrong")), target, activity))
                .hasMessageContaining("wants another name and password")
                .hasMessageNotContaining("wrong");
        try (MiniServer elsewhere = new MiniServer(served)) {
            server.redirect("moved", elsewhere.address().resolve("file").toString());
            elsewhere.demand("file", "reader", "secret");
            assertThatThrownBy(() -> fetcher.fetch(
                            FetchRequest.of(server.address().resolve("moved")).by(login("secret")), target, activity))
                    .hasMessageContaining("wants another name and password");
            assertThat(elsewhere.requests()).allMatch(request -> request.status() == 401);
        }
    }

    private static Proxies login(String password) {
        return new Proxies() {
            @Override
            public Optional<URI> proxyFor(URI address) {
                return Optional.empty();
            }

            @Override
            public Optional<Login> loginFor(URI address) {
                return Optional.of(new Login("reader", password));
            }
        };
    }

    @Test
    void readsProxiesFromTheEnvironment() {
        Proxies proxies = EnvironmentProxies.of(Map.of(
                "http_proxy", "proxy.example.org:3128",
                "HTTPS_PROXY", "http://secure.example.org:8080/",
                "no_proxy", "localhost, .internal.example.org,10.0.0.1"));
        assertThat(proxies.proxyFor(URI.create("http://a.example.org/x")))
                .contains(URI.create("http://proxy.example.org:3128"));
        assertThat(proxies.proxyFor(URI.create("https://a.example.org/x")))
                .contains(URI.create("http://secure.example.org:8080/"));
        for (String direct : List.of("http://localhost:80/", "http://b.internal.example.org/", "http://10.0.0.1/")) {
            assertThat(proxies.proxyFor(URI.create(direct))).isEmpty();
        }
        assertThat(EnvironmentProxies.of(Map.of("HTTP_PROXY", "http://evil.example.org/"))
                        .proxyFor(URI.create("http://a.example.org/")))
                .isEmpty();
    }

    private void fetch(String name) throws Exception {
        fetcher.fetch(FetchRequest.of(server.address().resolve(name)), target, activity);
    }

    private void assertFails(String name, Kind kind, String message) {
        FetchException failure = catchThrowableOfType(FetchException.class, () -> fetch(name));
        assertThat(failure).hasMessageContaining(message).hasMessageContaining(name);
        assertThat(failure.kind()).isEqualTo(kind);
    }

    private static byte[] contents() {
        byte[] contents = new byte[300_000];
        new Random(1).nextBytes(contents);
        return contents;
    }
}
