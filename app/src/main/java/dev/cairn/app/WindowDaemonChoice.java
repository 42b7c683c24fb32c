// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.feature.settings.DaemonChoice;
import dev.cairn.error.CairnException;
import java.util.Optional;

/** The choice of a daemon, as the window's settings show it. */
record WindowDaemonChoice(Workspace workspace) implements DaemonChoice {
    @Override
    public Optional<String> inUse() {
        return workspace.daemonAddress();
    }

    @Override
    public Optional<String> chosen() {
        return workspace.daemonSetting().read();
    }

    @Override
    public void choose(Optional<String> address) throws CairnException {
        workspace.daemonSetting().write(address);
    }
}
