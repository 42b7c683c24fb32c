// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.settings;

import dev.cairn.error.CairnException;
import java.util.Optional;

/** Which daemon is worked with in place of the store of this process. */
public interface DaemonChoice {
    /** Where the one listens that the window works with now. */
    Optional<String> inUse();

    /** What was chosen for the next start. */
    Optional<String> chosen();

    /**
     * Chooses for the next start.
     *
     * @throws CairnException when that is no address, or cannot be remembered
     */
    void choose(Optional<String> address) throws CairnException;
}
