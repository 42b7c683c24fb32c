// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.shell.SectionId;
import dev.cairn.app.shell.Theme;
import dev.cairn.app.shell.WindowState;
import dev.cairn.app.shell.WindowStateFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javafx.stage.Stage;

/** Opens the real window, as small as the headless screen needs it. */
final class TestWindow {
    /** What comes with Cairn, as it stands in the source tree. */
    static final Installation FROM_SOURCES = new Installation(
            Optional.of(Path.of(System.getProperty("cairn.root"), "ui-resources/src/main/resources/dev/cairn/ui")));

    private TestWindow() {}

    /** The variables of a user's processes. */
    static Map<String, String> environment(Path home) {
        return Map.of("HOME", home.toString(), "USER", "tester", "PATH", System.getenv("PATH"));
    }

    /** To be closed, which closes the workspace. */
    static CairnWindow open(Stage stage, Workspace workspace, Path home) {
        WindowStateFile stateFile = WindowStateFile.of(environment(home));
        stateFile.write(new WindowState(900, 600, false, Theme.LIGHT, SectionId.PACKAGES, false, 200));
        CairnWindow window = new CairnWindow(stage, Backend.of(workspace), stateFile);
        window.show();
        return window;
    }
}
