// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.error.CairnException;
import java.util.Optional;

/** An argument has the right form for the parser and yet makes no sense. */
final class UsageException extends CairnException {
    UsageException(String message) {
        super(message, Optional.empty(), Optional.empty());
    }
}
