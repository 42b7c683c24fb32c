// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.testing.Namespaces;
import dev.cairn.testing.NixDaemonProcess;
import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The window on a daemon that comes and goes. */
@ExtendWith(ApplicationExtension.class)
class DaemonWindowTest {
    @TempDir
    private Path home;

    private CairnWindow window;

    @Start
    void open(Stage stage) {
        Choices choices = new Choices(
                Optional.of(home.resolve("nix-root")),
                Optional.empty(),
                Optional.of(home.resolve("nix-socket").toString()));
        Workspace workspace = Workspace.of(TestWindow.environment(home), choices, TestWindow.FROM_SOURCES, home);
        window = TestWindow.open(stage, workspace, home);
    }

    @AfterEach
    void close(FxRobot robot) throws Exception {
        robot.interact(() -> window.stage().close());
        window.close();
    }

    @Test
    void waitsForTheDaemonWorksWithItAndNoticesItsEnd(FxRobot robot) throws Exception {
        Namespaces.assumeUsable();
        DaemonJob.run(robot, window, () -> NixDaemonProcess.start(home), "nobody listens there");
    }
}
