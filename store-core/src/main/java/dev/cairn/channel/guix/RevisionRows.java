// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import java.io.IOException;
import java.util.Optional;

/** All that a revision lists, on its way to its files. */
interface RevisionRows {
    /** Writes everything, once. */
    void write(RevisionWriter out) throws IOException;

    /** The order that the service has the names in, if it is a known one. */
    Optional<NameOrder> order();
}
