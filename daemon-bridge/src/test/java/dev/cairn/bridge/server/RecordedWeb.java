// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import com.sun.net.httpserver.HttpServer;
import dev.cairn.hash.Hash;
import dev.cairn.http.Proxies;
import dev.cairn.nar.NarWriter;
import dev.cairn.narinfo.Claim;
import dev.cairn.narinfo.Compression;
import dev.cairn.narinfo.NarChoice;
import dev.cairn.narinfo.NarinfoWriter;
import dev.cairn.path.StoreDirectory;
import dev.cairn.signature.SecretKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;

/**
 * What was on the web when recordings were made. It was at a port that may be somebody else's now, so this is a proxy
 * that answers for it. The item that was fetched then is not known any more; this one is as large, packed and unpacked.
 */
final class RecordedWeb implements AutoCloseable {
    /** Where it was. */
    static final String ADDRESS = "http://127.0.0.1:44188";

    private static final String ITEM = "8888888888888888888888888888888a-substitutable-1.0";
    private static final int NAR_SIZE = 60480;
    private static final int PACKED_SIZE = 337;

    /** Of a NAR that holds one plain file. */
    private static final int NAR_OVERHEAD = 112;

    private final HttpServer web;

    private RecordedWeb(HttpServer web) {
        this.web = web;
    }

    /** @param key which vouches for the item */
    static RecordedWeb open(SecretKey key) throws Exception {
        RecordedWeb opened =
                new RecordedWeb(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        opened.put("/nix-cache-info", octets("StoreDir: /gnu/store\nWantMassQuery: 0\nPriority: 100\n"));
        Claim claim =
                new Claim(StoreDirectory.GNU.item(ITEM), hash(), NAR_SIZE, List.of(), Optional.empty());
        NarChoice choice = new NarChoice(
                "nar/x.nar.gz", Compression.GZIP, OptionalLong.of(PACKED_SIZE), Optional.empty());
        opened.put("/" + ITEM.substring(0, 32) + ".narinfo", NarinfoWriter.guix(claim, "host", key, List.of(choice)));
        opened.put("/nar/x.nar.gz", packed());
        opened.web.start();
        return opened;
    }

    /** The way to it, whatever is asked for. */
    Proxies proxies() {
        return Proxies.through(URI.create("http://127.0.0.1:" + web.getAddress().getPort()));
    }

    private void put(String name, byte[] contents) {
        web.createContext(name, exchange -> {
            exchange.sendResponseHeaders(200, contents.length);
            exchange.getResponseBody().write(contents);
            exchange.close();
        });
    }

    /** Of the item, unpacked. */
    static Hash hash() throws IOException {
        return Hash.sha256(nar());
    }

    private static byte[] nar() throws IOException {
        byte[] contents = new byte[NAR_SIZE - NAR_OVERHEAD];
        Arrays.fill(contents, (byte) 'x');
        ByteArrayOutputStream nar = new ByteArrayOutputStream();
        NarWriter writer = new NarWriter(nar);
        writer.regular(false, contents);
        writer.finish();
        return nar.toByteArray();
    }

    /** With a comment in its head, so that it is as long as it was. */
    private static byte[] packed() throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(plain)) {
            gzip.write(nar());
        }
        byte[] without = plain.toByteArray();
        int head = 10;
        int more = PACKED_SIZE - without.length;
        byte[] packed = new byte[PACKED_SIZE];
        System.arraycopy(without, 0, packed, 0, head);
        packed[3] |= 16;
        Arrays.fill(packed, head, head + more - 1, (byte) '.');
        System.arraycopy(without, head, packed, head + more, without.length - head);
        return packed;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        web.stop(0);
    }
}
