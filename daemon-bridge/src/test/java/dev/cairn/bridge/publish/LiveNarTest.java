// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.bridge.web.Body;
import dev.cairn.compression.DamagedException;
import dev.cairn.compression.Decompressor;
import dev.cairn.daemon.PathInfo;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.narinfo.Compression;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveNarTest {
    private static final int SIZE = 4 << 20;

    @TempDir
    private Path folder = Path.of("/");

    private PublishedStore store;
    private PathInfo item;

    @BeforeEach
    void fill() throws Exception {
        store = PublishedStore.ofGuix(Files.createDirectory(folder.resolve("root")));
        byte[] noise = new byte[SIZE];
        new Random(1).nextBytes(noise);
        Path file = Files.write(folder.resolve("noise"), noise);
        item = store.daemon
                .pathInfo(store.daemon.addTree("noise", file, false, HashAlgorithm.SHA256))
                .orElseThrow();
    }

    @AfterEach
    void end() throws Exception {
        store.close();
    }

    /** Takes only so much, then fails, as connections do. */
    private static final class Leaving extends OutputStream {
        private final ByteArrayOutputStream got = new ByteArrayOutputStream();
        private final int most;

        Leaving(int most) {
            this.most = most;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            if (got.size() + length > most) {
                throw new IOException("the client has gone");
            }
            got.write(octets, offset, length);
        }
    }

    private void send(String packing, OutputStream out) throws Exception {
        try (Body body = LiveNar.of(store.daemon, item, Packing.parse(packing), () -> {}).orElseThrow()) {
            ((Body.Streamed) body).source().writeTo(out);
        }
    }

    @Test
    void givesMemoryOutsideOfTheHeapBackWhenClientsGo() throws Exception {
        long before = resident();
        for (int i = 0; i < 60; i++) {
            assertThatThrownBy(() -> send("zstd:9", new Leaving(1 << 20)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the client has gone");
        }
        assertThat(resident() - before).as("a compressor takes 10 MiB").isLessThan(300L << 20);
    }

    @Test
    void neverEndsWhatIsNotWhole() throws Exception {
        Path source = store.daemon.physical(item.path());
        Leaving all = new Leaving(Integer.MAX_VALUE);
        Files.delete(source);
        assertThatThrownBy(() -> send("zstd", all)).isInstanceOf(IOException.class);
        try (Decompressor read = new Decompressor(
                new ByteArrayInputStream(all.got.toByteArray()), Compression.ZSTD, Long.MAX_VALUE)) {
            assertThatThrownBy(read::readAllBytes).isInstanceOf(DamagedException.class);
        }
    }

    /** Octets of this process that are in memory. */
    private static long resident() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(one -> one.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
    }
}
