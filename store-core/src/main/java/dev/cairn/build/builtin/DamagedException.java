// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import java.io.IOException;

/** Reading an archive failed, as opposed to writing; decoders answer some damage with unchecked exceptions. */
final class DamagedException extends IOException {
    DamagedException(Exception cause) {
        super(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), cause);
    }
}
