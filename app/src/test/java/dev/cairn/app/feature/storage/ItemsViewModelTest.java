// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.fake.FakeCatalog;
import dev.cairn.app.fake.FakeProfile;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ItemsViewModelTest {
    private final FakeProfile profile = new FakeProfile(FakeCatalog.sample());
    private final FakeStorage storage = new FakeStorage(profile, "old-1");
    private final ItemsViewModel model = new ItemsViewModel();

    @BeforeEach
    void twoGenerations() throws CairnException {
        profile.with("hello").with("fortune");
        model.show(storage.read(), List.of());
    }

    private StorageSnapshot now() {
        return model.snapshotProperty().get().orElseThrow();
    }

    private StorageMap.Cell cell(String name) {
        return now().items().stream()
                .filter(item -> item.path().name().equals(name))
                .map(StorageMap.Cell::of)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void saysWhatAnItemIsAndWhyItIsStillThere() {
        assertThat(model.describe(cell("profile-2")))
                .isEqualTo(new ItemsViewModel.Description(
                        "profile-2", "About 1.00 MB · In use: needed by Generation 2 (current)"));
        assertThat(model.describe(cell("profile-1")).detail()).isEqualTo("About 1.00 MB · Needed by Generation 1");
        assertThat(model.describe(cell("old-1")).detail()).contains("the next collection deletes it");
    }

    @Test
    void saysWhatManySmallItemsAre() {
        StorageMap.Cell many = new StorageMap.Cell(Keeper.UNUSED, Optional.empty(), 1234, 5_000_000);
        assertThat(model.describe(many))
                .isEqualTo(new ItemsViewModel.Description(
                        "1,234 small items", "About 5.00 MB · nothing needs them"));
    }

    @Test
    void showsWhatGoesWithWhatIsMarked() {
        StorageRoot old = now().roots().stream().filter(StorageRoot::isRemovable).findFirst().orElseThrow();
        model.show(now(), List.of(old));
        assertThat(model.goes(cell("profile-1"))).isTrue();
        assertThat(model.goes(cell("profile-2"))).isFalse();
        assertThat(model.describe(cell("profile-1")).detail()).contains("Only needed by what you marked");
    }

    @Test
    void keepsWhatIsChosenAsLongAsItIsThere() throws CairnException {
        model.choose(cell("old-1"));
        model.show(storage.read(), List.of());
        assertThat(model.chosenProperty().get()).contains(cell("old-1"));
        storage.collect(List.of(), EventSink.NONE);
        model.show(storage.read(), List.of());
        assertThat(model.chosenProperty().get()).isEmpty();
    }
}
