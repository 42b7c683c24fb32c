// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The window as a user handles it: keys, clicks, and what can be read. */
final class WindowPage {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FxRobot robot;
    private final CairnWindow window;

    WindowPage(FxRobot robot, CairnWindow window) {
        this.robot = robot;
        this.window = window;
    }

    WindowPage search(String text) throws InterruptedException {
        robot.push(KeyCode.CONTROL, KeyCode.K);
        await("the search field", () -> node("#search").isFocused());
        robot.write(text);
        return this;
    }

    /** Opens the best match. */
    WindowPage openFirst(String name) throws InterruptedException {
        awaitText("#packages", name);
        robot.push(KeyCode.DOWN);
        awaitText("#details", name);
        return this;
    }

    WindowPage section(KeyCode digit) {
        robot.push(KeyCode.CONTROL, digit);
        return this;
    }

    WindowPage click(String selector) throws InterruptedException {
        return click(selector, () -> Optional.ofNullable(node(selector)).filter(_ -> shown(selector)));
    }

    /**
     * Clicks where it is, as soon as it can be clicked. All in one go, since a view may put it elsewhere, or another
     * node in its place, whenever something arrives that is shown.
     */
    private WindowPage click(String what, Supplier<Optional<Node>> target) throws InterruptedException {
        await(what, () -> {
            Parent root = window.stage().getScene().getRoot();
            root.applyCss();
            root.layout();
            Optional<Node> found = target.get().filter(node -> !node.isDisabled());
            found.ifPresent(node -> {
                scrollTo(node);
                root.layout();
                Bounds bounds = node.localToScreen(node.getBoundsInLocal());
                Robot mouse = new Robot();
                mouse.mouseMove(bounds.getCenterX(), bounds.getCenterY());
                mouse.mousePress(MouseButton.PRIMARY);
                mouse.mouseRelease(MouseButton.PRIMARY);
            });
            return found.isPresent();
        });
        WaitForAsyncUtils.waitForFxEvents();
        return this;
    }

    /** As a user would who does not see it yet. */
    private static void scrollTo(Node node) {
        for (Node above = node.getParent(); above != null; above = above.getParent()) {
            if (above instanceof ScrollPane pane && pane.getContent() != null) {
                Bounds all = pane.getContent().getBoundsInLocal();
                Bounds wanted = pane.getContent().sceneToLocal(node.localToScene(node.getBoundsInLocal()));
                double hidden = all.getHeight() - pane.getViewportBounds().getHeight();
                Bounds shown = pane.localToScene(pane.getBoundsInLocal());
                if (hidden > 0 && !shown.contains(node.localToScene(node.getBoundsInLocal()))) {
                    double middle = wanted.getCenterY() - pane.getViewportBounds().getHeight() / 2;
                    pane.setVvalue(Math.clamp(middle / hidden, 0, 1));
                }
            }
        }
    }

    WindowPage clickText(String selector, String text) throws InterruptedException {
        return click("'" + text + "' in " + selector, () -> shown(selector)
                ? robot.from(node(selector))
                        .lookup((Node node) -> node instanceof Labeled label && text.equals(label.getText()))
                        .tryQuery()
                : Optional.empty());
    }

    /** Applies what the side sheet shows, once it is planned. */
    WindowPage apply() throws InterruptedException {
        return click("#preview-apply");
    }

    WindowPage awaitGeneration(int number) throws InterruptedException {
        await(
                "generation " + number,
                () -> window.profile().installed().generation() == number
                        && window.operations().currentProperty().get().isEmpty());
        return this;
    }

    WindowPage awaitText(String selector, String text) throws InterruptedException {
        await("'" + text + "' in " + selector, () -> shown(selector) && contains(node(selector), text));
        return this;
    }

    /** Waits until nothing is being done any more. */
    WindowPage awaitIdle() throws InterruptedException {
        await("the end of what runs", () -> window.operations().currentProperty().get().isEmpty());
        WaitForAsyncUtils.waitForFxEvents();
        return this;
    }

    WindowPage awaitGone(String selector) throws InterruptedException {
        await(selector + " to go", () -> node(selector) == null);
        return this;
    }

    WindowPage awaitHidden(String selector) throws InterruptedException {
        await(selector + " to be hidden", () -> !shown(selector));
        return this;
    }

    private boolean shown(String selector) {
        Node node = node(selector);
        return node != null && node.isVisible() && node.getScene() != null;
    }

    private Node node(String selector) {
        return window.stage().getScene().lookup(selector);
    }

    private static boolean contains(Node node, String text) {
        if (node instanceof Labeled label && label.getText() != null && label.getText().contains(text)) {
            return true;
        }
        return node instanceof Parent parent
                && parent.getChildrenUnmodifiable().stream()
                        .anyMatch(child -> child.isVisible() && contains(child, text));
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!onFx(condition)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what);
            }
            Thread.sleep(20);
        }
    }

    private static boolean onFx(BooleanSupplier condition) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                answer.complete(condition.getAsBoolean());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.join();
    }
}
