// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.error.CairnException;
import java.util.Optional;

/** A server cannot listen where it should. */
public final class ServerException extends CairnException {
    public ServerException(String message, Optional<String> hint, Optional<? extends Throwable> cause) {
        super(message, hint, cause);
    }
}
