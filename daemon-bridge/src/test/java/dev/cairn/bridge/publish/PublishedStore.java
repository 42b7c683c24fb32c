// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import dev.cairn.bridge.web.WebClient;
import dev.cairn.bridge.web.WebLimits;
import dev.cairn.bridge.web.WebServer;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.BuildLogs;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.database.StoreDatabase;
import dev.cairn.fs.CanonicalMetadata;
import dev.cairn.fs.NarFiles;
import dev.cairn.layout.Places;
import dev.cairn.layout.StoreLayout;
import dev.cairn.narinfo.Claim;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.signature.NixSecretKey;
import dev.cairn.signature.SecretKey;
import dev.cairn.signature.SexpReader;
import dev.cairn.store.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store of a test's own, and servers that publish it. */
final class PublishedStore implements AutoCloseable {
    final StoreLayout layout;
    final Daemon daemon;
    final SecretKey key;
    final List<String> journal = new CopyOnWriteArrayList<>();
    private final Dialect dialect;
    private final List<Server> open = new ArrayList<>();

    private PublishedStore(StoreLayout layout, Dialect dialect, SecretKey key) throws Exception {
        this.layout = layout;
        this.dialect = dialect;
        this.key = key;
        this.daemon = LocalStore.open(layout);
    }

    static PublishedStore ofGuix(Path root) throws Exception {
        SecretKey key = SecretKey.generate(SexpReader.read(SecretKey.DEFAULT_PARAMETERS));
        return new PublishedStore(new StoreLayout(StoreDirectory.GNU, root), Dialect.GUIX, key);
    }

    static PublishedStore ofGuix(Path root, SecretKey key) throws Exception {
        return new PublishedStore(new StoreLayout(StoreDirectory.GNU, root), Dialect.GUIX, key);
    }

    static PublishedStore ofNix(Path root) throws Exception {
        SecretKey key = SecretKey.generate(SexpReader.read(SecretKey.DEFAULT_PARAMETERS));
        return new PublishedStore(new StoreLayout(StoreDirectory.NIX, root, Places.NIX), Dialect.NIX, key);
    }

    /** A server over the store. */
    record Server(Publisher publisher, WebServer web) implements AutoCloseable {
        int port() throws IOException {
            return web.port();
        }

        WebClient.Answer get(String path, String... fields) throws IOException {
            return WebClient.get(port(), path, fields);
        }

        /** Waits until the cache has what was asked for. */
        void settle() throws InterruptedException {
            while (!publisher.isIdle()) {
                Thread.sleep(5);
            }
        }

        @Override
        public void close() {
            web.close();
            publisher.close();
        }
    }

    /** How a server is told to publish. */
    static final class Options {
        private final List<Packing> packings = new ArrayList<>();
        private Optional<Duration> ttl = Optional.empty();
        private Optional<Duration> negativeTtl = Optional.empty();
        private String narPath = "nar";
        private Optional<Publisher.Cache> cache = Optional.empty();
        private List<NixSecretKey> nixKeys = List.of();
        private boolean guixKey = true;

        Options pack(String... texts) throws Exception {
            for (String text : texts) {
                packings.add(Packing.parse(text));
            }
            return this;
        }

        Options ttl(Duration time) {
            ttl = Optional.of(time);
            return this;
        }

        Options negativeTtl(Duration time) {
            negativeTtl = Optional.of(time);
            return this;
        }

        Options narPath(String path) {
            narPath = path;
            return this;
        }

        Options cache(Path folder, long threshold, int workers) {
            cache = Optional.of(new Publisher.Cache(folder, threshold, workers));
            return this;
        }

        Options nixKeys(NixSecretKey... keys) {
            nixKeys = List.of(keys);
            return this;
        }

        Options withoutGuixKey() {
            guixKey = false;
            return this;
        }
    }

    Server publish(Options options) throws Exception {
        return publish(daemon, options);
    }

