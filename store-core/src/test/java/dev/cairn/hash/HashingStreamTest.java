// SPDX-License-Identifier: Apache-2.0
package dev.cairn.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Gen;
import java.io.ByteArrayOutputStream;
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

    private record Case(byte[] data, List<Integer> pieces) {}
}
