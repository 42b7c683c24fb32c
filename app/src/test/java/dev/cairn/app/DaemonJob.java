// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.manifest.ManifestEntry;
import javafx.scene.input.KeyCode;
import org.testfx.api.FxRobot;

/** What a window does on whatever daemon: waits for it, works with it, notices its end, and goes on with the next. */
final class DaemonJob {
    private DaemonJob() {}

    /** Starts the daemon that the window is to use; closing the result ends it. */
    interface Start {
        AutoCloseable daemon() throws Exception;
    }

    /**
     * Does it.
     *
     * @param gone what the window says of the daemon after its end
     */
    // The daemon is there as long as it is not closed.
    @SuppressWarnings("try")
    static void run(FxRobot robot, CairnWindow window, Start start, String gone) throws Exception {
        WindowPage page = new WindowPage(robot, window);
        page.awaitText("#connection", "there is no such socket");
        try (AutoCloseable _ = start.daemon()) {
            page.click("#reconnect").awaitHidden("#connection");
            page.search("hello").openFirst("hello").click("#details-install").apply().awaitGeneration(1);
            assertThat(window.profile().installed().entries())
                    .extracting(ManifestEntry::name)
                    .containsExactly("hello");
            page.section(KeyCode.DIGIT2).clickText("#installed", "Remove").awaitText("#preview", "Removes").apply();
            page.awaitGeneration(2);
            robot.push(KeyCode.CONTROL, KeyCode.Z);
            page.awaitGeneration(1);
            page.section(KeyCode.DIGIT6).awaitText("#roots", "Generation 2");
        }
        robot.push(KeyCode.F5);
        page.awaitText("#connection", gone);
        try (AutoCloseable _ = start.daemon()) {
            page.click("#reconnect").awaitHidden("#connection");
            page.awaitText("#roots", "Generation 2");
        }
    }
}
