// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import dev.cairn.error.CairnException;
import java.util.Optional;

/** Items cannot be put into one directory. */
public final class UnionException extends CairnException {
    UnionException(String message, String hint) {
        super(message, Optional.of(hint), Optional.empty());
    }
}
