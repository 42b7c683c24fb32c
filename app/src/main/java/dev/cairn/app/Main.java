// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.cli.CommandLineProgram;
import dev.cairn.app.cli.NoWindow;
import dev.cairn.app.tour.Tour;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.application.Application;

/** Where every start of Cairn begins: without a command the window, else the command line. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        Logs.toFolder(Folders.of(environment).state());
        Installation.here().useNativeLibraries();
        if (Choices.ofWindow(List.of(arguments)).isPresent()) {
            Window.openOnDisplay(environment, arguments);
        } else if (arguments[0].equals("tour")) {
            System.exit(Window.tour(environment, Arrays.copyOfRange(arguments, 1, arguments.length)));
        } else {
            System.exit(runCommand(environment, arguments));
        }
    }

    private static int runCommand(Map<String, String> environment, String... arguments) {
        try (Interruption _ = Interruption.ofThisThread()) {
            return CommandLineProgram.onStandardStreams(environment).run(arguments);
        }
    }

    /** What needs JavaFX, kept apart so that commands start without loading it. */
    static final class Window {
        /** Held on to, as the level of a logger that nobody holds is forgotten. */
        private static final Logger JAVAFX = Logger.getLogger("javafx");

        private Window() {}

        /** Opens the window and stays until it is closed, or says why that cannot be. */
        private static void openOnDisplay(Map<String, String> environment, String... arguments) {
            NoWindow trouble = new NoWindow(System.err, Folders.of(environment).state());
            if (environment.getOrDefault("DISPLAY", "").isEmpty()
                    && environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty()) {
                System.exit(trouble.noDisplay());
            }
            try {
                open(arguments);
            } catch (UnsupportedOperationException | LinkageError e) {
                System.exit(trouble.noToolkit(e));
            } catch (RuntimeException e) {
                System.exit(trouble.defect(e));
            }
            System.exit(0);
        }

        static void open(String... arguments) {
            calm();
            Application.launch(CairnApplication.class, arguments);
        }

        private static int tour(Map<String, String> environment, String... arguments) {
            calm();
            return Tour.run(arguments, environment, System.out, System.err);
        }

        /** JavaFX warns on standard error of being on the class path, which is no news to the user. */
        private static void calm() {
            JAVAFX.setLevel(Level.SEVERE);
        }
    }
}
