// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.error.CairnException;
import java.util.Optional;

/** A file that the user named is not there, or may not be read. */
public final class UnreadableFileException extends CairnException {
    UnreadableFileException(String message) {
        super(message, Optional.empty(), Optional.empty());
    }
}
