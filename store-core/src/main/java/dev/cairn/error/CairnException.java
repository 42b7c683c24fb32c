// SPDX-License-Identifier: Apache-2.0
package dev.cairn.error;

import java.util.Optional;

/**
 * A failure that is expected to happen and that a user can act on.
 *
 * <p>The message says what failed, on which thing, and why, in one or a few plain sentences without a stack trace. The
 * hint, where there is one, says what to do next; front ends print it separately. The subclass and its typed fields
 * let callers tell failures apart without reading the text.
 */
public abstract class CairnException extends Exception {
    private final transient Optional<String> hint;

    protected CairnException(String message, Optional<String> hint, Optional<? extends Throwable> cause) {
        super(message, cause.orElse(null));
        this.hint = hint;
    }

    /** What the user can do about it, as a full sentence, if something can be said. */
    public Optional<String> hint() {
        // A deserialized exception has lost its transient field.
        return hint == null ? Optional.empty() : hint;
    }
}
