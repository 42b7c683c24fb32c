// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.shell.SectionId;
import dev.cairn.app.shell.Theme;
import dev.cairn.app.shell.WindowState;
import dev.cairn.app.shell.WindowStateFile;
import dev.cairn.app.task.FxTasks;
import dev.cairn.event.EventSink;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.profile.Generation;
import dev.cairn.testing.Namespaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javafx.scene.control.ComboBox;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
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
    private static final Installation FROM_SOURCES = new Installation(
            Optional.of(Path.of(System.getProperty("cairn.root"), "ui-resources/src/main/resources/dev/cairn/ui")));

    @TempDir
    private Path home;

    private Workspace workspace;
    private CairnWindow window;

    @Start
    void open(Stage stage) {
        workspace = Workspace.of(environment(), Choices.NONE, FROM_SOURCES, home);
        WindowStateFile stateFile = WindowStateFile.of(environment());
        stateFile.write(new WindowState(900, 600, false, Theme.LIGHT, SectionId.PACKAGES, false, 200));
        window = new CairnWindow(stage, Backend.of(workspace), new FxTasks(), stateFile);
        window.show();
    }

    @AfterEach
    void close(FxRobot robot) throws Exception {
        robot.interact(() -> window.stage().close());
        workspace.close();
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

        page.section(KeyCode.DIGIT6).awaitText("#roots", "Generation 2").click("#roots .check-box");
        page.awaitText("#storage-advice", "generation 2");
        page.click("#collect-garbage").click("#confirm-collection").awaitText("#storage-outcome", "Freed");
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
    void offersNearNamesForAMistypedOne(FxRobot robot) throws Exception {
        WindowPage page = new WindowPage(robot, window);
        page.search("zzzqqq").awaitText("#no-match", "No match for");
    }

    @Test
    void remembersHowItWasLeft(FxRobot robot) throws Exception {
        WindowPage page = new WindowPage(robot, window);
        page.section(KeyCode.DIGIT2).awaitText(".page", "Installed");
        robot.push(KeyCode.CONTROL, KeyCode.J);
        robot.interact(() -> window.stage().close());
        WindowState state = WindowStateFile.of(environment()).read();
        assertThat(state.section()).isEqualTo(SectionId.INSTALLED);
        assertThat(state.drawer()).isTrue();
        assertThat(Files.exists(home.resolve(".local/state/cairn/window.json"))).isTrue();
    }

    private void chooseOldestVersion(FxRobot robot) {
        ComboBox<?> versions = (ComboBox<?>) window.stage().getScene().lookup("#versions");
        robot.interact(() -> versions.getSelectionModel().selectLast());
    }

    private Map<String, String> environment() {
        return Map.of("HOME", home.toString(), "USER", "tester", "PATH", System.getenv("PATH"));
    }
}
