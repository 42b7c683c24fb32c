// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import dev.cairn.error.CairnException;
import java.util.Optional;

/** The packages of a profile cannot be put together. */
public final class OverlayException extends CairnException {
    OverlayException(String message) {
        super(message, Optional.empty(), Optional.empty());
    }
}
