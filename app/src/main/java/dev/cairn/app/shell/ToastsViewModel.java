// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import dev.cairn.app.task.Tasks;
import java.time.Duration;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Short messages over the window that go away by themselves. */
public final class ToastsViewModel {
    private static final Duration SHORT = Duration.ofSeconds(6);
    private static final Duration WITH_ACTION = Duration.ofSeconds(12);
    private static final Duration WARNING = Duration.ofSeconds(30);
    private static final int MAX = 3;

    private final Tasks tasks;
    private final ObservableList<Toast> shown = FXCollections.observableArrayList();
    // Kept, because such a view hears of changes only as long as something holds it.
    private final ObservableList<Toast> shownView = FXCollections.unmodifiableObservableList(shown);

    public ToastsViewModel(Tasks tasks) {
        this.tasks = tasks;
    }

    /** Something that can be done about a message. */
    public record Action(String label, Runnable run) {}

    /**
     * One message.
     *
     * @param detail a second line; may be empty
     * @param warning whether something failed
     */
    public record Toast(String text, String detail, boolean warning, List<Action> actions) {}

    public ObservableList<Toast> shown() {
        return shownView;
    }

    public void say(String text) {
        say(text, List.of());
    }

    public void say(String text, List<Action> actions) {
        add(new Toast(text, "", false, List.copyOf(actions)));
    }

    /** Tells of a failure, for long enough to read and decide; the activity drawer keeps it for good. */
    public void warn(String text, String detail, List<Action> actions) {
        add(new Toast(text, detail, true, List.copyOf(actions)));
    }

    public void close(Toast toast) {
        // By identity: equal messages may be shown at the same time.
        shown.removeIf(other -> other == toast);
    }

    private void add(Toast toast) {
        if (!toast.warning()) {
            // What was done before is no news any more, and its Undo would undo what came after it.
            shown.removeIf(other -> !other.warning());
        }
        shown.add(toast);
        if (shown.size() > MAX) {
            shown.removeFirst();
        }
        Duration time = toast.warning() ? WARNING : toast.actions().isEmpty() ? SHORT : WITH_ACTION;
        tasks.after(time, () -> close(toast));
    }
}
