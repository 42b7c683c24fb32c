// SPDX-License-Identifier: Apache-2.0
package dev.cairn.error;

import java.util.Optional;

/** Bytes or text from outside do not have the form they must have. */
public final class FormatException extends CairnException {
    private final String format;

    /**
     * @param format what was being read, such as {@code "NAR"} or {@code "derivation"}
     * @param problem what is wrong, where, without the name of the format
     */
    public FormatException(String format, String problem) {
        super(format + ": " + problem, Optional.empty(), Optional.empty());
        this.format = format;
    }

    /** What was being read. */
    public String format() {
        return format;
    }
}
