// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.tour;

import java.io.Serial;

/** The window did not do what the tour expects of it. */
final class TourException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    TourException(String message) {
        super(message);
    }

    TourException(String message, Throwable cause) {
        super(message, cause);
    }
}
