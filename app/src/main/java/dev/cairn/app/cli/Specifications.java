// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.error.FormatException;
import dev.cairn.packages.Specification;

/** Package specifications from the command line. */
final class Specifications {
    private Specifications() {}

    /** Reads one; a wrong one is a mistake in the use of the command. */
    static Specification parse(String text) throws UsageException {
        try {
            return Specification.parse(text);
        } catch (FormatException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
