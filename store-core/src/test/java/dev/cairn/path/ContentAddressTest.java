// SPDX-License-Identifier: Apache-2.0
package dev.cairn.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.hash.HashAlgorithm;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentAddressTest {
    /** Of the same items that Nix 2.8 named. */
    private static final String TEXT = "text:sha256:1x9gyyamm7d9p2hm06hx9vx6gm4sd1mksxqlqfxaajl44i34q0fr";

    private static final String TREE = "fixed:r:sha256:0c2jffsl15masdjkw0akr32jl4daplrwaq81lapg84nqai3ip9qi";

    @Test
    void namesItemsAsNixDoes() throws FormatException {
        StorePath text = StoreDirectory.NIX.item("i3vl5f9f521bladwcs3zi5gmc1pd6qr6-hello.txt");
        assertThat(ContentAddress.parse(TEXT).path(StoreDirectory.NIX, "hello.txt", List.of(), text)).isEqualTo(text);
        StorePath tree = StoreDirectory.NIX.item("xzq37kpjpibgfqcsxyvc9kfa6s5aiykp-abc");
        assertThat(ContentAddress.parse(TREE).path(StoreDirectory.NIX, "abc", List.of(), tree)).isEqualTo(tree);
        // Whoever refers to itself or others has another name.
        assertThat(ContentAddress.parse(TREE).path(StoreDirectory.NIX, "abc", List.of(tree), tree))
                .isNotEqualTo(tree)
                .isNotEqualTo(ContentAddress.parse(TREE).path(StoreDirectory.NIX, "abc", List.of(text), tree));
    }

    @Test
    void writesWhatItReads() throws FormatException {
        for (String text : List.of(TEXT, TREE, TREE.replace("r:", ""))) {
            assertThat(ContentAddress.parse(text)).hasToString(text);
        }
        assertThat(ContentAddress.Rule.parse("fixed:r:sha1"))
                .isEqualTo(new ContentAddress.Rule(ContentAddress.Method.RECURSIVE, HashAlgorithm.SHA1));
    }

    @Test
    void refusesWhatMeansNothing() {
        for (String text : List.of("", "text", "text:sha256", "text:sha256:", "git:sha1:abc", "fixed:r:sha256:0")) {
            assertThatThrownBy(() -> ContentAddress.parse(text)).as(text).isInstanceOf(FormatException.class);
        }
        assertThatThrownBy(() -> ContentAddress.parse(TREE.replace("r:", ""))
                        .path(
                                StoreDirectory.NIX,
                                "abc",
                                List.of(StoreDirectory.NIX.item("0".repeat(32) + "-x")),
                                StoreDirectory.NIX.item("1".repeat(32) + "-abc")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("no references");
    }
}
