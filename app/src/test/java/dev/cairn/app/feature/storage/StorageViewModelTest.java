// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.fake.FakeCatalog;
import dev.cairn.app.fake.FakeProfile;
import dev.cairn.app.operation.Operations;
import dev.cairn.app.profile.ProfileModel;
import dev.cairn.app.task.ManualTasks;
import dev.cairn.error.CairnException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StorageViewModelTest {
    private final ManualTasks tasks = new ManualTasks();
    private final FakeProfile actions = new FakeProfile(FakeCatalog.sample());
    private final Operations operations = new Operations(tasks, tasks);
    private final ProfileModel profile = new ProfileModel(actions, operations, tasks);
    private final FakeStorage storage = new FakeStorage(actions, "old-1", "old-2");
    private final StorageViewModel model = new StorageViewModel(storage, profile, operations, tasks);

    @BeforeEach
    void twoGenerations() throws CairnException {
        actions.with("hello").with("fortune");
        profile.refresh();
        model.refresh();
        tasks.runAll();
    }

    private StorageViewModel.RootRow generation(int number) {
        return model.roots().stream()
                .filter(row -> row.root().generation().orElseThrow().number() == number)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void saysWhatCanBeFreedWithoutLosingAnything() {
        assertThat(model.adviceProperty().get()).contains("2.00 MB").contains("without losing anything");
    }

    @Test
    void listsGenerationsNewestFirstWithWhatOnlyTheyKeep() {
        assertThat(model.roots()).extracting(row -> row.root().generation().orElseThrow().number())
                .containsExactly(2, 1);
        assertThat(generation(1).exclusiveBytes()).isEqualTo(1_000_000);
    }

    @Test
    void markingAGenerationAddsWhatItKeeps() {
        model.mark(generation(1), true);

        assertThat(model.adviceProperty().get()).contains("3.00 MB").contains("generation 1");
        assertThat(generation(1).marked()).isTrue();

        model.mark(generation(1), false);
        assertThat(generation(1).marked()).isFalse();
    }

    @Test
    void theCurrentGenerationCannotBeMarked() {
        model.mark(generation(2), true);

        assertThat(generation(2).marked()).isFalse();
    }

    @Test
    void asksBeforeItDeletes() {
        model.previewCollection();
        tasks.runAll();

        assertThat(model.previewOpenProperty().get()).isTrue();
        assertThat(model.previewProperty().get().orElseThrow().count()).isEqualTo(2);
        assertThat(model.previewProperty().get().orElseThrow().exact()).isTrue();

        model.previewOpenProperty().set(false);
        model.collect();
        tasks.runAll();
        assertThat(model.snapshotProperty().get().orElseThrow().deadCount()).isEqualTo(2);
    }

    @Test
    void changesNothingUntilItIsTooLateToTakeItBack() {
        model.mark(generation(1), true);
        model.previewCollection();
        tasks.runAll();
        model.collect();
        tasks.pass(Duration.ofSeconds(29));
        tasks.runAll();

        assertThat(model.awaitingProperty().get()).isTrue();
        assertThat(model.noticeProperty().get()).contains("in 1 second.");
        assertThat(operations.all()).isEmpty();
        model.previewCollection();
        assertThat(model.previewOpenProperty().get()).as("one at a time").isFalse();

        assertThat(model.undo()).isTrue();
        tasks.pass(Duration.ofMinutes(2));
        tasks.runAll();
        assertThat(model.awaitingProperty().get()).isFalse();
        assertThat(model.undo()).isFalse();
        assertThat(model.roots()).hasSize(2);
        assertThat(generation(1).marked()).as("for another try").isTrue();
        assertThat(tasks.timers()).isZero();
    }

    @Test
    void collectsAtOnceIfTheUserDoesNotWantToWait() {
        model.previewCollection();
        tasks.runAll();
        model.collect();
        model.collectNow();
        tasks.runAll();

        assertThat(model.outcomeProperty().get().orElseThrow()).contains("2 items");
        tasks.pass(Duration.ofMinutes(1));
        assertThat(operations.all()).as("once").hasSize(1);
    }

    @Test
    void generationsThatArePinnedCannotBeMarked() throws CairnException {
        actions.tag(1, tag -> tag.labelled("the good one").pinned(true));
        model.refresh();
        tasks.runAll();

        model.mark(generation(1), true);
        model.markNumber(1);

        assertThat(generation(1).marked()).isFalse();
        assertThat(generation(1).title()).contains("the good one");
        assertThat(generation(1).detail()).contains("Pinned");
        assertThat(model.adviceProperty().get()).contains("without losing anything");
    }

    @Test
    void marksTheGenerationThatTheTimelineSends() {
        model.markNumber(1);

        assertThat(generation(1).marked()).isTrue();
    }

    @Test
    void collectsWhatWasConfirmedAndReportsIt() {
        model.mark(generation(1), true);
        model.previewCollection();
        tasks.runAll();
        assertThat(model.previewProperty().get().orElseThrow().generations()).containsExactly(1);

        model.collect();
        assertThat(model.noticeProperty().get()).contains("generation 1").contains("30 seconds");
        tasks.pass(Duration.ofSeconds(30));
        tasks.runAll();

        assertThat(model.noticeProperty().get()).isEmpty();
        assertThat(model.outcomeProperty().get().orElseThrow()).contains("3.00 MB").contains("3 items");
        assertThat(model.snapshotProperty().get().orElseThrow().deadCount()).isZero();
        assertThat(model.roots()).hasSize(1);
        assertThat(model.previewOpenProperty().get()).isFalse();
    }

    @Test
    void keepsWhatItSawWhenLookingAgainFails() {
        storage.unreachable(true);
        model.refresh();
        tasks.runAll();
        assertThat(model.snapshotProperty().get()).isPresent();
        assertThat(model.staleProperty().get())
                .isEqualTo("Nobody listens. What is shown here is how the store was before.");

        storage.unreachable(false);
        model.refresh();
        tasks.runAll();
        assertThat(model.staleProperty().get()).isEmpty();
    }
}
