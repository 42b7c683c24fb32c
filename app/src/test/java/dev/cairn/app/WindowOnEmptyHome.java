// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** What tests of the real window share that begin with nothing: no store, no channel, no key. */
@ExtendWith(ApplicationExtension.class)
abstract class WindowOnEmptyHome {
    @TempDir
    Path home;

    Workspace workspace;
    CairnWindow window;

    @Start
    void open(Stage stage) {
        Installation nothing = new Installation(Optional.of(home.resolve("nothing")));
        workspace = Workspace.of(TestWindow.environment(home), Choices.NONE, nothing, home);
        window = TestWindow.open(stage, workspace, home);
    }

    @AfterEach
    void close(FxRobot robot) throws Exception {
        robot.interact(() -> window.stage().close());
        workspace.close();
    }
}
