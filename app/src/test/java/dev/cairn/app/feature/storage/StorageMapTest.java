// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StorageMapTest {
    private static final String DIGITS = "0123456789abcdfghijklmnpqrsvwxyz";

    private static StorageSnapshot.SizedItem item(int number, long bytes, Keeper keeper) {
        try {
            StringBuilder hash = new StringBuilder("0".repeat(28));
            for (int shift = 15; shift >= 0; shift -= 5) {
                hash.append(DIGITS.charAt(number >> shift & 31));
            }
            StorePath path = StoreDirectory.GNU.item(hash + "-item-" + number);
            return new StorageSnapshot.SizedItem(number, path, bytes, keeper);
        } catch (FormatException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Largest first: item {@code i} of {@code count / (i + 1)} thousand octets. */
    private static List<StorageSnapshot.SizedItem> items(int count) {
        List<StorageSnapshot.SizedItem> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(item(i, 1000L * count / (i + 1), Keeper.values()[i % 4]));
        }
        return items;
    }

    @Test
    void putsWhatIsTooSmallToBeSeenTogether() {
        List<StorageSnapshot.SizedItem> items = items(60_000);
        StorageMap map = StorageMap.of(items);
        List<StorageMap.Cell> cells =
                map.groups().stream().flatMap(group -> group.cells().stream()).toList();
        assertThat(cells).hasSizeBetween(100, StorageMap.MOST_CELLS);
        assertThat(cells.stream().mapToInt(StorageMap.Cell::count).sum()).isEqualTo(60_000);
        assertThat(cells.stream().mapToLong(StorageMap.Cell::bytes).sum())
                .isEqualTo(items.stream().mapToLong(StorageSnapshot.SizedItem::bytes).sum());
        assertThat(map.groups()).hasSize(4).allSatisfy(group -> {
            assertThat(group.bytes()).isEqualTo(group.cells().stream().mapToLong(StorageMap.Cell::bytes).sum());
            assertThat(group.cells()).allMatch(cell -> cell.keeper() == group.keeper());
            assertThat(group.cells().getLast().item()).isEmpty();
        });
    }

    @Test
    void hasNeverMoreCellsThanCanBeSeen() {
        List<StorageSnapshot.SizedItem> items = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            items.add(item(i, 1000, Keeper.values()[i % 4]));
        }
        int cells = StorageMap.of(items).groups().stream().mapToInt(group -> group.cells().size()).sum();
        assertThat(cells).isLessThanOrEqualTo(StorageMap.MOST_CELLS);
    }

    @Test
    void leavesOutItemsAndGroupsWithoutOctets() {
        StorageMap map = StorageMap.of(List.of(item(0, 10, Keeper.IN_USE), item(1, 0, Keeper.UNUSED)));
        assertThat(map.groups()).hasSize(1);
        assertThat(map.groups().getFirst().cells()).hasSize(1);
        assertThat(StorageMap.of(List.of()).groups()).isEmpty();
    }

    @Test
    void isDrawnInsideThePictureEachGroupInItsFrame() {
        StoragePicture picture = StoragePicture.of(StorageMap.of(items(60_000)), 500, 300);
        Area all = new Area(0, 0, 500, 300);
        for (StoragePicture.Frame frame : picture.frames()) {
            assertThat(isInside(frame.area(), all)).isTrue();
            double octet = 0;
            for (StoragePicture.Placed placed : picture.cells()) {
                if (placed.cell().keeper() == frame.group().keeper()) {
                    assertThat(isInside(placed.area(), frame.area())).isTrue();
                    double now = placed.area().size() / placed.cell().bytes();
                    assertThat(octet == 0 ? now : octet).isCloseTo(now, within(now * 1e-6));
                    octet = now;
                }
            }
        }
    }

    private static boolean isInside(Area part, Area whole) {
        return part.x() >= whole.x() - 1e-6
                && part.y() >= whole.y() - 1e-6
                && part.right() <= whole.right() + 1e-6
                && part.bottom() <= whole.bottom() + 1e-6;
    }

    @Test
    void isFoundByPlaceAndWalkedByDirection() {
        List<StorageSnapshot.SizedItem> four = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            four.add(item(i, 1000, Keeper.IN_USE));
        }
        StoragePicture picture = StoragePicture.of(StorageMap.of(four), 400, 400);
        StoragePicture.Placed topLeft = picture.at(50, 60).orElseThrow();
        StoragePicture.Placed topRight = picture.beside(topLeft, 1, 0).orElseThrow();
        assertThat(topRight).isEqualTo(picture.at(350, 60).orElseThrow());
        assertThat(picture.beside(topRight, 0, 1)).isEqualTo(picture.at(350, 350));
        assertThat(picture.beside(topRight, 1, 0)).isEmpty();
        assertThat(picture.find(topLeft.cell())).contains(topLeft);
        assertThat(picture.at(-1, 5)).isEqualTo(Optional.empty());
        assertThat(StoragePicture.of(StorageMap.of(four), 0, 100).cells()).isEmpty();
    }
}
