// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PipeTest {
    @Test
    void noTwoGetOnePieceHoweverOftenAFailureIsMet() throws Exception {
        Pipe pipe = new Pipe(10L << 20);
        OutputStream beginning = pipe.beginning();
        beginning.write(new byte[Piece.SIZE]);
        InputStream end = pipe.end();
        assertThat(end.readNBytes(Piece.SIZE)).hasSize(Piece.SIZE);
        pipe.fail(new IOException("broken"));
        for (int i = 0; i < 3; i++) {
            // Some decompressors ask again.
            assertThatThrownBy(end::read).hasMessage("broken");
        }
        pipe.release();
        Set<Piece> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 3; i++) {
            assertThat(taken.add(Piece.take(Piece.SIZE))).isTrue();
        }
    }
}
