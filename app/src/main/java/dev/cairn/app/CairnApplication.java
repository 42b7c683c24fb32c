// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.shell.WindowStateFile;
import dev.cairn.app.task.FxTasks;
import dev.cairn.error.CairnException;
import java.util.Map;
import javafx.application.Application;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The window as a program: opened on the user's own store, closed with it. */
public final class CairnApplication extends Application {
    private static final Logger LOG = LoggerFactory.getLogger(CairnApplication.class);

    private final FxTasks tasks = new FxTasks();
    private @Nullable Workspace workspace;

    @Override
    public void start(Stage stage) {
        Map<String, String> environment = System.getenv();
        Workspace opened = Workspace.of(environment);
        workspace = opened;
        new CairnWindow(stage, Backend.of(opened), tasks, WindowStateFile.of(environment)).show();
    }

    @Override
    public void stop() {
        tasks.close();
        Workspace opened = workspace;
        if (opened != null) {
            try {
                opened.close();
            } catch (CairnException e) {
                LOG.warn("cannot close the store in order", e);
            }
        }
    }
}
