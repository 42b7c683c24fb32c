// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.testing.Gen;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecificationTest {
    @Test
    void readsEveryForm() throws FormatException {
        assertThat(Specification.parse("hello"))
                .isEqualTo(new Specification("hello", Optional.empty(), Optional.empty()));
        assertThat(Specification.parse("hello@2.1"))
                .isEqualTo(new Specification("hello", Optional.of("2.1"), Optional.empty()));
        assertThat(Specification.parse("hello:doc"))
                .isEqualTo(new Specification("hello", Optional.empty(), Optional.of("doc")));
        assertThat(Specification.parse("g++@1-2.a:doc"))
                .isEqualTo(new Specification("g++", Optional.of("1-2.a"), Optional.of("doc")));
    }

    @Test
    void readsVersionsWithEpochsAndTildes() throws FormatException {
        assertThat(Specification.parse("git@1:2.39.5-0+deb12u2"))
                .isEqualTo(new Specification("git", Optional.of("1:2.39.5-0+deb12u2"), Optional.empty()));
        assertThat(Specification.parse("git@1:2.39.5~rc1:i386"))
                .isEqualTo(new Specification("git", Optional.of("1:2.39.5~rc1"), Optional.of("i386")));
        assertThat(Specification.parse("hello:i386"))
                .isEqualTo(new Specification("hello", Optional.empty(), Optional.of("i386")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:1", "a:1@2", "a:Doc"})
    void saysWhatCannotBeAnOutput(String text) {
        assertThatThrownBy(() -> Specification.parse(text))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("is not the name of an output");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@1", ":doc", "hello@", "hello:", "hello@:doc", "@:", "hello@1:", "hello@1:2:"})
    void refusesEmptyParts(String text) {
        assertThatThrownBy(() -> Specification.parse(text)).isInstanceOf(FormatException.class);
    }

    @Test
    void printsWhatItReads() {
        Gen.strings("abcABC019+-._?=", 1, 12).lists(3, 3).check(parts -> {
            String outputName = "o" + parts.get(2);
            for (boolean version : new boolean[] {false, true}) {
                for (boolean output : new boolean[] {false, true}) {
                    Specification specification = new Specification(
                            parts.get(0),
                            version ? Optional.of("1:2~" + parts.get(1)) : Optional.empty(),
                            output ? Optional.of(outputName) : Optional.empty());
                    assertThat(Specification.parse(specification.toString())).isEqualTo(specification);
                }
            }
        });
    }
}
