// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.shell.SectionId;
import dev.cairn.app.shell.WindowState;
import dev.cairn.app.shell.WindowStateFile;
import dev.cairn.daemon.DaemonException;
import dev.cairn.event.EventSink;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.profile.Generation;
import dev.cairn.testing.Namespaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The main job in the real window, on a real store with the bundled channel. */
@ExtendWith(ApplicationExtension.class)
class WindowFlowTest {
    /** The bundled channel as it is in the sources: where its jar is made, there is no folder on the class path. */
    @TempDir
    private Path home;

    private Workspace workspace;
    private CairnWindow window;

    @Start
    void open(Stage stage) {
        workspace = Workspace.of(TestWindow.environment(home), Choices.NONE, TestWindow.FROM_SOURCES, home);
        window = TestWindow.open(stage, workspace, home);
    }

    @AfterEach
    void close(FxRobot robot) throws Exception {
        robot.interact(() -> window.stage().close());
        window.close();
    }

    @Test
    void installsUpgradesRemovesAndUndoes(FxRobot robot) throws Exception {
        Namespaces.assumeUsable();
        WindowPage page = new WindowPage(robot, window);

        page.search("hell").openFirst("hello");
        page.awaitText("#meaning", "built here");
        chooseOldestVersion(robot);
        page.awaitText("#details", "Version 1.0").click("#details-install").awaitText("#preview", "Install hello@1.0");
        page.apply().awaitGeneration(1).awaitText(".toasts", "Generation 1");
        assertThat(workspace.layout().launchers().resolve("hello")).isExecutable();
        page.awaitText("#run", "cairn run hello");

        page.section(KeyCode.DIGIT3).awaitText("#updates", "hello").click("#upgrade-all").apply().awaitGeneration(2);
        assertThat(window.profile().installed().entries()).extracting(ManifestEntry::version).containsExactly("2.1");

        page.section(KeyCode.DIGIT2).clickText("#installed", "Remove").awaitText("#preview", "Removes").apply();
        page.awaitGeneration(3);
        assertThat(window.profile().installed().entries()).isEmpty();
        assertThat(workspace.layout().launchers().resolve("hello")).doesNotExist();

        robot.push(KeyCode.CONTROL, KeyCode.Z);
        page.awaitGeneration(2);
        assertThat(workspace.layout().launchers().resolve("hello")).isExecutable();
    }

    @Test
    void showsTheGraphRollsBackAndCollectsGarbage(FxRobot robot) throws Exception {
        Namespaces.assumeUsable();
        WindowPage page = new WindowPage(robot, window);
        page.search("hello").openFirst("hello");
        chooseOldestVersion(robot);
        page.awaitText("#details", "Version 1.0").click("#details-install").apply().awaitGeneration(1);

        page.awaitText("#run", "cairn run hello");
        page.click("#details-show-graph").click("#graph-outline").awaitText("#graph-outline-tree", "shlib-args");

        page.section(KeyCode.DIGIT3).awaitText("#updates", "hello").click("#upgrade-all").apply().awaitGeneration(2);
        page.section(KeyCode.DIGIT5).awaitText("#generations", "Upgraded").click("#roll-back").awaitGeneration(1);
        assertThat(window.profile().installed().entries()).extracting(ManifestEntry::version).containsExactly("1.0");

        // The list looks at the generation that is current now; before, the row that is clicked is the chosen one already.
        page.awaitText(".details", "Generation 1");
        page.click("#generations .list-cell").awaitText(".details", "Generation 2");
        robot.push(KeyCode.SHIFT, KeyCode.DOWN);
        page.awaitText(".details", "Generation 1 → 2").awaitText("#difference", "1.0 → ");
        page.awaitText("#difference-size", "with all that it needs");
        robot.push(KeyCode.ESCAPE);
        page.awaitHidden("#compare-end").click("#generation-label");
        robot.write("no").push(KeyCode.ESCAPE);
        page.awaitHidden("#generation-label-save");

        page.section(KeyCode.DIGIT6).awaitText("#roots", "Generation 2").click("#roots .check-box");
        page.awaitText("#storage-advice", "generation 2");
        page.click("#storage-map").awaitText("#storage-chosen", "needed by").click("#items-all");
        page.awaitText("#all-items", " kB").click("#items-map");
        page.click("#collect-garbage").click("#confirm-collection").awaitText("#storage-waiting", "generation 2");
        page.click("#collect-undo").awaitHidden("#storage-waiting");
        assertThat(workspace.profile().generations()).hasSize(2);

        page.section(KeyCode.DIGIT5).awaitText("#generations", "Upgraded").click("#generations .list-cell");
        page.awaitText(".details", "Generation 2").click("#generation-label");
        robot.write("the newer").push(KeyCode.ENTER);
        page.awaitText("#generations", "the newer").click("#generation-pin").awaitText("#generation-pin", "Unpin");
        page.section(KeyCode.DIGIT6).awaitText("#roots", "the newer").awaitGone("#roots .check-box");
        page.section(KeyCode.DIGIT5).click("#generation-pin").awaitIdle();
        page.awaitText(".details", "Generation 2")
                .click("#generation-delete")
                .awaitText("#storage-advice", "generation 2");

        page.click("#collect-garbage").click("#confirm-collection").awaitText("#storage-waiting", "generation 2");
        page.click("#collect-now").awaitText("#storage-outcome", "Freed");
        assertThat(workspace.profile().generations()).extracting(Generation::number).containsExactly(1);
        assertThat(workspace.daemon().verify(true, EventSink.NONE).isSound()).isTrue();
    }

