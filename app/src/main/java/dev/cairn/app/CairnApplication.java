// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.shell.WindowStateFile;
import dev.cairn.error.CairnException;
import java.util.Map;
import javafx.application.Application;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The window as a program: opened on the user's own store, or what was chosen before; closed with it. */
public final class CairnApplication extends Application {
    private static final Logger LOG = LoggerFactory.getLogger(CairnApplication.class);

    private @Nullable CairnWindow window;

    @Override
    public void start(Stage stage) {
        Map<String, String> environment = System.getenv();
        Choices choices = Choices.ofWindow(getParameters().getRaw()).orElse(Choices.NONE);
        CairnWindow opened = new CairnWindow(
                stage, Backend.of(Workspace.of(environment, choices)), WindowStateFile.of(environment));
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
