// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.format;

import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;

/** What activities work on, shortened for people. */
public final class Subjects {
    private Subjects() {}

    /** The name of a store item without folder and hash, that of a derivation without its ending; else the text itself. */
    public static String shortened(String subject) {
        int slash = subject.lastIndexOf('/');
        if (slash <= 0) {
            return subject;
        }
        try {
            return NamedDerivation.nameOf(new StoreDirectory(subject.substring(0, slash)).parse(subject));
        } catch (FormatException | IllegalArgumentException _) {
            // An address, a title or another file.
            return subject;
        }
    }
}