    @Test
    void cancellingThePreviewChangesNothing(FxRobot robot) throws Exception {
        WindowPage page = new WindowPage(robot, window);
        page.search("hello").openFirst("hello").click("#details-install").awaitText("#preview", "Adds");
        robot.push(KeyCode.ESCAPE);
        assertThat(window.operations().all()).isEmpty();
        assertThat(window.profile().installed().generation()).isZero();
    }

    @Test
    void marksPackagesAndChangesThemTogether(FxRobot robot) throws Exception {
        WindowPage page = new WindowPage(robot, window);
        page.search("hello").openFirst("hello");
        robot.push(KeyCode.SPACE);
        page.awaitText("#marked", "hello").search("calc").openFirst("calc");
        robot.push(KeyCode.SPACE);
        page.awaitText("#marked", "2 marked: hello, calc").click("#review-marked");
        page.awaitText("#preview", "Change 2 packages").awaitText("#preview", "Adds");
    }

    @Test
    void asksBeforeItClosesWhatRuns(FxRobot robot) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        robot.interact(() -> window.operations().run("Wait a while", 0, _ -> wait(ended), _ -> {}));
        robot.interact(() -> window.stage().fireEvent(
                new WindowEvent(window.stage(), WindowEvent.WINDOW_CLOSE_REQUEST)));
        WindowPage page = new WindowPage(robot, window);
        page.awaitText("#closing", "Wait a while is still running").click("#closing-stay").awaitGone("#closing");
        assertThat(window.stage().isShowing()).isTrue();
        ended.countDown();
        page.awaitIdle();
    }

    private static boolean wait(CountDownLatch ended) throws DaemonException.Cancelled {
        try {
            return ended.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException _) {
            throw new DaemonException.Cancelled();
        }
    }

    @Test
    void offersNearNamesForAMistypedOne(FxRobot robot) throws Exception {
        WindowPage page = new WindowPage(robot, window);
        page.search("zzzqqq").awaitText("#no-match", "No match for");
    }

    @Test
    void remembersHowItWasLeft(FxRobot robot) throws Exception {
        WindowPage page = new WindowPage(robot, window);
        page.section(KeyCode.DIGIT2).awaitText(".page", "Installed");
        robot.push(KeyCode.CONTROL, KeyCode.J);
        robot.interact(() -> {
            Node bar = window.stage().getScene().lookup(".activity-bar");
            assertThat(bar.localToScene(bar.getBoundsInLocal()).getMaxY())
                    .as("the rail leaves room for the drawer in the smallest window")
                    .isLessThanOrEqualTo(window.stage().getScene().getHeight());
        });
        robot.interact(() -> window.stage().close());
        WindowState state = WindowStateFile.of(TestWindow.environment(home)).read();
        assertThat(state.section()).isEqualTo(SectionId.INSTALLED);
        assertThat(state.drawer()).isTrue();
        assertThat(Files.exists(home.resolve(".local/state/cairn/window.json"))).isTrue();
    }

    private void chooseOldestVersion(FxRobot robot) {
        robot.interact(() -> ((ComboBox<?>) window.stage().getScene().lookup("#versions"))
                .getSelectionModel()
                .selectLast());
    }
}
