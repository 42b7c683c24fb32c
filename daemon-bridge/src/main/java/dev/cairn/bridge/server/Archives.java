// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.WireException;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.FormatException;
import dev.cairn.nar.NarReader;
import dev.cairn.nar.NarSink;
import java.io.IOException;
import java.io.InputStream;

/**
 * Archives that come with requests. Where one cannot be read to its end, nobody knows where the next request begins.
 */
final class Archives {
    private static final String MALFORMED = "bad archive";

    private Archives() {}

    /**
     * Reads an archive that nobody wants, up to its end and no further.
     *
     * @throws WireException when it is none
     */
    static void skip(InputStream nar) throws IOException {
        try {
            new NarReader(nar).read(NarSink.IGNORING);
        } catch (FormatException e) {
            throw new WireException(MALFORMED + ": " + e.getMessage());
        }
    }

    /**
     * What to do about a failure to add an archive: it ends the connection unless it is a refusal of what was read
     * wholly.
     */
    static DaemonException failure(DaemonException e) throws WireException {
        if (e instanceof DaemonException.Refused && !e.wireMessage().startsWith(MALFORMED)) {
            return e;
        }
        throw new WireException(e.wireMessage());
    }
}
