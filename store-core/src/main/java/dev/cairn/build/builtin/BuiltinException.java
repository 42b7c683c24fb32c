// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import dev.cairn.error.CairnException;
import java.util.Optional;

/** A builder that is part of Cairn cannot make its outputs: its derivation or its inputs do not allow it. */
public final class BuiltinException extends CairnException {
    BuiltinException(String message) {
        super(message, Optional.empty(), Optional.empty());
    }

    BuiltinException(String message, Optional<String> hint) {
        super(message, hint, Optional.empty());
    }

    BuiltinException(String message, Throwable cause) {
        super(message, Optional.empty(), Optional.of(cause));
    }
}
