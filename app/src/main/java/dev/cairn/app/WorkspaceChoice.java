// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.error.CairnException;
import java.util.Optional;

/** The way from the store of one workspace to others of the same user. */
record WorkspaceChoice(Workspace workspace) implements StoreChoice {
    @Override
    public Optional<String> daemon() {
        return workspace.daemonAddress();
    }

    @Override
    public Optional<String> overruling() {
        return workspace.overruling();
    }

    @Override
    public Backend reach(Optional<String> daemon) throws CairnException {
        Workspace other = workspace.on(daemon);
        try {
            other.check();
            return Backend.of(other);
        } catch (CairnException e) {
            try {
                other.close();
            } catch (CairnException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    @Override
    public void remember(Optional<String> daemon) throws CairnException {
        workspace.daemonSetting().write(daemon);
    }
}
