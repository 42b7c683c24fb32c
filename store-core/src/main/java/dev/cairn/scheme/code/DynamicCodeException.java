// SPDX-License-Identifier: Apache-2.0
package dev.cairn.scheme.code;

import dev.cairn.error.CairnException;
import java.util.Optional;

/** A file of code does not say plainly what it makes: one would have to run it, which needs Guile. */
public final class DynamicCodeException extends CairnException {
    private final transient Place place;

    /**
     * @param what the kind of file, such as {@code manifest}
     * @param problem a clause that says what cannot be read
     */
    public DynamicCodeException(String what, String problem, Place place, String hint) {
        super(
                "the " + what + " cannot be read without running it: " + problem + " (line " + place.line()
                        + ", column " + place.column() + ")",
                Optional.of(hint), Optional.empty());
        this.place = place;
    }

    /** Where the trouble is. */
    public Place place() {
        return place;
    }
}