    /** Publishes what a session of another kind tells of the store. */
    Server publish(Daemon session, Options options) throws Exception {
        PublishSettings settings = new PublishSettings(
                dialect,
                options.packings.isEmpty() ? List.of(Packing.DEFAULT) : options.packings,
                options.ttl,
                options.negativeTtl,
                options.narPath,
                "vm");
        Signer signer = new Signer(options.guixKey ? Optional.of(key) : Optional.empty(), options.nixKeys);
        Publisher publisher = new Publisher(
                session, settings, signer, Optional.of(new BuildLogs(layout)), options.cache, journal::add);
        Server server =
                new Server(publisher, WebServer.listen("127.0.0.1", 0, publisher.handler(), WebLimits.DEFAULT));
        open.add(server);
        return server;
    }

    StorePath text(String name, String contents, StorePath... references) throws Exception {
        return daemon.addText(name, contents.getBytes(StandardCharsets.UTF_8), List.of(references));
    }

    /**
     * A valid item with a name and a hash that others gave it.
     *
     * @param stated what the database says, if not the truth
     */
    StorePath item(
            String baseName, byte[] contents, Optional<NarFiles.Summary> stated, Optional<String> deriver,
            String... references)
            throws Exception {
        StorePath path = layout.storeDirectory().item(baseName);
        Path file = layout.physical(path);
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        Files.write(file, contents);
        CanonicalMetadata.apply(file);
        NarFiles.Summary summary = stated.isPresent() ? stated.get() : NarFiles.summarise(file);
        TreeSet<StorePath> all = new TreeSet<>();
        for (String reference : references) {
            all.add(layout.storeDirectory().item(reference));
        }
        Optional<StorePath> from = Optional.empty();
        if (deriver.isPresent()) {
            from = Optional.of(layout.storeDirectory().item(deriver.get()));
        }
        register(new PathInfo(path, summary.hash(), summary.size(), all, from, Instant.ofEpochSecond(1_700_000_000)));
        return path;
    }

    /** A valid derivation and its valid output. @return the output */
    StorePath built(String name, Map<String, String> environment) throws Exception {
        StorePath output = layout.storeDirectory().item("1".repeat(32) + "-" + name);
        StorePath derivation = layout.storeDirectory().item("2".repeat(32) + "-" + name + ".drv");
        StringBuilder text = new StringBuilder("Derive([(\"out\",\"" + output + "\",\"\",\"\")],[],[],");
        text.append("\"x86_64-linux\",\"/bin/sh\",[],[");
        String separator = "";
        TreeMap<String, String> all = new TreeMap<>(environment);
        all.put("out", output.toString());
        for (Map.Entry<String, String> entry : all.entrySet()) {
            text.append(separator).append("(\"").append(entry.getKey()).append("\",\"").append(entry.getValue())
                    .append("\")");
            separator = ",";
        }
        item(derivation.baseName(), text.append("])").toString().getBytes(StandardCharsets.US_ASCII),
                Optional.empty(), Optional.empty());
        item(output.baseName(), new byte[] {1}, Optional.empty(), Optional.of(derivation.baseName()));
        try (StoreDatabase database =
                StoreDatabase.open(layout.database(), layout.storeDirectory(), layout.places().schema())) {
            PathInfo info = daemon.pathInfo(derivation).orElseThrow();
            database.register(List.of(info), Map.of(derivation, new TreeMap<>(Map.of("out", output))));
        }
        return output;
    }

    /** Makes valid what is in place already. */
    void register(List<Claim> claims) throws Exception {
        List<PathInfo> infos = new ArrayList<>();
        for (Claim claim : claims) {
            CanonicalMetadata.apply(layout.physical(claim.path()));
            infos.add(new PathInfo(
                    claim.path(),
                    claim.narHash(),
                    claim.narSize(),
                    new TreeSet<>(claim.references()),
                    claim.deriver(),
                    Instant.ofEpochSecond(1_700_000_000)));
        }
        registerAll(infos);
    }

    private void register(PathInfo info) throws Exception {
        registerAll(List.of(info));
    }

    private void registerAll(List<PathInfo> infos) throws Exception {
        try (StoreDatabase database =
                StoreDatabase.open(layout.database(), layout.storeDirectory(), layout.places().schema())) {
            database.register(infos, Map.of());
        }
    }

    @Override
    public void close() throws DaemonException {
        open.forEach(Server::close);
        daemon.close();
    }
}
