// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.XZOutputStream;

class LzmaTest {
    private static final byte[] DATA = data();

    @Test
    void decompresses() throws IOException {
        assertThat(Lzma.xz(new ByteArrayInputStream(xz(DATA))).readAllBytes()).isEqualTo(DATA);
        assertThat(Lzma.xz(new ByteArrayInputStream(xz(new byte[0]))).readAllBytes()).isEmpty();
        ByteArrayOutputStream alone = new ByteArrayOutputStream();
        try (OutputStream out = new LZMAOutputStream(alone, new LZMA2Options(1), DATA.length)) {
            out.write(DATA);
        }
        assertThat(Lzma.alone(new ByteArrayInputStream(alone.toByteArray())).readAllBytes()).isEqualTo(DATA);
    }

    @Test
    void readsInSmallPieces() throws IOException {
        try (InputStream in = Lzma.xz(new ByteArrayInputStream(xz(new byte[] {1, 2, -1})))) {
            assertThat(in.read()).isEqualTo(1);
            assertThat(in.read(new byte[0])).isZero();
            assertThat(in.read()).isEqualTo(2);
            assertThat(in.read()).isEqualTo(255);
            assertThat(in.read()).isNegative();
            assertThat(in.read()).isNegative();
        }
    }

    @Test
    void readsStreamsBehindEachOther() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(xz(new byte[] {1}));
        both.write(xz(new byte[] {2}));
        assertThat(Lzma.xz(new ByteArrayInputStream(both.toByteArray())).readAllBytes()).containsExactly(1, 2);
    }

    @Test
    void refusesDamage() throws IOException {
        byte[] whole = xz(DATA);
        assertDamaged(Arrays.copyOf(whole, whole.length - 1));
        assertDamaged(Arrays.copyOf(whole, whole.length / 2));
        assertDamaged(Arrays.copyOf(whole, 3));
        assertDamaged(new byte[0]);
        byte[] other = whole.clone();
        other[whole.length / 2] ^= 1;
        assertDamaged(other);
        assertDamaged("no such thing, whatever comes".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void doesWithoutTheSystemsLibrary() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(xz(DATA));
        both.write(xz(new byte[] {2}));
        byte[] expected = Arrays.copyOf(DATA, DATA.length + 1);
        expected[DATA.length] = 2;
        assertThat(Lzma.portableXz(new ByteArrayInputStream(both.toByteArray())).readAllBytes()).isEqualTo(expected);
    }

    private static void assertDamaged(byte[] file) {
        for (Opening opening : new Opening[] {Lzma::xz, Lzma::portableXz}) {
            assertThatThrownBy(() -> {
                        try (InputStream in = opening.open(new ByteArrayInputStream(file))) {
                            in.readAllBytes();
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @FunctionalInterface
    private interface Opening {
        InputStream open(InputStream in) throws IOException;
    }

    private static byte[] xz(byte[] data) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (OutputStream out = new XZOutputStream(octets, new LZMA2Options(1))) {
            out.write(data);
        }
        return octets.toByteArray();
    }

    private static byte[] data() {
        byte[] data = new byte[700_000];
        new Random(1).nextBytes(data);
        Arrays.fill(data, 100_000, 500_000, (byte) 7);
        return data;
    }
}
