// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bridge.server.DaemonServer;
import dev.cairn.fs.FileTrees;
import dev.cairn.layout.StoreLayout;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.path.StoreDirectory;
import dev.cairn.testing.Namespaces;
import dev.cairn.testing.NixDaemonProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The window that changes from the own store to a daemon's and back. */
@ExtendWith(ApplicationExtension.class)
class StoreChangeWindowTest {
    @TempDir
    private Path home;

    private Path sockets;
    private CairnWindow window;

    @Start
    void open(Stage stage) throws Exception {
        // Folders of tests may have names that are too long for a socket.
        sockets = Files.createTempDirectory("cw");
        Workspace workspace = Workspace.of(TestWindow.environment(home), Choices.NONE, TestWindow.FROM_SOURCES, home);
        window = TestWindow.open(stage, workspace, home);
    }

    @AfterEach
    void close(FxRobot robot) throws Exception {
        robot.interact(() -> window.stage().close());
        window.close();
        FileTrees.delete(sockets);
    }

    @Test
    void changesToADaemonOnceNothingRunsAndBack(FxRobot robot) throws Exception {
        Namespaces.assumeUsable();
        WindowPage page = new WindowPage(robot, window);
        page.search("hello").openFirst("hello").click("#details-install").apply().awaitGeneration(1);

        choose(robot, page, sockets.resolve("socket").toString());
        page.awaitText("#daemon-note", "no such socket").awaitText("#daemon-note", "works with your own store");
        assertThat(window.profile().installed().generation()).isEqualTo(1);
        assertThat(setting()).doesNotExist();

        StoreLayout served = new StoreLayout(StoreDirectory.GNU, home.resolve("served"));
        Path socket = sockets.resolve("socket");
        try (DaemonServer _ = ServedStore.serve(served, socket)) {
            choose(robot, page, socket + "?root=" + home.resolve("elsewhere"));
            page.awaitText("#daemon-note", "its store is not in").awaitText("#daemon-note", "your own store");

            String address = socket + "?root=" + served.root();
            CountDownLatch done = new CountDownLatch(1);
            robot.interact(() -> window.operations().run("Something long", 0, _ -> await(done), _ -> { }));
            choose(robot, page, address);
            page.awaitText("#daemon-note", "as soon as this has ended: Something long");
            done.countDown();
            page.awaitText(".toasts", "now works with the daemon").awaitText("#daemon-note", address);
            assertThat(window.profile().installed().generation()).isZero();
            assertThat(window.operations().all()).isEmpty();
            assertThat(setting()).content().isEqualTo(address + "\n");
            page.section(KeyCode.DIGIT6).awaitText("#live-items", "0 live items");
            page.search("text").openFirst("textstat").click("#details-install").apply().awaitGeneration(1);
            assertThat(window.profile().installed().entries())
                    .extracting(ManifestEntry::name)
                    .containsExactly("textstat");

            choose(robot, page, "");
            page.awaitText("#daemon-note", "works with your own store").awaitText(".toasts", "your own store");
            page.section(KeyCode.DIGIT2).awaitText("#installed", "hello").awaitGeneration(1);
            assertThat(setting()).doesNotExist();
        }
    }

    @Test
    void changesToANixDaemonAndBack(FxRobot robot) throws Exception {
        Namespaces.assumeUsable();
        WindowPage page = new WindowPage(robot, window);
        page.search("hello").openFirst("hello");
        try (NixDaemonProcess _ = NixDaemonProcess.start(home)) {
            String address = "unix://" + home.resolve("nix-socket") + "?root=" + home.resolve("nix-root");
            choose(robot, page, address);
            page.awaitText("#daemon-note", "works with the daemon at " + address);
            page.search("hello").openFirst("hello").click("#details-install").apply().awaitGeneration(1);
            page.section(KeyCode.DIGIT6).awaitText("#roots", "Generation 1");
            assertThat(home.resolve("nix-root/nix/store")).isNotEmptyDirectory();
            choose(robot, page, "");
            page.awaitText("#daemon-note", "works with your own store");
            assertThat(window.profile().installed().entries()).isEmpty();
        }
    }

    private static boolean await(CountDownLatch done) {
        try {
            done.await();
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Path setting() {
        return home.resolve(".config/cairn/daemon");
    }

    private void choose(FxRobot robot, WindowPage page, String address) throws InterruptedException {
        page.section(KeyCode.DIGIT9).click("#daemon-address");
        robot.interact(() -> ((TextField) window.stage().getScene().lookup("#daemon-address")).setText(address));
        page.click("#daemon-choose");
    }
}
