// SPDX-License-Identifier: Apache-2.0
package dev.cairn.archive;

import dev.cairn.error.CairnException;
import java.util.Optional;

/** An export archive is not what it must be. */
public final class ArchiveException extends CairnException {
    private final Problem problem;
    private final String detail;

    /** What is wrong, as far as it matters to whoever reports it. */
    public enum Problem {
        /** Where an item or the end must be announced, there is something else. */
        NO_ARCHIVE("this is no export archive"),
        /** It ends early. */
        TRUNCATED("the archive is cut short"),
        /** The contents of an item are no well-formed NAR. */
        BAD_CONTENTS("the contents of an item are damaged"),
        /** What follows an item's contents is of another format. */
        WRONG_FORMAT("what follows the contents of an item is of another format"),
        /** A name is no name of a store item. */
        BAD_PATH("a name in it is no name of an item"),
        /** Another part of an item is damaged. */
        DAMAGED("the description of an item is damaged");

        private final String text;

        Problem(String text) {
            this.text = text;
        }
    }

    ArchiveException(Problem problem, String detail) {
        super(problem.text + (detail.isEmpty() ? "" : " (" + detail + ")"), Optional.empty(), Optional.empty());
        this.problem = problem;
        this.detail = detail;
    }

    /** The kind of damage. */
    public Problem problem() {
        return problem;
    }

    /** What was found, if that says more; the name for {@link Problem#BAD_PATH}. */
    public String detail() {
        return detail;
    }
}
