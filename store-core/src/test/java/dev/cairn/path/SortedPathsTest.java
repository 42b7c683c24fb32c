// SPDX-License-Identifier: Apache-2.0
package dev.cairn.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SortedPathsTest {
    private static final StorePath A = path('a');
    private static final StorePath B = path('b');
    private static final StorePath C = path('c');
    private static final StorePath D = path('d');

    @Test
    void isInOrderAndHoldsEachPathOnce() {
        assertThat(SortedPaths.copyOf(List.of(C, A, B, A))).containsExactly(A, B, C);
    }

    @Test
    void equalsOtherSetsOfTheSamePaths() {
        SortedPaths paths = SortedPaths.copyOf(List.of(B, A));
        assertThat(paths).isEqualTo(new TreeSet<>(List.of(A, B))).hasSameHashCodeAs(new TreeSet<>(List.of(A, B)));
        assertThat(new TreeSet<>(List.of(A, B))).isEqualTo(paths);
        assertThat(paths).isNotEqualTo(new TreeSet<>(List.of(A, C)));
    }

    @Test
    void isNotCopiedAgain() {
        SortedPaths paths = SortedPaths.copyOf(List.of(B, A));
        assertThat(SortedPaths.copyOf(paths)).isSameAs(paths);
    }

    @Test
    void findsWhatItHolds() {
        SortedPaths paths = SortedPaths.copyOf(List.of(A, C));
        assertThat(paths.contains(C)).isTrue();
        assertThat(paths.contains(B)).isFalse();
        assertThat(paths.contains("a")).isFalse();
    }

    @Test
    void givesParts() {
        SortedPaths paths = SortedPaths.copyOf(List.of(A, B, D));
        assertThat(paths.headSet(B)).containsExactly(A);
        assertThat(paths.tailSet(B)).containsExactly(B, D);
        assertThat(paths.subSet(B, C)).containsExactly(B);
        assertThat(paths.subSet(C, C)).isEmpty();
        assertThat(paths.tailSet(B).contains(A)).isFalse();
        assertThatThrownBy(() -> paths.subSet(C, A)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasEndsUnlessItIsEmpty() {
        SortedPaths paths = SortedPaths.copyOf(List.of(D, A));
        assertThat(paths.first()).isEqualTo(A);
        assertThat(paths.last()).isEqualTo(D);
        assertThatThrownBy(SortedPaths.copyOf(List.of())::first).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(paths.headSet(A)::last).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void cannotBeChanged() {
        SortedPaths paths = SortedPaths.copyOf(List.of(A));
        assertThatThrownBy(() -> paths.add(B)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> paths.remove(A)).isInstanceOf(UnsupportedOperationException.class);
    }

    private static StorePath path(char first) {
        try {
            return StoreDirectory.GNU.item(first + "1234567890123456789012345678901-x");
        } catch (FormatException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
