// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.tour;

import dev.cairn.app.CairnWindow;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;

/**
 * Hands and eyes in front of the window: moves the mouse, presses keys, waits until something is so, takes pictures.
 * Works from a thread of its own, because the window's must stay free to react.
 */
final class Guide {
    private static final long PATIENCE_MILLIS = 60_000;
    private static final long LOOK_MILLIS = 25;
    private static final long SETTLE_MILLIS = 350;

    private final CairnWindow window;
    private final Path folder;
    private final Consumer<String> narrator;
    private final Robot robot;
    private int pictures;

    /**
     * @param folder where pictures go
     * @param narrator told of each picture
     */
    Guide(CairnWindow window, Path folder, Consumer<String> narrator) throws InterruptedException {
        this.window = window;
        this.folder = folder;
        this.narrator = narrator;
        this.robot = onFx(Robot::new);
    }

    /** Clicks the middle of the node that a CSS selector finds, once it can be clicked. */
    void click(String selector) throws InterruptedException {
        waitFor(selector + " to be clickable", () -> find(selector).isPresent());
        settle();
        onFx(() -> {
            Node node = find(selector).orElseThrow(() -> new IllegalStateException(selector + " went away"));
            Bounds bounds = node.localToScreen(node.getBoundsInLocal());
            robot.mouseMove(bounds.getCenterX(), bounds.getCenterY());
            robot.mouseClick(MouseButton.PRIMARY);
            return null;
        });
    }

    /** Moves the mouse out of the way, so that no picture shows something hovered by chance. */
    void restMouse() throws InterruptedException {
        onFx(() -> {
            robot.mouseMove(window.stage().getX() + 4, window.stage().getY() + 400);
            return null;
        });
    }

    /** Types lower-case letters, digits and hyphens, one by one. */
    void type(String text) throws InterruptedException {
        for (char c : text.toCharArray()) {
            KeyCode code = c == '-' ? KeyCode.MINUS : KeyCode.getKeyCode(String.valueOf(Character.toUpperCase(c)));
            press(code);
        }
    }

    /** Puts a text into a field, as if it were pasted. */
    void enter(String selector, String text) throws InterruptedException {
        waitFor(selector, () -> find(selector).isPresent());
        onFx(() -> {
            ((TextInputControl) find(selector).orElseThrow()).setText(text);
            return null;
        });
    }

    /** Presses a button with the keyboard, wherever on its page it is. */
    void press(String selector) throws InterruptedException {
        waitFor(selector, () -> find(selector).isPresent());
        onFx(() -> {
            find(selector).orElseThrow().requestFocus();
            return null;
        });
        press(KeyCode.SPACE);
    }

    /** Shows the beginning of a page that scrolls. */
    void scrollUp(String selector) throws InterruptedException {
        onFx(() -> {
            ((ScrollPane) find(selector).orElseThrow()).setVvalue(0);
            return null;
        });
    }

    void press(KeyCode code) throws InterruptedException {
        onFx(() -> {
            robot.keyType(code);
            return null;
        });
    }

    /** Presses a key while Ctrl is held. */
    void pressWithControl(KeyCode code) throws InterruptedException {
        pressWith(KeyCode.CONTROL, code);
    }

    /** Presses a key while Shift is held. */
    void pressWithShift(KeyCode code) throws InterruptedException {
        pressWith(KeyCode.SHIFT, code);
    }

    private void pressWith(KeyCode held, KeyCode code) throws InterruptedException {
        onFx(() -> {
            robot.keyPress(held);
            robot.keyType(code);
            robot.keyRelease(held);
            return null;
        });
    }

    /** Waits until something that is asked on the window's thread is so. */
    void waitFor(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (!onFx(condition::getAsBoolean)) {
            if (System.nanoTime() > end) {
                throw new TourException("waited in vain for " + what);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** Waits until a visible node has a text in or below it. */
    void waitForText(String selector, String text) throws InterruptedException {
        waitFor(
                "'" + text + "' in " + selector,
                () -> find(selector).filter(node -> ShownText.of(node).contains(text)).isPresent());
    }

    /** Takes a picture of what the window shows, once animations have ended. */
    void picture(String name) throws InterruptedException {
        restMouse();
        settle();
        pictures++;
        Path file = folder.resolve(String.format("%02d-%s.png", pictures, name));
        onFx(() -> {
            Scene scene = window.stage().getScene();
            scene.getRoot().applyCss();
            scene.getRoot().layout();
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                PngWriter.write(scene.snapshot(null), out);
            }
            return null;
        });
        narrator.accept(file.toString());
    }

    /** Whether a node that a selector finds can be seen; on the window's thread. */
    boolean isShown(String selector) {
        return find(selector).isPresent();
    }

    CairnWindow window() {
        return window;
    }

    /** Gives the window's contents another size, in pixels. */
    void resize(double width, double height) throws InterruptedException {
        onFx(() -> {
            Scene scene = window.stage().getScene();
            window.stage().setWidth(window.stage().getWidth() + width - scene.getWidth());
            window.stage().setHeight(window.stage().getHeight() + height - scene.getHeight());
            return null;
        });
    }

    /** Runs something on the window's thread and waits for its result. */
    <T> T onFx(Callable<T> action) throws InterruptedException {
        FutureTask<T> task = new FutureTask<>(action);
        Platform.runLater(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw new TourException("cannot write a picture: " + io, io);
                case RuntimeException unchecked -> throw unchecked;
                case Throwable other -> throw new IllegalStateException(other);
            }
        }
    }

    private void settle() throws InterruptedException {
        Thread.sleep(SETTLE_MILLIS);
    }

    private Optional<Node> find(String selector) {
        return window.stage().getScene().getRoot().lookupAll(selector).stream()
                .filter(Guide::isUsable)
                .findFirst();
    }

    private static boolean isUsable(Node node) {
        boolean seen = !node.isDisabled() && node.getScene() != null;
        for (Node n = node; n != null && seen; n = n.getParent()) {
            seen = n.isVisible();
        }
        Bounds bounds = node.getBoundsInLocal();
        return seen && bounds.getWidth() > 0 && bounds.getHeight() > 0;
    }
}
