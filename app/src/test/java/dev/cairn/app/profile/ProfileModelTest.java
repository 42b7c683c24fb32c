// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.fake.Models;
import dev.cairn.daemon.DaemonException;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.packages.Specification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProfileModelTest {
    private final Models models = new Models();
    private final List<ProfileModel.Done> told = new ArrayList<>();

    @BeforeEach
    void listen() {
        models.profile.whenChanged(told::add);
    }

    @Test
    void readsAgainAfterAChangeAndTellsIt() throws Exception {
        models.with("fortune");
        models.preview.install(Specification.parse("hello"));
        models.settle();
        models.preview.apply();
        models.settle();
        assertThat(models.profile.installed().entries()).extracting(ManifestEntry::name)
                .containsExactly("hello", "fortune");
        assertThat(told).containsExactly(new ProfileModel.Done("Installed hello", 1, 2));
    }

    @Test
    void undoesTheLastChangeBySwitchingBack() throws Exception {
        readsAgainAfterAChangeAndTellsIt();
        assertThat(models.profile.canUndo()).isTrue();
        models.profile.undo("Undo", "Undone");
        models.settle();
        assertThat(models.profile.installed().generation()).isEqualTo(1);
        assertThat(models.profile.canUndo()).isFalse();
    }

    @Test
    void switchingCanBeUndoneAsWell() throws Exception {
        models.with("fortune").with("hello");
        models.profile.switchTo(1, "Switch", "Switched to generation 1");
        models.settle();
        models.profile.undo("Undo", "Undone");
        models.settle();
        assertThat(models.profile.installed().generation()).isEqualTo(2);
    }

    @Test
    void readsAgainAfterAChangeThatFailed() throws Exception {
        models.with("fortune");
        models.actions.with("hello");
        models.actions.failNext(new DaemonException.Cancelled());
        models.profile.switchTo(1, "Switch", "Switched");
        models.settle();
        assertThat(models.profile.installed().generation()).as("what somebody else made current").isEqualTo(2);
    }

    @Test
    void keepsWhatItKnewWhenReadingFails() throws Exception {
        models.with("fortune");
        models.actions.failNext(new DaemonException.StoreIo("no permission", Optional.of("Ask."), Optional.empty()));
        models.profile.refresh();
        models.settle();
        assertThat(models.profile.failureProperty().get().orElseThrow().message()).isEqualTo("No permission");
        assertThat(models.profile.installed().entries()).hasSize(1);
        models.profile.refresh();
        models.settle();
        assertThat(models.profile.failureProperty().get()).isEmpty();
    }
}
