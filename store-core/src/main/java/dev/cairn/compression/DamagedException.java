// SPDX-License-Identifier: Apache-2.0
package dev.cairn.compression;

import java.io.IOException;

/** Compressed data is not what it should be, where reading it did not fail by itself. */
public final class DamagedException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedException(String message) {
        super(message);
    }

    DamagedException(String message, Exception cause) {
        super(message, cause);
    }
}
