// SPDX-License-Identifier: Apache-2.0
package dev.cairn.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.narinfo.Compression;
import dev.cairn.testing.Gen;
import dev.cairn.testing.SharedData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressionTest {
    private static final byte[] TEXT = "substitute ".repeat(5000).getBytes(StandardCharsets.US_ASCII);

    /** {@code hello\n} as the usual programs write it: xz 5.4.1, bzip2 1.0.8. */
    private static final byte[] XZ = HexFormat.of()
            .parseHex("fd377a585a000004e6d6b4460200210116000000742fe5a301000568656c"
                    + "6c6f0a000000a56097f194f6fde000011e06c12fa41d1fb6f37d010000000004595a");

    private static final byte[] BZIP2 = HexFormat.of()
            .parseHex("425a6839314159265359c1c080e2000001410000"
                    + "100244a00030cd00c3462997177245385090c1c080e2");

    private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.US_ASCII);

    private static final List<Compression> WRITTEN =
            List.of(Compression.NONE, Compression.GZIP, Compression.LZIP, Compression.ZSTD);

    @TestFactory
    Stream<DynamicTest> whatIsCompressedComesBack() {
        byte[] noise = new byte[300_000];
        new Random(5).nextBytes(noise);
        return WRITTEN.stream().map(compression -> DynamicTest.dynamicTest(compression.id(), () -> {
            for (byte[] contents : List.of(new byte[0], HELLO, TEXT, noise)) {
                for (int level : new int[] {1, Compressor.highestLevel(compression).orElseThrow()}) {
                    byte[] compressed = compress(contents, compression, level);
                    assertThat(decompress(compressed, compression)).isEqualTo(contents);
                    assertThat(compress(contents, compression, level)).isEqualTo(compressed);
                }
            }
        }));
    }

    @Test
    void readsWhatIsNotWrittenHere() throws Exception {
        assertThat(decompress(XZ, Compression.XZ)).isEqualTo(HELLO);
        assertThat(decompress(BZIP2, Compression.BZIP2)).isEqualTo(HELLO);
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void takesSeveralPiecesBehindEachOther(Compression compression) throws Exception {
        byte[] piece = sample(compression);
        byte[] once = decompress(piece, compression);
        assertThat(decompress(join(piece, piece), compression)).isEqualTo(join(once, once));
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void refusesWhatIsCutOff(Compression compression) throws Exception {
        byte[] whole = sample(compression);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> decompress(part, compression))
                    .as(compression + " of " + length + " octets")
                    .isInstanceOf(DamagedException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void refusesWhatFollows(Compression compression) {
        byte[] followed = join(sample(compression), "<html>".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> decompress(followed, compression)).isInstanceOf(DamagedException.class);
    }

    @ParameterizedTest
    @EnumSource
    void stopsAtTheLimit(Compression compression) throws Exception {
        byte[] sample = sample(compression);
        int length = decompress(sample, compression).length;
        try (InputStream exact = new Decompressor(new ByteArrayInputStream(sample), compression, length)) {
            assertThat(exact.readAllBytes()).hasSize(length);
        }
        try (InputStream less = new Decompressor(new ByteArrayInputStream(sample), compression, length - 1)) {
            assertThatThrownBy(less::readAllBytes)
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining((length - 1) + " octets");
        }
    }

    @ParameterizedTest
    @EnumSource
    void failsAsItsSourceDoes(Compression compression) throws Exception {
        IOException broken = new IOException("the connection broke");
        byte[] sample = sample(compression);
        InputStream start = new ByteArrayInputStream(sample, 0, sample.length / 2);
        InputStream rest = new InputStream() {
            @Override
            public int read() throws IOException {
                throw broken;
            }

            @Override
            public int read(byte[] octets, int offset, int length) throws IOException {
                throw broken;
            }
        };
        try (InputStream in = new Decompressor(new SequenceInputStream(start, rest), compression, Long.MAX_VALUE)) {
            assertThatThrownBy(in::readAllBytes).isSameAs(broken);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void failsInItsOwnWordsOnWhateverIsSent(Compression compression) {
        byte[] sample = sample(compression);
        Gen<Integer> positions = Gen.integers(0, sample.length - 1);
        positions.flatMap(at -> Gen.integers(1, 255).map(change -> new int[] {at, change})).check(300, damage -> {
            byte[] damaged = sample.clone();
            damaged[damage[0]] ^= (byte) damage[1];
            try (InputStream in = new Decompressor(new ByteArrayInputStream(damaged), compression, 100_000)) {
                in.readAllBytes();
            } catch (DamagedException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        });
    }

    @Test
    void lzipIsReadWithoutLiblzmaToo() throws Exception {
        byte[] member = sample(Compression.LZIP);
        byte[] once = decompress(member, Compression.LZIP);
        assertThat(portable(join(member, member))).isEqualTo(join(once, once));
        assertThat(portable(compress(TEXT, Compression.LZIP, 9))).isEqualTo(TEXT);
        for (int length = 0; length < member.length; length++) {
            byte[] part = Arrays.copyOf(member, length);
            assertThatThrownBy(() -> portable(part)).as(length + " octets").isInstanceOf(IOException.class);
        }
        for (int i = 0; i < member.length; i++) {
            // A larger dictionary than was used makes no difference.
            byte[] changed = member.clone();
            changed[i] ^= 4;
            if (i != 5) {
                assertThatThrownBy(() -> portable(changed)).as("octet " + i).isInstanceOf(IOException.class);
            }
        }
        assertThatThrownBy(() -> portable(join(member, HELLO))).isInstanceOf(IOException.class);
    }

    @Test
    void readsWhatGuixPublishCompressed() throws Exception {
        Path cache = SharedData.require("data/guix-cache/nar");
        String item = "6zbqlvdicsvy8rh6saqi5zwq71ggw45w-noise-5";
        byte[] nar = decompress(Files.readAllBytes(cache.resolve("gzip").resolve(item)), Compression.GZIP);
        assertThat(nar).hasSizeGreaterThan(5 << 20);
        for (Compression compression : List.of(Compression.LZIP, Compression.ZSTD)) {
            byte[] compressed = Files.readAllBytes(cache.resolve(compression.id()).resolve(item));
            assertThat(decompress(compressed, compression)).isEqualTo(nar);
            if (compression == Compression.LZIP) {
                assertThat(portable(compressed)).isEqualTo(nar);
            }
        }
    }

    @Test
    void refusesLevelsThatThereAreNot() {
        assertThatThrownBy(() -> compress(TEXT, Compression.GZIP, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> compress(TEXT, Compression.XZ, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** A little of each. */
    private static byte[] sample(Compression compression) {
        try {
            return switch (compression) {
                case XZ -> XZ;
                case BZIP2 -> BZIP2;
                case NONE, GZIP, LZIP, ZSTD -> compress(HELLO, compression, 1);
            };
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] compress(byte[] contents, Compression compression, int level) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = Compressor.open(compressed, compression, level)) {
            out.write(contents);
        }
        return compressed.toByteArray();
    }

    /** In small pieces, as they come from the network. */
    private static byte[] decompress(byte[] compressed, Compression compression) throws IOException {
        InputStream pieces = new FilterInputStream(new ByteArrayInputStream(compressed)) {
            @Override
            public int read(byte[] octets, int offset, int length) throws IOException {
                return super.read(octets, offset, Math.min(length, compressed.length < 1000 ? 3 : 5000));
            }
        };
        try (InputStream in = new Decompressor(pieces, compression, Long.MAX_VALUE)) {
            return in.readAllBytes();
        }
    }

    private static byte[] portable(byte[] compressed) throws IOException {
        try (InputStream in = new LzipInputStream(new ByteArrayInputStream(compressed))) {
            return in.readAllBytes();
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
