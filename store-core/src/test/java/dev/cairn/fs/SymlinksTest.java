// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymlinksTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"plain", "../up", "/abs", "a//b", "dir/", ".", "/", "//", "./x/../y", "\u00e4\u20ac"})
    void keepsATargetVerbatim(String target) throws Exception {
        Path link = folder.resolve("link");
        Symlinks.create(link, target);
        assertThat(Symlinks.read(link)).isEqualTo(target.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keepsATargetThatIsNoText() throws Exception {
        byte[] target = {'a', (byte) 0xff, '/', (byte) 0x80, 'b'};
        Path link = Octets.resolve(folder, new byte[] {'l', (byte) 0xfe});
        Symlinks.create(link, target);
        assertThat(Symlinks.read(link)).isEqualTo(target);
        assertThat(FileTrees.entries(folder)).hasSize(1);
        assertThat(Octets.ofName(FileTrees.entries(folder).getFirst())).isEqualTo(new byte[] {'l', (byte) 0xfe});
    }

    @Test
    void refusesANameThatIsTaken() throws Exception {
        Symlinks.create(folder.resolve("link"), "a//b");
        assertThatThrownBy(() -> Symlinks.create(folder.resolve("link"), "a//b"))
                .isInstanceOf(FileAlreadyExistsException.class);
    }
}
