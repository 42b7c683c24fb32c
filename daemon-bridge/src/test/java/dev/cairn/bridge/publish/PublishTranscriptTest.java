// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bridge.web.WebClient;
import dev.cairn.fs.NarFiles;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.path.StorePath;
import dev.cairn.signature.SecretKey;
import dev.cairn.testing.SharedData;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds what {@code guix publish} was heard to answer against what is answered here. */
class PublishTranscriptTest {
    private static final String SELF = "hcqns3pvs5f3hn3cdd66ly9h2yid4psr-selfref";
    private static final String DEP = "rhvgnwdhfpdb481y8lis23g1yv7y1y3h-dep";
    private static final String DERIVER = "7zklvi3sgzx5afzn2nxnvsmixwl2d7z3-selfref.drv";
    private static final String STRANGE = "lb23dqh8fxdr7gdagg9a8cfi6i904nvf-a+b-c.d_e?f=g";

    @TempDir
    private Path folder = Path.of("/");

    private JsonNode exchanges = JsonMapper.shared().createArrayNode();
    private StorePath unwanted;
    private PublishedStore store;
    private final Map<String, PublishedStore.Server> servers = new HashMap<>();

    @BeforeEach
    void start() throws Exception {
        exchanges = JsonMapper.shared()
                .readTree(SharedData.require("spec/vectors/publish.json").toFile())
                .get("exchanges");
        SecretKey key = SecretKey.read(
                Files.readAllBytes(SharedData.require("spec/vectors/signatures/test-only-signing-key.sec")));
        store = PublishedStore.ofGuix(Files.createDirectory(folder.resolve("root")), key);
        store.item(DEP, new byte[] {1}, Optional.empty(), Optional.empty());
        // As large as the one that was published there, which is not known any more.
        Optional<NarFiles.Summary> stated = Optional.of(new NarFiles.Summary(
                Hash.parse("sha256:0fz5abz0d1rp50jbxc7y0f2kvvz6f3w15rnl5cw2wm65r5nbj67p"), 384));
        store.item(SELF, new byte[272], stated, Optional.of(DERIVER), DEP, SELF);
        store.item(STRANGE, new byte[] {2}, Optional.empty(), Optional.empty());
        Path hello = Files.writeString(folder.resolve("hello"), "hello");
        store.daemon.addTree("hello", hello, false, HashAlgorithm.SHA256);
        store.item("lnqjid21cvqw4c4kh7xnj2ikp2d0qfnb-hello.txt", new byte[] {3}, Optional.empty(), Optional.empty());
        unwanted = store.built("unwanted", Map.of("allowSubstitutes", "0"));
        writeLog();

        servers.put("A", store.publish(new PublishedStore.Options()
                .pack("gzip:3", "lzip:6", "zstd:3", "none:0")
                .ttl(Duration.ofHours(1))
                .negativeTtl(Duration.ofMinutes(1))));
        servers.put("B", store.publish(new PublishedStore.Options()
                .pack("lzip:6", "zstd:3")
                .cache(folder.resolve("b"), 0, 1)
                .ttl(Duration.ofDays(10))
                .negativeTtl(Duration.ofMinutes(5))));
        servers.put("C", store.publish(new PublishedStore.Options()
                .narPath("a/b")
                .cache(folder.resolve("c"), 10 << 20, 2)
                .ttl(Duration.ofHours(1))));
        servers.put("D", store.publish(new PublishedStore.Options()));
    }

    private void writeLog() throws Exception {
        ByteArrayOutputStream empty = new ByteArrayOutputStream();
        new GZIPOutputStream(empty).close();
        Path log = store.layout.logs().resolve("drvs/7z/" + DERIVER.substring(2) + ".gz");
        Files.createDirectories(log.getParent());
        Files.write(log, empty.toByteArray());
    }

    @AfterEach
    void stop() throws Exception {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void answersAsGuixPublishDoes() throws Exception {
        assertThat(exchanges).hasSizeGreaterThan(30);
        for (JsonNode exchange : exchanges) {
            String server = exchange.get("server").asString();
            if (server.equals("B") || server.equals("C")) {
                // These put things into their caches, for which the item has to be what it is said to be.
                store.item(SELF, new byte[272], Optional.empty(), Optional.of(DERIVER), DEP, SELF);
                servers.get(server).settle();
            }
            replay(server, exchange);
        }
        assertThat(store.journal).isEmpty();
    }

    private void replay(String server, JsonNode exchange) throws Exception {
        String request = exchange.get("request").asString();
        String[] words = request.split(" ");
        String path = words[1].contains("<") ? "/nar/gzip/" + unwanted.baseName() : words[1];
        String[] fields =
                request.contains(" with Connection") ? new String[] {request.split(" with ")[1]} : new String[0];
        WebClient.Answer answer = WebClient.ask(servers.get(server).port(), words[0], path, fields);
        int status = exchange.get("status").asInt();
        // Where it fails with 500 nothing is to be found.
        assertThat(answer.status()).as(server + " " + request).isEqualTo(status == 500 ? 404 : status);
        compareFields(server + " " + request, exchange, answer);
        JsonNode body = exchange.get("body");
        if (body != null) {
            assertThat(masked(answer.text())).as(server + " " + request).isEqualTo(body.asString());
        }
    }

    private static void compareFields(String request, JsonNode exchange, WebClient.Answer answer) {
        JsonNode fields = exchange.get("headers");
        if (fields.isEmpty()) {
            return;
        }
        for (String name : fields.propertyNames()) {
            boolean own = name.equals("Content-Length") && (request.endsWith(" /") || isCompressed(request));
            if (!own) {
                assertThat(answer.field(name)).as(request + ": " + name).contains(fields.get(name).asString());
            }
        }
        for (String name : List.of("Cache-Control", "X-Baking", "Content-Encoding")) {
            assertThat(answer.field(name).isPresent()).as(request + ": " + name).isEqualTo(fields.has(name));
        }
        boolean length = fields.has("Content-Length") || answer.status() == 404
                || !request.contains("/nar/gzip") && !request.contains("/nar/lzip") && !request.contains("/nar/zstd");
        assertThat(answer.field("Content-Length").isPresent()).as(request).isEqualTo(length);
    }

    /** How far something can be compressed depends on the library. */
    private static boolean isCompressed(String request) {
        return request.contains("/gzip/") || request.contains("/lzip/") || request.contains("/zstd/");
    }

    private static String masked(String narinfo) {
        return narinfo.replaceFirst("Signature: 1;[^;\n]+;[A-Za-z0-9+/=]+\n", "Signature: 1;<host>;<base64>\n");
    }
}
