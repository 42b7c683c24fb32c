// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.operation.Operations;
import dev.cairn.app.profile.ProfileModel;
import dev.cairn.app.shell.ShellViewModel;
import dev.cairn.app.shell.WindowState;
import dev.cairn.app.shell.WindowStateFile;
import dev.cairn.error.CairnException;
import dev.cairn.ui.icon.AppIcon;
import dev.cairn.ui.l10n.Messages;
import java.util.ArrayList;
import java.util.List;
import javafx.application.Platform;
import javafx.scene.image.Image;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The window: a stage, and the contents for the store that is worked on. It alone owns that store. The application, the
 * tour and tests all make it here, with different back ends. For use on the JavaFX application thread.
 */
public final class CairnWindow implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CairnWindow.class);

    private final Stage stage;
    private final WindowStateFile stateFile;
    private volatile WindowContents contents;

    /** @param backend closed with the window, or once it works on another one */
    public CairnWindow(Stage stage, Backend backend, WindowStateFile stateFile) {
        this.stage = stage;
        this.stateFile = stateFile;
        WindowState state = stateFile.read();
        contents = contents(backend, state);
        stage.setTitle(Messages.of("shell").text("window.title"));
        stage.setMinWidth(WindowState.MIN_WIDTH);
        stage.setMinHeight(WindowState.MIN_HEIGHT);
        stage.setMaximized(state.maximized());
        stage.setOnCloseRequest(event -> {
            if (!contents.shell().mayClose()) {
                event.consume();
            }
        });
        stage.setOnHidden(_ -> save());
    }

    private WindowContents contents(Backend backend, WindowState state) {
        WindowContents made = new WindowContents(backend, state, this::work);
        made.shell().whenClosed(stage::close);
        stage.setScene(made.scene());
        return made;
    }

    /** Shows the window; what it shows is loaded after that. */
    public void show() {
        stage.show();
        Platform.runLater(this::addIcons);
        contents.load();
    }

    /** Works on another store from now on; nothing may be running on the one before. */
    private void work(Backend other) {
        WindowContents before = contents;
        contents = contents(other, before.state(stage.isMaximized()));
        before.detach();
        contents.load();
        contents.tellChangeFrom(before);
        Thread.ofVirtual().name("close").start(() -> {
            try {
                before.close();
            } catch (CairnException e) {
                LOG.warn("cannot close the store that was worked on before in order", e);
            }
        });
    }

    /** Decoded after the first frame, which does not need them. */
    private void addIcons() {
        List<Image> icons = new ArrayList<>();
        AppIcon.SIZES.forEach(size -> icons.add(new Image(AppIcon.png(size))));
        stage.getIcons().setAll(icons);
    }

    /** That of the present contents, as are the following. */
    public ShellViewModel shell() {
        return contents.shell();
    }

    public Operations operations() {
        return contents.operations();
    }

    public ProfileModel profile() {
        return contents.profile();
    }

    public Stage stage() {
        return stage;
    }

    /** Writes down how the window was left. */
    public void save() {
        stateFile.write(contents.state(stage.isMaximized()));
    }

    /** Ends what is on its way, for which it waits a second, and closes the store. On any thread. */
    @Override
    public void close() throws CairnException {
        contents.close();
    }
}
