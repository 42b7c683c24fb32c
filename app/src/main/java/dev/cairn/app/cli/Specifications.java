// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.error.FormatException;
import dev.cairn.packages.Specification;

/** Package specifications from the command line. */
final class Specifications {
    private Specifications() {}

    /** Reads one, {@code NAME=VERSION} as apt writes it too; a wrong one is a mistake in the use of the command. */
    static Specification parse(String text) throws UsageException {
        try {
            int equals = text.indexOf('=');
            boolean likeApt = equals > 0 && text.indexOf('@') < 0;
            return Specification.parse(
                    likeApt ? text.substring(0, equals) + "@" + text.substring(equals + 1) : text);
        } catch (FormatException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
