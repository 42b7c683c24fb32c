// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import java.io.IOException;
import java.nio.file.Path;

/** A file of a revision that is kept is not as it was written. */
final class DamagedRevision extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedRevision(Path file, String problem) {
        super("'" + file + "' is damaged: " + problem);
    }
}
