// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.fake.Models;
import dev.cairn.daemon.DaemonException;
import dev.cairn.packages.Specification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Parent;
import org.junit.jupiter.api.Test;
import org.kordamp.ikonli.Ikon;

class ShellViewModelTest {
    private final Models models = new Models();
    private final List<String> calls = new ArrayList<>();
    private final ToastsViewModel toasts = new ToastsViewModel(models.tasks);
    private final ShellViewModel shell = shell(WindowState.INITIAL);

    @Test
    void ordersSectionsAsTheRailDoes() {
        assertThat(shell.sections()).extracting(Section::id)
                .containsExactly(SectionId.PACKAGES, SectionId.TIMELINE, SectionId.SETTINGS);
    }

    @Test
    void showsTheSectionThatWasShownLast() {
        WindowState state = new WindowState(1000, 700, false, Theme.DARK, SectionId.SETTINGS, true, 200);
        assertThat(shell(state).currentProperty().get().id()).isEqualTo(SectionId.SETTINGS);
        assertThat(shell(state).drawerProperty().get()).isTrue();
    }

    @Test
    void goesWhereAnIntentSaysAndNowhereForASectionThatIsNotThere() {
        shell.show(new Intent.ShowGeneration(4));
        assertThat(calls).containsExactly("shown TIMELINE", "open TIMELINE");
        shell.show(SectionId.STORAGE);
        assertThat(shell.currentProperty().get().id()).isEqualTo(SectionId.TIMELINE);
        assertThat(shell.has(SectionId.STORAGE)).isFalse();
    }

    @Test
    void searchesPackagesFromASectionWithoutSearch() {
        shell.show(SectionId.SETTINGS);
        shell.search();
        assertThat(shell.currentProperty().get().id()).isEqualTo(SectionId.PACKAGES);
        assertThat(calls).endsWith("shown PACKAGES", "search PACKAGES");
    }

    @Test
    void tellsAChangeWithItsGenerationAndOffersUndo() throws Exception {
        install("fortune");
        ToastsViewModel.Toast toast = toasts.shown().getFirst();
        assertThat(toast.text()).isEqualTo("Installed fortune \u00b7 Generation 1");
        assertThat(toast.actions()).extracting(ToastsViewModel.Action::label).containsExactly("Undo");
        toast.actions().getFirst().run().run();
        models.tasks.runAll();
        assertThat(models.profile.installed().generation()).isZero();
        assertThat(toasts.shown()).extracting(ToastsViewModel.Toast::text).contains("Undone \u00b7 Generation 0");
    }

    @Test
    void saysThatThereIsNothingToUndo() {
        shell.undo();
        assertThat(toasts.shown()).hasSize(1);
        assertThat(models.operations.all()).isEmpty();
    }

    @Test
    void tellsAFailureAndOffersTheLogAndRetry() {
        models.operations.run(
                "Install hello",
                0,
                _ -> {
                    throw new DaemonException.StoreIo("disk full", Optional.empty(), Optional.empty());
                },
                _ -> {});
        models.tasks.runAll();
        ToastsViewModel.Toast toast = toasts.shown().getFirst();
        assertThat(toast.text()).isEqualTo("Install hello failed");
        assertThat(toast.detail()).isEqualTo("Disk full");
        toast.actions().getFirst().run().run();
        assertThat(shell.drawerProperty().get()).isTrue();
    }

    @Test
    void readsChannelsProfileAndSectionAgain() throws Exception {
        models.actions.with("fortune");
        shell.refresh();
        models.settle();
        assertThat(models.channelActions.rereads()).isEqualTo(1);
        assertThat(models.profile.installed().generation()).isEqualTo(1);
        assertThat(calls).endsWith("refresh PACKAGES");
    }

    @Test
    void closesAtOnceWhenNothingRunsAndElseAsks() {
        shell.whenClosed(() -> calls.add("closed"));
        assertThat(shell.mayClose()).isTrue();
        models.operations.run("Install hello", 0, _ -> "", _ -> {});
        assertThat(shell.mayClose()).isFalse();
        assertThat(shell.closingProperty().get()).isTrue();
        assertThat(calls).isEmpty();
        shell.closeAnyway();
        assertThat(calls).containsExactly("closed");
    }

    @Test
    void asksNoLongerOnceWhatRanHasEnded() {
        models.operations.run("Install hello", 0, _ -> "", _ -> {});
        shell.mayClose();
        models.tasks.runAll();
        assertThat(shell.closingProperty().get()).isFalse();
        assertThat(shell.mayClose()).isTrue();
    }

    @Test
    void messagesGoAwayByThemselves() {
        toasts.say("hello");
        models.tasks.pass(Duration.ofSeconds(7));
        assertThat(toasts.shown()).isEmpty();
    }

    private void install(String name) throws Exception {
        models.preview.install(Specification.parse(name));
        models.tasks.runAll();
        models.preview.apply();
        models.tasks.runAll();
    }

    private ShellViewModel shell(WindowState state) {
        return new ShellViewModel(
                List.of(section(SectionId.SETTINGS), section(SectionId.PACKAGES), section(SectionId.TIMELINE)),
                models.operations,
                models.profile,
                models.channels,
                toasts,
                new SimpleObjectProperty<>(state.theme()),
                state);
    }

    private Section section(SectionId id) {
        return new Section() {
            @Override
            public SectionId id() {
                return id;
            }

            @Override
            public Ikon icon() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Parent createView() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void shown() {
                calls.add("shown " + id);
            }

            @Override
            public void refresh() {
                calls.add("refresh " + id);
            }

            @Override
            public void open(Intent intent) {
                calls.add("open " + id);
            }

            @Override
            public boolean search() {
                calls.add("search " + id);
                return id == SectionId.PACKAGES;
            }
        };
    }
}
