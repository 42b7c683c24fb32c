// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.Operation;
import java.io.IOException;

/** What one dialect says after the versions have been told. */
interface Protocol {
    /**
     * Answers a request whose number was read. Failures of the work are told to the client; what is thrown ends the
     * connection, a {@link dev.cairn.bridge.wire.WireException} after its text has been told.
     */
    void answer(Operation operation) throws IOException;
}
