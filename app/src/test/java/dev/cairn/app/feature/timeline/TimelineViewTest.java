// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.fake.FakeCatalog;
import dev.cairn.app.fake.FakeProfile;
import dev.cairn.app.fake.Models;
import dev.cairn.app.operation.Operations;
import dev.cairn.app.profile.ProfileModel;
import dev.cairn.app.task.ManualTasks;
import java.time.ZoneOffset;
import java.util.List;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The timeline with more generations than it can show at once. */
@ExtendWith(ApplicationExtension.class)
class TimelineViewTest {
    private static final int MANY = 60;

    private final ManualTasks tasks = new ManualTasks();
    private final FakeProfile actions = new FakeProfile(FakeCatalog.sample());
    private final ProfileModel profile = new ProfileModel(actions, new Operations(tasks, tasks), tasks);
    private final TimelineViewModel model =
            new TimelineViewModel(profile, new Models(), tasks, tasks, ZoneOffset.UTC);
    private Parent view;

    @Start
    void open(Stage stage) throws Exception {
        for (int i = 0; i < MANY; i++) {
            actions.with(i % 2 == 0 ? "hello@2.10" : "hello");
        }
        view = new TimelineSection(model).createView();
        stage.setScene(new Scene(view, 844, 560));
        stage.show();
        model.refresh();
        tasks.runAll();
    }

    private int firstSeen() {
        ListView<?> list = (ListView<?>) view.lookup("#generations");
        return ((VirtualFlow<?>) list.lookup(".virtual-flow")).getFirstVisibleCell().getIndex();
    }

    @Test
    void scrollsToTheDateThatIsClicked(FxRobot robot) {
        WaitForAsyncUtils.waitForFxEvents();
        Node scrubber = view.lookup("#date-scrubber");
        assertThat(scrubber.isVisible()).isTrue();
        assertThat(firstSeen()).isZero();

        Bounds bounds = scrubber.localToScreen(scrubber.getBoundsInLocal());
        robot.clickOn(bounds.getCenterX(), bounds.getMaxY() - 4);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(firstSeen()).isGreaterThan(MANY / 2);
    }

    @Test
    void showsNoDatesWhereAllRowsAreSeen() throws Exception {
        for (int number = 1; number < MANY - 2; number++) {
            actions.deleteGenerations(List.of(number));
        }
        WaitForAsyncUtils.asyncFx(() -> {
                    model.refresh();
                    tasks.runAll();
                })
                .get();
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(view.lookup("#date-scrubber").isVisible()).isFalse();
    }

    @Test
    void comparesWithTheRowThatIsClickedWhileControlIsHeld(FxRobot robot) {
        WaitForAsyncUtils.waitForFxEvents();
        TimelineCell cell = robot.from(view)
                .lookup((Node node) -> node instanceof TimelineCell found
                        && found.getItem() != null
                        && found.getItem().number() == MANY - 2)
                .query();
        // Made by hand, so that it does not depend on how a platform reports keys that a robot holds.
        robot.interact(() -> Event.fireEvent(cell, new MouseEvent(
                MouseEvent.MOUSE_PRESSED, 0, 0, 0, 0, MouseButton.PRIMARY, 1,
                false, true, false, false, true, false, false, false, false, true, null)));

        assertThat(model.selectedProperty().get()).map(TimelineRow::number).contains(MANY);
        assertThat(model.comparedProperty().get()).map(TimelineRow::number).contains(MANY - 2);
    }
}
