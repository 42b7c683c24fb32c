// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** What to say where the window cannot be opened. The launcher of a source tree finds out most of it before. */
public final class NoWindow {
    private final PrintStream err;
    private final Path state;

    /** @param state the folder for reports of defects */
    public NoWindow(PrintStream err, Path state) {
        this.err = err;
        this.state = state;
    }

    /** There is no display. @return the exit code */
    public int noDisplay() {
        return say("window.no-display", "window.no-display.hint");
    }

    /** JavaFX found no way to open a window. @return the exit code */
    public int noToolkit(Throwable reason) {
        DefectReport.write(state, reason, List.of());
        return say("window.no-toolkit", "window.no-toolkit.hint");
    }

    /** The window could not be made, which is a defect. @return the exit code */
    public int defect(Throwable reason) {
        return new ErrorPrinter(err, state).defect(reason, List.of());
    }

    private int say(String message, String hint) {
        err.println("cairn: " + Texts.text("error", Texts.text(message)));
        err.println(Texts.text("hint", Texts.text(hint)));
        return ExitCode.FAILURE;
    }
}
