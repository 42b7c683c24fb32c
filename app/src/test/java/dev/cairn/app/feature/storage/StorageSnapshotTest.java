// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.daemon.Root;
import dev.cairn.daemon.StoreGraph;
import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.profile.Generation;
import dev.cairn.profile.GenerationTag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class StorageSnapshotTest {
    /** Items of 1, 10, 100, 1000, 10000 and 100000 octets: 0 and 1 need 2, 2 was made by 3; 4 and 5 are alone. */
    private final List<StorePath> items =
            List.of(item('0'), item('1'), item('2'), item('3'), item('4'), item('5'));

    private final StoreGraph graph = new StoreGraph(
            items,
            new long[] {1, 10, 100, 1000, 10_000, 100_000},
            new int[] {0, 1, 2, 3, 3, 3, 3},
            new int[] {2, 2, 2},
            new int[] {-1, -1, 3, -1, -1, -1});

    private final StorageRoot current = generation(2, items.get(0), true);
    private final StorageRoot old = generation(1, items.get(1), false);
    private final StorageRoot link =
            new StorageRoot(Root.Kind.LINK, "/somewhere/result", items.get(4), Optional.empty());
    private final StorageSnapshot snapshot = new StorageSnapshot(graph, List.of(current, old, link), 7);

    private static StorePath item(char digit) {
        try {
            return StoreDirectory.GNU.item(String.valueOf(digit).repeat(32) + "-item" + digit);
        } catch (FormatException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static StorageRoot generation(int number, StorePath item, boolean isCurrent) {
        Generation generation =
                new Generation(number, Instant.EPOCH, isCurrent, OptionalInt.empty(), Optional.empty(),
                        GenerationTag.NONE, item);
        return new StorageRoot(Root.Kind.PROFILE, "profile-" + number + "-link", item, Optional.of(generation));
    }

    @Test
    void sortsEveryItemUnderOneHeading() {
        assertThat(snapshot.inUseBytes()).isEqualTo(1101);
        assertThat(snapshot.oldGenerationBytes()).isEqualTo(10);
        assertThat(snapshot.otherRootBytes()).isEqualTo(10_000);
        assertThat(snapshot.unusedBytes()).isEqualTo(100_000);
        assertThat(snapshot.liveCount()).isEqualTo(5);
        assertThat(snapshot.deadCount()).isEqualTo(1);
    }

    @Test
    void aDeriverIsKeptByWhatItMade() {
        assertThat(snapshot.without(List.of(current, old)).items())
                .extracting(item -> item.path())
                .contains(items.get(3));
    }

    @Test
    void countsTogetherWhatRootsShare() {
        assertThat(snapshot.exclusiveBytes(current)).isEqualTo(1);
        assertThat(snapshot.exclusiveBytes(old)).isEqualTo(10);
        assertThat(snapshot.without(List.of(current, old)).bytes()).isEqualTo(1111);
    }

    @Test
    void locksTheCurrentGenerationAndLeavesForeignRootsAlone() {
        assertThat(current.isRemovable()).isFalse();
        assertThat(old.isRemovable()).isTrue();
        assertThat(link.isRemovable()).isFalse();
    }
}
