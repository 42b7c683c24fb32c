// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.fake.FakeCatalog;
import dev.cairn.app.fake.FakeProfile;
import dev.cairn.app.fake.Models;
import dev.cairn.app.operation.Operations;
import dev.cairn.app.profile.ProfileModel;
import dev.cairn.app.shell.Intent;
import dev.cairn.app.task.ManualTasks;
import dev.cairn.error.CairnException;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineViewModelTest {
    private final ManualTasks tasks = new ManualTasks();
    private final FakeProfile actions = new FakeProfile(FakeCatalog.sample());
    private final ProfileModel profile = new ProfileModel(actions, new Operations(tasks, tasks), tasks);
    private final Models navigator = new Models();
    private final TimelineViewModel model =
            new TimelineViewModel(profile, navigator, tasks, tasks, ZoneOffset.UTC);

    private void load() {
        profile.refresh();
        model.refresh();
        tasks.runAll();
    }

    private TimelineRow row(int number) {
        return model.rows().stream().filter(r -> r.number() == number).findFirst().orElseThrow();
    }

    @Test
    void isEmptyBeforeTheFirstChange() {
        load();

        assertThat(model.loadedProperty().get()).isTrue();
        assertThat(model.rows()).isEmpty();
        assertThat(model.canRollBackProperty().get()).isFalse();
    }

    @Test
    void showsTheNewestFirstWithWhatEachChanged() throws CairnException {
        actions.with("hello@2.10").with("hello", "fortune");
        load();

        assertThat(model.rows()).extracting(TimelineRow::number).containsExactly(2, 1);
        assertThat(row(1).added()).isEqualTo(1);
        assertThat(row(2).added()).isEqualTo(1);
        assertThat(row(2).upgraded()).isEqualTo(1);
        assertThat(row(2).isCurrent()).isTrue();
    }

    @Test
    void listsWhatIsGoneAndCannotSwitchToIt() throws CairnException {
        actions.with("hello@2.10").with("fortune").with("cowsay");
        actions.lose(2);
        load();

        assertThat(model.rows()).extracting(TimelineRow::gone).containsExactly(false, true, false);
        assertThat(row(3).added()).isZero();
        model.select(row(2));
        tasks.runAll();
        assertThat(model.selectedProperty().get()).hasValueSatisfying(chosen -> assertThat(chosen.gone()).isTrue());
        assertThat(model.detailsProperty().get()).isEmpty();
        model.switchToSelected();
        tasks.runAll();
        assertThat(row(3).isCurrent()).isTrue();
    }

    @Test
    void headsOnlyTheFirstOfADay() throws CairnException {
        actions.with("hello").with("fortune");
        load();

        assertThat(row(2).firstOfDay()).isTrue();
        assertThat(row(1).firstOfDay()).isFalse();
    }

    @Test
    void tellsHowTheChosenOneDiffersFromTheCurrentOne() throws CairnException {
        actions.with("hello").with("fortune");
        load();

        model.select(row(1));
        tasks.runAll();

        GenerationDetails details = model.detailsProperty().get().orElseThrow();
        assertThat(details.pair().before().number()).isEqualTo(2);
        assertThat(details.comparison().removed())
                .extracting(change -> change.entry().name())
                .containsExactly("fortune");
        assertThat(details.comparison().added()).isEmpty();
    }

    @Test
    void rollsBackToTheGenerationBefore() throws CairnException {
        actions.with("hello").with("fortune");
        load();

        model.rollBack();
        tasks.runAll();

        assertThat(profile.installed().generation()).isEqualTo(1);
        assertThat(row(1).isCurrent()).isTrue();
        assertThat(profile.canUndo()).isTrue();
    }

    @Test
    void marksWhatWasMadeAfterARollBack() throws CairnException {
        actions.with("hello").with("fortune");
        actions.switchTo(1);
        actions.with("cowsay");
        load();

        assertThat(row(3).branch()).isTrue();
        assertThat(row(2).branch()).isFalse();
        assertThat(row(3).added()).as("compared with its parent, generation 1").isEqualTo(1);
        assertThat(row(3).removed()).isZero();
    }

    @Test
    void switchesToTheChosenOneOnlyIfItIsAnother() throws CairnException {
        actions.with("hello").with("fortune");
        load();

        model.switchToSelected();
        assertThat(tasks.waiting()).isZero();

        model.selectNumber(1);
        tasks.runAll();
        model.switchToSelected();
        tasks.runAll();
        assertThat(profile.installed().generation()).isEqualTo(1);
    }

    @Test
    void namesAndPinsTheChosenOne() throws CairnException {
        actions.with("hello").with("fortune");
        load();
        model.selectNumber(1);
        tasks.runAll();

        assertThat(model.label(" the good one ")).isEmpty();
        tasks.runAll();
        model.togglePin();
        tasks.runAll();

        assertThat(row(1).title()).isEqualTo("the good one");
        assertThat(row(1).isPinned()).isTrue();
        assertThat(model.selectedProperty().get()).as("still shown").contains(row(1));

        model.togglePin();
        tasks.runAll();
        model.label("");
        tasks.runAll();
        assertThat(row(1).title()).isEqualTo(row(1).cause());
        assertThat(row(1).isPinned()).isFalse();
    }

    @Test
    void saysAtOnceWhatNoNameCanBe() throws CairnException {
        actions.with("hello");
        load();

        assertThat(model.label("12")).hasValueSatisfying(why -> assertThat(why.message()).contains("'12'"));
        assertThat(tasks.waiting()).isZero();
        assertThat(model.label("")).as("it has none").isEmpty();
        assertThat(tasks.waiting()).isZero();
    }

    @Test
    void leadsToWhereGenerationsAreDeletedUnlessTheyStay() throws CairnException {
        actions.with("hello").with("fortune").with("cowsay");
        actions.tag(2, tag -> tag.pinned(true));
        load();

        for (int number = 1; number <= 3; number++) {
            model.selectNumber(number);
            tasks.runAll();
            model.deleteSelected();
        }

        assertThat(navigator.visited).containsExactly(new Intent.DeleteGeneration(1));
    }

    @Test
    void followsTheCurrentOneUntilTheUserChooses() throws CairnException {
        actions.with("hello");
        load();
        actions.with("fortune");
        load();
        assertThat(model.selectedProperty().get()).map(TimelineRow::number).contains(2);

        model.selectNumber(1);
        actions.with("cowsay");
        load();
        assertThat(model.selectedProperty().get()).map(TimelineRow::number).contains(1);
    }

    @Test
    void rollsBackToWhatTheCurrentOneWasMadeFrom() throws CairnException {
        actions.with("hello").with("fortune");
        actions.switchTo(1);
        actions.with("cowsay");
        load();

        model.rollBack();
        tasks.runAll();

        assertThat(profile.installed().generation()).as("the parent of generation 3, not 2").isEqualTo(1);
    }

    @Test
    void comparesTheOlderOfTwoWithTheNewer() throws CairnException {
        actions.with("hello@2.10").with("hello").with("fortune");
        load();
        model.selectNumber(3);
        tasks.runAll();

        model.compareWith(row(1));
        tasks.runAll();

        GenerationDetails details = model.detailsProperty().get().orElseThrow();
        assertThat(details.pair()).isEqualTo(new GenerationPair(row(1), row(3)));
        assertThat(details.comparison().added()).extracting(change -> change.entry().name()).containsExactly("fortune");
        assertThat(details.comparison().upgraded()).hasSize(1);
        assertThat(model.sizesProperty().get()).contains(new ClosureSizes(1_000_000, 2_000_000));

        model.endComparing();
        assertThat(model.comparedProperty().get()).isEmpty();
        assertThat(model.selectedProperty().get()).contains(row(3));
    }

    @Test
    void movesTheSecondOneByRowsUntilItIsTheFirstAgain() throws CairnException {
        actions.with("hello").with("fortune").with("cowsay");
        load();

        model.extend(-1);
        assertThat(model.comparedProperty().get()).as("there is no row above").isEmpty();
        model.extend(1);
        model.extend(1);
        model.extend(1);
        assertThat(model.comparedProperty().get()).contains(row(1));
        model.extend(-1);
        model.extend(-1);
        assertThat(model.comparedProperty().get()).isEmpty();
    }

    @Test
    void dropsAComparisonThatTheSelectionLeft() throws CairnException {
        actions.with("hello").with("fortune").with("cowsay");
        load();
        model.compareWith(row(2));
        int before = actions.compared();
        model.compareWith(row(1));
        tasks.runAll();

        assertThat(actions.compared()).as("the first one was cancelled").isEqualTo(before + 1);
        assertThat(model.detailsProperty().get().orElseThrow().pair().before()).isEqualTo(row(1));
        assertThat(model.troubleProperty().get()).isEmpty();
        model.select(row(3));
        tasks.runAll();
        assertThat(model.detailsProperty().get()).as("the current one").isEmpty();
        assertThat(model.busyProperty().get()).isFalse();
    }

    @Test
    void keepsComparingWhileRowsAreReadAgainUntilOneIsDeleted() throws CairnException {
        actions.with("hello").with("fortune").with("cowsay");
        load();
        model.compareWith(row(1));
        tasks.runAll();
        model.refresh();
        tasks.runOne();
        assertThat(model.detailsProperty().get()).as("nothing flickers").isPresent();
        tasks.runAll();

        actions.deleteGenerations(List.of(1));
        model.refresh();
        tasks.runAll();
        assertThat(model.comparedProperty().get()).isEmpty();
    }

    @Test
    void saysWhyTwoCannotBeCompared() throws CairnException {
        actions.with("hello").with("fortune");
        load();
        actions.lose(1);
        model.compareWith(row(1));
        tasks.runAll();

        assertThat(model.troubleProperty().get()).isPresent();
        assertThat(model.failureProperty().get()).as("the list is still there").isEmpty();
        assertThat(model.busyProperty().get()).isFalse();
    }

    @Test
    void keepsAHalfTypedNameWhateverHappensMeanwhile() throws CairnException {
        actions.with("hello").with("fortune");
        load();
        model.selectNumber(1);
        tasks.runAll();
        model.draftProperty().set("before the cl");
        actions.tag(1, tag -> tag.pinned(true));
        model.refresh();
        tasks.runAll();

        assertThat(model.draftProperty().get()).isEqualTo("before the cl");
        assertThat(model.isDrafting()).isTrue();
        model.resetDraft();
        assertThat(model.draftProperty().get()).isEmpty();

        model.draftProperty().set("before the clean-up ");
        model.label(model.draftProperty().get());
        tasks.runAll();
        assertThat(model.isDrafting()).isFalse();
        model.selectNumber(2);
        assertThat(model.draftProperty().get()).isEmpty();
    }

    @Test
    void callsNothingABranchBecauseWhatItWasMadeFromIsDeleted() throws CairnException {
        actions.with("hello").with("fortune").with("cowsay");
        actions.deleteGenerations(List.of(2));
        load();

        assertThat(row(3).branch()).isFalse();
    }
}
