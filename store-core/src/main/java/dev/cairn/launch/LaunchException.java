// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import dev.cairn.error.CairnException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The launchers could not be read or written. */
public final class LaunchException extends CairnException {
    LaunchException(Path folder, IOException cause) {
        super(
                "the launchers in '" + folder + "' cannot be brought up to date: " + cause.getMessage(),
                Optional.of("Make sure that you own the folder and that its disk is not full; "
                        + "programs that were there before still start."),
                Optional.of(cause));
    }
}
