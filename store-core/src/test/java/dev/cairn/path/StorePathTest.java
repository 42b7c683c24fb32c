// SPDX-License-Identifier: Apache-2.0
package dev.cairn.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.testing.Gen;
import dev.cairn.testing.Golden;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StorePathTest {
    private static final String HASH = "lnqjid21cvqw4c4kh7xnj2ikp2d0qfnb";

    @Test
    void hasParts() throws Exception {
        StorePath path = StoreDirectory.GNU.parse("/gnu/store/" + HASH + "-hello-2.12.drv");
        assertThat(path.hashPart()).isEqualTo(HASH);
        assertThat(path.name()).isEqualTo("hello-2.12.drv");
        assertThat(path.baseName()).isEqualTo(HASH + "-hello-2.12.drv");
        assertThat(path.isDerivation()).isTrue();
        assertThat(path).hasToString("/gnu/store/" + HASH + "-hello-2.12.drv");
    }

    @Test
    void rejectsNamesThatTheDaemonRejects() {
        for (JsonNode name : Golden.json("path/store-paths.json").get("badNames")) {
            assertThatThrownBy(() -> StorePath.checkName(name.asString()))
                    .as("'%s'", name.asString())
                    .isInstanceOf(FormatException.class);
        }
    }

    @Test
    void rejectsWhatIsNoItem() {
        for (JsonNode path : Golden.json("path/store-paths.json").get("badPaths")) {
            assertThatThrownBy(() -> StoreDirectory.GNU.parse(path.asString()))
                    .as("'%s'", path.asString())
                    .isInstanceOf(FormatException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/gnu/store", "/nix/store/" + HASH + "-x", HASH + "-x", "/gnu/store//" + HASH + "-x"})
    void rejectsOtherFolders(String text) {
        assertThatThrownBy(() -> StoreDirectory.GNU.parse(text)).isInstanceOf(FormatException.class);
    }

    @Test
    void leavesRoomForTheLockFile() throws Exception {
        StorePath.checkName("x".repeat(217));
        assertThatThrownBy(() -> StorePath.checkName("x".repeat(218))).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> StorePath.checkName("")).isInstanceOf(FormatException.class);
    }

    @Test
    void knowsTheItemOfAFileInside() throws Exception {
        assertThat(StoreDirectory.GNU.itemOf("/gnu/store/" + HASH + "-x/bin/y"))
                .hasToString("/gnu/store/" + HASH + "-x");
        assertThat(StoreDirectory.GNU.itemOf("/gnu/store/" + HASH + "-x")).hasToString("/gnu/store/" + HASH + "-x");
    }

    @Test
    void sortsByOctets() {
        Gen<String> names = Gen.strings("aZ09+-._?=", 1, 6).map(name -> name.startsWith(".") ? "x" + name : name);
        names.lists(2, 2).check(pair -> {
            StorePath a = StoreDirectory.GNU.item(HASH + "-" + pair.getFirst());
            StorePath b = StoreDirectory.GNU.item(HASH + "-" + pair.getLast());
            int expected = Arrays.compareUnsigned(
                    a.toString().getBytes(StandardCharsets.UTF_8), b.toString().getBytes(StandardCharsets.UTF_8));
            assertThat(Integer.signum(a.compareTo(b))).isEqualTo(Integer.signum(expected));
            assertThat(a.equals(b)).isEqualTo(expected == 0);
        });
    }
}
