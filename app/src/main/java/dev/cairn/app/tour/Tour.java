// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.tour;

import dev.cairn.app.Backend;
import dev.cairn.app.CairnWindow;
import dev.cairn.app.Choices;
import dev.cairn.app.Installation;
import dev.cairn.app.Workspace;
import dev.cairn.app.shell.WindowStateFile;
import dev.cairn.error.CairnException;
import dev.cairn.fs.FileTrees;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import javafx.stage.Stage;

/**
 * {@code cairn tour DIR}: opens the real window without a display, on a store that is thrown away, does what people do
 * with it by mouse and keyboard, and writes a picture of every step to a folder. Ends the JVM's JavaFX runtime.
 */
public final class Tour {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final String SIZE = "{\"width\":%d,\"height\":%d}";
    private static final int WIDTH = 1180;
    private static final int HEIGHT = 760;

    private Tour() {}

    /** Must come before anything of JavaFX is touched: draw without a display and without a graphics card. */
    public static void useHeadlessPlatform() {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        // A window wider than the pretended screen would be cut to it.
        System.setProperty("headless.geometry", "1600x1200");
    }

    /**
     * Takes the tour.
     *
     * @param arguments the folder for the pictures, made if it is missing
     * @param environment the variables of the process; only what is not about folders of the user is used
     * @return the exit code of the process
     */
    public static int run(String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (arguments.length != 1 || arguments[0].startsWith("-")) {
            err.println("usage: cairn tour DIR");
            err.println("Drives the window through its main job on a throw-away store; pictures go to DIR.");
            return arguments.length == 1 && arguments[0].equals("--help") ? 0 : USAGE;
        }
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        try {
            Files.createDirectories(folder);
            Path home = Files.createTempDirectory("cairn-tour");
            try {
                return take(folder, home, environment, out, err);
            } finally {
                FileTrees.delete(home);
            }
        } catch (IOException e) {
            err.println("cairn: error: cannot write to '" + folder + "': " + e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static int take(
            Path folder, Path home, Map<String, String> environment, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        useHeadlessPlatform();
        Path stateFile = home.resolve("window.json");
        Files.writeString(stateFile, String.format(SIZE, WIDTH, HEIGHT));
        Workspace made = Workspace.of(throwAway(home, environment), Choices.NONE, Installation.here(), machine(home));
        try (CairnWindow window = open(made, stateFile)) {
            Guide guide = new Guide(window, folder, out::println);
            new Itinerary(guide).walk();
            guide.onFx(() -> {
                window.stage().close();
                return null;
            });
            return 0;
        } catch (TourException e) {
            err.println("cairn: error: the tour stopped: " + e.getMessage());
            return FAILED;
        } catch (CairnException e) {
            err.println("cairn: error: " + e.getMessage());
            e.hint().ifPresent(hint -> err.println("hint: " + hint));
            return FAILED;
        } finally {
            Platform.exit();
        }
    }

    /** Made up, so that the tour is the same everywhere: a machine whose apt names an archive on its own disk. */
    private static Path machine(Path home) throws IOException {
        Path machine = home.resolve("machine");
        Files.createDirectories(machine.resolve("etc/apt"));
        Files.writeString(machine.resolve("etc/os-release"), "ID=debian\n");
        Files.writeString(machine.resolve("etc/apt/sources.list"), "deb file:/srv/mirror stable main\n");
        return machine;
    }

    private static Map<String, String> throwAway(Path home, Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.keySet().removeIf(name -> name.startsWith("XDG_") || name.startsWith("CAIRN_"));
        variables.put("HOME", home.toString());
        variables.put("USER", "guest");
        return variables;
    }

    private static CairnWindow open(Workspace workspace, Path stateFile) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        Platform.startup(started::countDown);
        started.await();
        Platform.setImplicitExit(false);
        AtomicReference<CairnWindow> window = new AtomicReference<>();
        CountDownLatch shown = new CountDownLatch(1);
        Platform.runLater(() -> {
            try {
                CairnWindow made =
                        new CairnWindow(new Stage(), Backend.of(workspace), new WindowStateFile(stateFile));
                made.show();
                window.set(made);
            } finally {
                shown.countDown();
            }
        });
        shown.await();
        if (window.get() == null) {
            throw new TourException("the window could not be made; the log tells why");
        }
        return window.get();
    }
}
