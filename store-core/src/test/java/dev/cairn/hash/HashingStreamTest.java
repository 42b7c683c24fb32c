// SPDX-License-Identifier: Apache-2.0
package dev.cairn.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Gen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class HashingStreamTest {
    private final Gen<byte[]> octets = Gen.octets(0, 300);
    private final Gen<List<Integer>> pieces = Gen.integers(0, 40).lists(1, 12);

    @Test
    void theHashOfWhatIsWrittenDoesNotDependOnThePieces() {
        octets.flatMap(data -> pieces.map(sizes -> new Case(data, sizes))).check(test -> {
            ByteArrayOutputStream passed = new ByteArrayOutputStream();
            HashingOutputStream out = new HashingOutputStream(HashAlgorithm.SHA256, passed);
            int position = 0;
            for (int size : test.pieces) {
                int length = Math.min(size, test.data.length - position);
                out.write(test.data, position, length);
                position += length;
            }
            while (position < test.data.length) {
                out.write(test.data[position++]);
            }
            assertThat(passed.toByteArray()).isEqualTo(test.data);
            assertThat(out.count()).isEqualTo(test.data.length);
            assertThat(out.hash()).isEqualTo(Hash.sha256(test.data));
        });
    }

    @Test
    void theHashOfWhatIsReadDoesNotDependOnThePieces() {
        octets.flatMap(data -> pieces.map(sizes -> new Case(data, sizes))).check(test -> {
            HashingInputStream in =
                    new HashingInputStream(HashAlgorithm.SHA256, new ByteArrayInputStream(test.data));
            for (int i = 0; i < test.pieces.size(); i++) {
                read(in, i, test.pieces.get(i));
            }
            in.skip(Long.MAX_VALUE);
            assertThat(in.count()).isEqualTo(test.data.length);
            assertThat(in.hash()).isEqualTo(Hash.sha256(test.data));
        });
    }

    private static void read(InputStream in, int way, int size) throws Exception {
        switch (way % 3) {
            case 0 -> in.readNBytes(size);
            case 1 -> in.skip(size);
            default -> in.read();
        }
    }

    private record Case(byte[] data, List<Integer> pieces) {}
}
