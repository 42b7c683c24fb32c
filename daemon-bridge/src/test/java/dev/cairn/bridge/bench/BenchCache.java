// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.bench;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.hash.HashingOutputStream;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.signature.NixSecretKey;
import dev.cairn.signature.NixSignature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A binary cache of made-up items, signed as Nix does, compressed by zstd, served on the loopback interface. */
final class BenchCache implements AutoCloseable {
    private static final int ITEMS = 300;
    private static final int CLOSURE = 400 << 20;
    private static final int FILES = 16;
    private static final long SINGLE = 1L << 30;

    private final Path folder;
    private final NixSecretKey key;
    private final Duration latency;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<StorePath> items = new ArrayList<>();

    private BenchCache(Path folder, Duration latency) throws IOException, FormatException {
        key = NixSecretKey.generate("bench-1");
        this.folder = folder;
        this.latency = latency;
        Files.createDirectory(folder.resolve("nar"));
        Files.writeString(folder.resolve("nix-cache-info"), "StoreDir: /gnu/store\nWantMassQuery: 1\nPriority: 40\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** 300 items, 400 MiB compressed, in chains of references of up to a dozen links. */
    static BenchCache ofClosure(Path folder, Duration latency) throws Exception {
        BenchCache cache = new BenchCache(folder, latency);
        Random random = new Random(20261122);
        for (int i = 0; i < ITEMS; i++) {
            TreeSet<StorePath> references = new TreeSet<>();
            int layer = i * 12 / (ITEMS - 1);
            for (int j = 0; j < 5 && layer > 0; j++) {
                references.add(cache.items.get(random.nextInt(layer * (ITEMS - 1) / 12)));
            }
            if (i == ITEMS - 1) {
                references.addAll(cache.items);
            }
            // Half of what is written is random.
            cache.add("item-" + i, FILES, 2L * CLOSURE / ITEMS / FILES, references, random);
        }
        return cache;
    }

    /** One item of 1 GiB. */
    static BenchCache ofOneItem(Path folder) throws Exception {
        BenchCache cache = new BenchCache(folder, Duration.ZERO);
        cache.add("single", 4, SINGLE / 4, new TreeSet<>(), new Random(1));
        return cache;
    }

    private void add(String name, int files, long size, TreeSet<StorePath> references, Random random)
            throws Exception {
        StorePath path = StoreDirectory.GNU.item(
                Hash.sha256(name.getBytes(StandardCharsets.US_ASCII)).base32().substring(0, 32) + "-" + name);
        Path file = folder.resolve(narName(path));
        HashingOutputStream hashing = new HashingOutputStream(HashAlgorithm.SHA256);
        long[] count = new long[1];
        try (OutputStream compressed = new ZstdOutputStreamNoFinalizer(Files.newOutputStream(file))) {
            NarWriter writer = new NarWriter(new OutputStream() {
                @Override
                public void write(int octet) throws IOException {
                    write(new byte[] {(byte) octet}, 0, 1);
                }

                @Override
                public void write(byte[] octets, int offset, int length) throws IOException {
                    hashing.write(octets, offset, length);
                    compressed.write(octets, offset, length);
                    count[0] += length;
                }
            });
            writer.directoryStart();
            for (int i = 0; i < files; i++) {
                writer.entry(String.format(Locale.ROOT, "file-%02d", i));
                writer.regular(false, size, new HalfRandom(random, size));
            }
            writer.directoryEnd();
            writer.finish();
        }
        Hash hash = hashing.hash();
        String names = String.join(" ", references.stream().map(StorePath::baseName).toList());
        NixSignature signature = key.sign(NixSignature.fingerprint(path, hash, count[0], references));
        Files.writeString(
                folder.resolve(path.hashPart() + ".narinfo"),
                "StorePath: " + path + "\nURL: " + narName(path) + "\nCompression: zstd\nFileSize: "
                        + Files.size(file) + "\nNarHash: sha256:" + hash.base32() + "\nNarSize: " + count[0]
                        + "\nReferences: " + names + "\nSig: " + signature + "\n");
        items.add(path);
    }

    private static String narName(StorePath path) {
        return "nar/" + path.hashPart() + ".nar.zst";
    }

    /** Octets of which a compressor can leave out about half. */
    private static final class HalfRandom extends InputStream {
        private final Random random;
        private final byte[] block = new byte[1 << 13];
        private final long size;
        private long position;
        private InputStream current = new ByteArrayInputStream(new byte[0]);

        HalfRandom(Random random, long size) {
            this.random = random;
            this.size = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            if (position == size) {
                return -1;
            }
            int n = current.read(octets, offset, (int) Math.min(length, size - position));
            if (n < 0) {
                random.nextBytes(block);
                System.arraycopy(block, 0, block, block.length / 2, block.length / 2);
                current = new ByteArrayInputStream(block.clone());
                return read(octets, offset, length);
            }
            position += n;
            return n;
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Thread.sleep(latency);
            Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
            if (!Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.sendResponseHeaders(200, Files.size(file));
            Files.copy(file, exchange.getResponseBody());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What refers to all the others. */
    StorePath top() {
        return items.getLast();
    }

    /** Where the NAR of that is. */
    String narUrl() {
        return url() + "/" + narName(top());
    }

    String publicKey() {
        return key.publicKey().toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
