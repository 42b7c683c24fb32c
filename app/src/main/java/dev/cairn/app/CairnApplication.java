// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.shell.WindowStateFile;
import dev.cairn.error.CairnException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import javafx.application.Application;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The window as a program: opened on the user's own store, or what was chosen before; closed with it. */
public final class CairnApplication extends Application {
    private static final Logger LOG = LoggerFactory.getLogger(CairnApplication.class);

    private final Map<String, String> environment;
    private final Function<Choices, Workspace> workspaces;
    private @Nullable Workspace workspace;
    private @Nullable CairnWindow window;

    public CairnApplication() {
        this(System.getenv(), choices -> Workspace.of(System.getenv(), choices));
    }

    /** @param environment the variables that say where the window's state is kept */
    CairnApplication(Map<String, String> environment, Function<Choices, Workspace> workspaces) {
        this.environment = environment;
        this.workspaces = workspaces;
    }

    /**
     * Not on the JavaFX application thread, since a daemon may be asked, for two seconds at most, of which kind it is.
     */
    @Override
    public void init() {
        workspace = workspaces.apply(Choices.ofWindow(getParameters().getRaw()).orElse(Choices.NONE));
    }

    @Override
    public void start(Stage stage) {
        Backend backend = Backend.of(Objects.requireNonNull(workspace, "start is called after init"));
        CairnWindow opened = new CairnWindow(stage, backend, WindowStateFile.of(environment));
        window = opened;
        opened.show();
    }

    @Override
    public void stop() {
        CairnWindow opened = window;
        if (opened != null) {
            try {
                opened.close();
            } catch (CairnException e) {
                LOG.warn("cannot close the store in order", e);
            }
        }
    }
}
