// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.error.CairnException;
import java.util.Optional;

/** A command cannot do what it was asked, for a reason that only the command line knows. */
final class FailureException extends CairnException {
    FailureException(String message, Optional<String> hint) {
        super(message, hint, Optional.empty());
    }
}
