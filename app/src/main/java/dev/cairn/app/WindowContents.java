// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.operation.Operation;
import dev.cairn.app.operation.Operations;
import dev.cairn.app.profile.ProfileModel;
import dev.cairn.app.shell.ConnectionBanner;
import dev.cairn.app.shell.ConnectionModel;
import dev.cairn.app.shell.ShellView;
import dev.cairn.app.shell.ShellViewModel;
import dev.cairn.app.shell.Theme;
import dev.cairn.app.shell.ToastsViewModel;
import dev.cairn.app.shell.WindowState;
import dev.cairn.app.task.Failure;
import dev.cairn.app.task.FxTasks;
import dev.cairn.app.task.Tasks;
import dev.cairn.error.CairnException;
import dev.cairn.ui.l10n.Messages;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.layout.VBox;

/**
 * What the window shows of one store: all models, views, and the work on its way. Another store gets contents of its
 * own, so that nothing of this one is ever shown as of that. For use on the JavaFX application thread.
 */
final class WindowContents {
    private static final Messages TEXTS = Messages.of("shell");

    private final Backend backend;
    private final FxTasks plain = new FxTasks();
    private final Tasks tasks;
    private final ConnectionModel connection;
    private final Operations operations;
    private final ProfileModel profile;
    private final ToastsViewModel toasts;
    private final ShellViewModel shell;
    private final ObjectProperty<Theme> theme;
    private final Sections sections;
    private final ShellView view;
    private final Scene scene;
    private final ReadOnlyObjectWrapper<Optional<String>> busy = new ReadOnlyObjectWrapper<>(Optional.empty());

    /**
     * @param backend closed with the contents
     * @param window takes another store into use
     */
    WindowContents(Backend backend, WindowState state, Consumer<Backend> window) {
        this.backend = backend;
        connection = new ConnectionModel(plain, backend.greeting());
        tasks = connection.watching();
        theme = new SimpleObjectProperty<>(state.theme());
        operations = new Operations(tasks, InstantSource.system());
        profile = new ProfileModel(backend.profile(), operations, tasks);
        toasts = new ToastsViewModel(tasks);
        LateNavigator navigator = new LateNavigator();
        sections = new Sections(backend, tasks, operations, profile, toasts, navigator);
        shell = new ShellViewModel(
                // That another store cannot be reached is no trouble of this one, so its tasks are not watched.
                sections.all(
                        theme, new WindowDaemonChoice(backend.stores(), window), busy.getReadOnlyProperty(), plain),
                operations,
                profile,
                sections.channels(),
                toasts,
                theme,
                state);
        navigator.set(shell);
        view = new ShellView(shell);
        view.showAbove(new VBox(new ConnectionBanner(connection), sections.pastBanner()));
        connection.whenBack(shell::refresh);
        sections.addSheets(view.sheets());
        operations.currentProperty().subscribe(this::findBusy);
        sections.collectionAwaiting().subscribe(this::findBusy);
        view.sheets().visibleProperty().subscribe(this::findBusy);
        scene = view.createScene(state.width(), state.height());
    }

    private void findBusy() {
        if (operations.currentProperty().get().isPresent()) {
            busy.set(operations.currentProperty().get().map(Operation::title));
        } else if (sections.collectionAwaiting().get()) {
            busy.set(Optional.of(TEXTS.text("busy.collection")));
        } else {
            busy.set(view.sheets().isVisible() ? Optional.of(TEXTS.text("busy.sheet")) : Optional.empty());
        }
    }

    /** Loads what is shown first. */
    void load() {
        connection.check();
        profile.refresh();
        // So that fetching those is offered that never were.
        tasks.later(sections.channels()::reload);
        shell.currentProperty().get().shown();
    }

    Scene scene() {
        return scene;
    }

    ShellViewModel shell() {
        return shell;
    }

    Operations operations() {
        return operations;
    }

    ProfileModel profile() {
        return profile;
    }

    /** Tells that the window has just changed to this store, and what went wrong last on the one before. */
    void tellChangeFrom(WindowContents before) {
        toasts.say(backend.stores()
                .daemon()
                .map(daemon -> TEXTS.text("toast.daemon", daemon))
                .orElse(TEXTS.text("toast.own.store")));
        before.operations.all().stream()
                .findFirst()
                .filter(last -> last.state() == Operation.State.FAILED)
                .ifPresent(last -> toasts.warn(
                        TEXTS.text("toast.failed", last.title()),
                        last.failureProperty().get().map(Failure::message).orElse(""),
                        List.of()));
    }

    /** How these contents are left, in a window that is maximized or not. */
    WindowState state(boolean maximized) {
        return new WindowState(
                scene.getWidth(),
                scene.getHeight(),
                maximized,
                theme.get(),
                shell.currentProperty().get().id(),
                shell.drawerProperty().get(),
                shell.drawerHeightProperty().get());
    }

    /** Stops looking at what is not of these contents; they are not shown any more. */
    void detach() {
        view.detach();
    }

    /** Ends what is on its way, then closes the store. Takes up to a second; on any thread. */
    void close() throws CairnException {
        plain.close();
        backend.close();
    }
}
