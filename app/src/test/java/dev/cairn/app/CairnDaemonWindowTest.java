// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.fs.FileTrees;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.testing.Namespaces;
import java.nio.file.Files;
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

/** The window on Cairn's own daemon. */
@ExtendWith(ApplicationExtension.class)
class CairnDaemonWindowTest {
    @TempDir
    private Path home;

    private Path sockets;
    private StoreLayout layout;
    private CairnWindow window;

    @Start
    void open(Stage stage) throws Exception {
        // Folders of tests may have names that are too long for a socket.
        sockets = Files.createTempDirectory("cw");
        layout = new StoreLayout(StoreDirectory.GNU, home.resolve("served"));
        Choices choices = new Choices(
                Optional.of(layout.root()), Optional.empty(), Optional.of(sockets.resolve("socket").toString()));
        Workspace workspace = Workspace.of(TestWindow.environment(home), choices, TestWindow.FROM_SOURCES, home);
        window = TestWindow.open(stage, workspace, home);
    }

    @AfterEach
    void close(FxRobot robot) throws Exception {
        robot.interact(() -> window.stage().close());
        window.close();
        FileTrees.delete(sockets);
    }

    @Test
    void worksAsOnTheOwnStore(FxRobot robot) throws Exception {
        Namespaces.assumeUsable();
        DaemonJob.run(
                robot,
                window,
                () -> ServedStore.serve(layout, sockets.resolve("socket")),
                "there is no such socket");
    }
}
