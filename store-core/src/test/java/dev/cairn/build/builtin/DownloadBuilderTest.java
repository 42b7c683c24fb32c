// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildMode;
import dev.cairn.build.TestStore;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.event.Event;
import dev.cairn.fs.NarFiles;
import dev.cairn.hash.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadBuilderTest {
    private static final byte[] CONTENTS = contents();

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private TestStore store;
    private HttpServer server;

    @BeforeEach
    void start(@TempDir Path root) throws IOException {
        store = new TestStore(root.resolve("root"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        executor.shutdownNow();
    }

    @Test
    void fetchesAFileAndReportsProgress() throws Exception {
        serve("/file", exchange -> answer(exchange, 200, CONTENTS));
        NamedDerivation made = download(hash(CONTENTS), false, "\"" + url("/file") + "\"");
        store.build(made);
        assertThat(store.output(made)).hasBinaryContent(CONTENTS);
        assertThat(store.events())
                .anyMatch(event -> event instanceof Event.Progressed(long _, long done, OptionalLong total)
                        && done == CONTENTS.length
                        && total.orElse(0) == CONTENTS.length)
                .anyMatch(event -> event instanceof Event.Started started
                        && started.kind() == Event.Kind.DOWNLOAD
                        && started.parent().isPresent());
    }

    @Test
    void tellsProgramsWhatGuixsOwnBuilderTells() throws Exception {
        serve("/file", exchange -> answer(exchange, 200, CONTENTS));
        NamedDerivation made = download(hash(CONTENTS), false, "\"" + url("/file") + "\"");
        store.build(made);
        String out = made.output("out").toString();
        // How much is said on the way depends on how the file comes.
        String progress = "@ download-progress " + out + " " + url("/file") + " " + CONTENTS.length + " [0-9]+\n";
        assertThat(told().replaceAll("(" + progress + ")+(?=" + progress + ")", "")).isEqualTo(conversation(out));
        store.events().clear();
        store.build(BuildOptions.DEFAULT.change().mode(BuildMode.CHECK).build(), made);
        String redirected = store.events().stream()
                .filter(Event.Message.class::isInstance)
                .map(event -> ((Event.Message) event).text())
                .toList()
                .toString();
        assertThat(redirected).contains("warning: rewriting hashes in `" + out + "'; cross fingers");
        assertThat(told()).contains("Starting download of /gnu/store/").doesNotContain(out);
    }

    private String conversation(String out) throws Exception {
        String event = out + " " + url("/file") + " " + CONTENTS.length;
        return "\nStarting download of " + out + "\nFrom " + url("/file") + "...\n@ download-started " + event
                + "\n@ download-progress " + event + " " + CONTENTS.length
                + "\n@ download-succeeded " + event + "\n\n";
    }

    private String told() {
        StringBuilder told = new StringBuilder();
        for (Event event : store.events()) {
            if (event instanceof Event.Output(_, byte[] octets)) {
                told.append(new String(octets, StandardCharsets.UTF_8));
            }
        }
        return told.toString();
    }

    @Test
    void followsRedirects() throws Exception {
        serve("/old", exchange -> {
            exchange.getResponseHeaders().set("Location", "/new");
            answer(exchange, 302, new byte[0]);
        });
        serve("/new", exchange -> answer(exchange, 200, CONTENTS));
        NamedDerivation made = download(hash(CONTENTS), false, "\"" + url("/old") + "\"");
        store.build(made);
        assertThat(store.output(made)).hasBinaryContent(CONTENTS);
    }

    @Test
    void triesTheAddressesInOrderAndDistrustsWrongContents() throws Exception {
        serve("/gone", exchange -> answer(exchange, 404, new byte[0]));
        serve("/wrong", exchange -> answer(exchange, 200, new byte[] {1}));
        serve("/right", exchange -> answer(exchange, 200, CONTENTS));
        NamedDerivation made = download(
                hash(CONTENTS), false,
                "(\"file:///nowhere/x\" \"" + url("/gone") + "\" \"" + url("/wrong") + "\" \"" + url("/right") + "\")");
        store.build(made);
        assertThat(store.output(made)).hasBinaryContent(CONTENTS);
        assertThat(requests).containsExactly("/gone -", "/wrong -", "/right -");
    }

    @Test
    void goesOnWhereAConnectionBroke() throws Exception {
        serve("/cut", exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"v1\"");
            String range = exchange.getRequestHeaders().getFirst("Range");
            if (range == null) {
                exchange.sendResponseHeaders(200, CONTENTS.length);
                exchange.getResponseBody().write(CONTENTS, 0, CONTENTS.length / 2);
                exchange.getResponseBody().flush();
                // Ends the connection although more was announced.
                throw new IOException("cut");
            }
            int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
            exchange.getResponseHeaders().set(
                    "Content-Range", "bytes " + from + "-" + (CONTENTS.length - 1) + "/" + CONTENTS.length);
            answer(exchange, 206, Arrays.copyOfRange(CONTENTS, from, CONTENTS.length));
        });
        NamedDerivation made = download(hash(CONTENTS), false, "\"" + url("/cut") + "\"");
        store.build(made);
        assertThat(store.output(made)).hasBinaryContent(CONTENTS);
        assertThat(requests).hasSize(2);
        assertThat(requests.get(1)).startsWith("/cut bytes=");
    }

    @Test
    void startsAnewWhereTheServerCannotGoOn() throws Exception {
        serve("/cut", exchange -> {
            if (requests.size() == 1) {
                exchange.sendResponseHeaders(200, CONTENTS.length);
                exchange.getResponseBody().write(CONTENTS, 0, 1000);
                exchange.getResponseBody().flush();
                throw new IOException("cut");
            }
            answer(exchange, 200, CONTENTS);
        });
        NamedDerivation made = download(hash(CONTENTS), false, "\"" + url("/cut") + "\"");
        store.build(made);
        assertThat(store.output(made)).hasBinaryContent(CONTENTS);
        assertThat(requests).containsExactly("/cut -", "/cut -");
    }

    @Test
    void showsBothHashesWhenTheContentsAreOthers() throws Exception {
        serve("/file", exchange -> answer(exchange, 200, new byte[] {1, 2}));
        NamedDerivation made = download(hash(CONTENTS), false, "\"" + url("/file") + "\"");
        DaemonException.HashMismatch mismatch =
                catchThrowableOfType(DaemonException.HashMismatch.class, () -> store.build(made));
        assertThat(mismatch.expected()).isEqualTo(hash(CONTENTS));
        assertThat(mismatch.actual()).isEqualTo(hash(new byte[] {1, 2}));
        assertThat(store.leftovers()).isEmpty();
    }

    @Test
    void copiesFilesAndMakesThemExecutable() throws Exception {
        Path file = Files.write(store.layout().root().resolve("local file"), CONTENTS);
        NamedDerivation plain = download(hash(CONTENTS), false, "\"" + file.toUri() + "\"");
        store.build(plain);
        assertThat(store.output(plain)).hasBinaryContent(CONTENTS);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        NamedDerivation executable = store.add(new DerivationBuilder("tool", "builtin", "builtin:download")
                .fixedOutput(NarFiles.summarise(file).hash(), true)
                .variable("url", "\"" + file.toUri() + "\"")
                .variable("executable", "1"));
        store.build(executable);
        assertThat(store.output(executable)).isExecutable().hasBinaryContent(CONTENTS);
    }

    @Test
    void saysWhyNothingCameOfIt() throws Exception {
        serve("/gone", exchange -> answer(exchange, 404, new byte[0]));
        assertFails("\"" + url("/gone") + "\"", "answered 404");
        assertFails("\"file:///nowhere/at/all\"", "there is no such file");
        assertFails("\"ftp://host/x\"", "does not start with");
        assertFails("\"no address\"", "no address");
        assertFails("\"http:/file\"", "names no host");
        assertFails("(1 2)", "something else than texts");
        assertFails("(", "'url'");
        NamedDerivation ordinary = store.add(
                new DerivationBuilder("x", "builtin", "builtin:download").variable("url", "\"file:///x\""));
        assertThatThrownBy(() -> store.build(ordinary)).hasMessageContaining("not a fixed-output derivation");
        NamedDerivation unknown = store.add(new DerivationBuilder("x", "builtin", "builtin:frobnicate"));
        assertThatThrownBy(() -> store.build(unknown)).hasMessageContaining("'frobnicate'");
    }

    @Test
    void stopsWhenCancelled() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        serve("/slow", exchange -> {
            exchange.sendResponseHeaders(200, CONTENTS.length);
            exchange.getResponseBody().write(CONTENTS, 0, 1000);
            exchange.getResponseBody().flush();
            started.countDown();
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        NamedDerivation made = download(hash(CONTENTS), false, "\"" + url("/slow") + "\"");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                store.build(made);
            } catch (DaemonException e) {
                thrown.set(e);
            }
        });
        started.await();
        thread.interrupt();
        thread.join();
        assertThat(thrown.get()).isInstanceOf(DaemonException.Cancelled.class);
        assertThat(store.leftovers()).isEmpty();
    }

    private void assertFails(String addresses, String message) throws Exception {
        NamedDerivation made = download(hash(CONTENTS), false, addresses);
        assertThatThrownBy(() -> store.build(made))
                .isInstanceOf(DaemonException.BuildFailed.class)
                .hasMessageContaining(message);
    }

    private NamedDerivation download(Hash hash, boolean recursive, String url) throws Exception {
        return store.add(new DerivationBuilder("file.bin", "builtin", "builtin:download")
                .fixedOutput(hash, recursive)
                .variable("url", url));
    }

    private void serve(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            requests.add(path + " " + (range == null ? "-" : range));
            handler.handle(exchange);
        });
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private String url(String path) {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + path;
    }

    private static Hash hash(byte[] contents) {
        return Hash.sha256(contents);
    }

    private static byte[] contents() {
        byte[] contents = new byte[300_000];
        new Random(1).nextBytes(contents);
        return contents;
    }
}
