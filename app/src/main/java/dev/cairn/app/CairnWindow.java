// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.operation.Operations;
import dev.cairn.app.profile.ProfileModel;
import dev.cairn.app.shell.ConnectionBanner;
import dev.cairn.app.shell.ConnectionModel;
import dev.cairn.app.shell.Section;
import dev.cairn.app.shell.ShellView;
import dev.cairn.app.shell.ShellViewModel;
import dev.cairn.app.shell.Theme;
import dev.cairn.app.shell.ToastsViewModel;
import dev.cairn.app.shell.WindowState;
import dev.cairn.app.shell.WindowStateFile;
import dev.cairn.app.task.Tasks;
import dev.cairn.ui.icon.AppIcon;
import dev.cairn.ui.l10n.Messages;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

/**
 * The window: its models, its sections, and the stage they are shown on. The application, the tour and tests all make
 * it here, with different back ends. For use on the JavaFX application thread.
 */
public final class CairnWindow {
    private final Stage stage;
    private final Tasks tasks;
    private final ConnectionModel connection;
    private final WindowStateFile stateFile;
    private final ObjectProperty<Theme> theme;
    private final Operations operations;
    private final ProfileModel profile;
    private final ShellViewModel shell;
    private final Sections sections;

    /** @param plain where work is done */
    public CairnWindow(Stage stage, Backend backend, Tasks plain, WindowStateFile stateFile) {
        this.stage = stage;
        this.connection = new ConnectionModel(plain, backend.greeting());
        this.tasks = connection.watching();
        this.stateFile = stateFile;
        WindowState state = stateFile.read();
        theme = new SimpleObjectProperty<>(state.theme());
        operations = new Operations(tasks, InstantSource.system());
        profile = new ProfileModel(backend.profile(), operations, tasks);
        ToastsViewModel toasts = new ToastsViewModel(tasks);
        LateNavigator navigator = new LateNavigator();
        sections = new Sections(backend, tasks, operations, profile, toasts, navigator, theme);
        List<Section> all = sections.all();
        shell = new ShellViewModel(all, operations, profile, sections.channels(), toasts, theme, state);
        navigator.set(shell);
        ShellView view = new ShellView(shell);
        view.showAbove(new VBox(new ConnectionBanner(connection), sections.pastBanner()));
        connection.whenBack(shell::refresh);
        sections.addSheets(view.sheets());
        Scene scene = view.createScene(state.width(), state.height());
        stage.setScene(scene);
        stage.setTitle(Messages.of("shell").text("window.title"));
        stage.setMinWidth(WindowState.MIN_WIDTH);
        stage.setMinHeight(WindowState.MIN_HEIGHT);
        stage.setMaximized(state.maximized());
        stage.setOnCloseRequest(event -> {
            if (!shell.mayClose()) {
                event.consume();
            }
        });
        shell.whenClosed(stage::close);
        stage.setOnHidden(_ -> save());
    }

    /** Shows the window; what it shows is loaded after that. */
    public void show() {
        stage.show();
        tasks.later(this::addIcons);
        connection.check();
        profile.refresh();
        // So that fetching those is offered that never were.
        tasks.later(sections.channels()::reload);
        shell.currentProperty().get().shown();
    }

    /** Decoded after the first frame, which does not need them. */
    private void addIcons() {
        List<Image> icons = new ArrayList<>();
        AppIcon.SIZES.forEach(size -> icons.add(new Image(AppIcon.png(size))));
        stage.getIcons().setAll(icons);
    }

    public ShellViewModel shell() {
        return shell;
    }

    public Operations operations() {
        return operations;
    }

    public ProfileModel profile() {
        return profile;
    }

    public Stage stage() {
        return stage;
    }

    /** Writes down how the window was left. */
    public void save() {
        Scene scene = stage.getScene();
        stateFile.write(new WindowState(
                scene.getWidth(),
                scene.getHeight(),
                stage.isMaximized(),
                theme.get(),
                shell.currentProperty().get().id(),
                shell.drawerProperty().get(),
                shell.drawerHeightProperty().get()));
    }
}
