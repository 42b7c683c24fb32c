// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.application.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.framework.junit5.ApplicationExtension;

@ExtendWith(ApplicationExtension.class)
class CairnApplicationTest {
    @Test
    void findsOutWhatItWorksOnAwayFromTheThreadOfTheWindow(@TempDir Path home) throws Exception {
        Map<String, String> environment = TestWindow.environment(home);
        Installation nothing = new Installation(Optional.of(home.resolve("nothing")));
        CompletableFuture<Boolean> onWindowThread = new CompletableFuture<>();
        CairnApplication application = (CairnApplication) FxToolkit.setupApplication(() ->
                new CairnApplication(environment, choices -> {
                    onWindowThread.complete(Platform.isFxApplicationThread());
                    return Workspace.of(environment, choices, nothing, home);
                }));
        try {
            assertThat(onWindowThread).isCompletedWithValue(false);
        } finally {
            FxToolkit.cleanupApplication(application);
        }
    }
}
