// SPDX-License-Identifier: Apache-2.0
package dev.cairn.tree;

import dev.cairn.error.CairnException;
import java.nio.file.Path;
import java.util.Optional;

/** Two packages have different files of one name, and none says that it replaces the other's. */
public final class TreeCollisionException extends CairnException {
    private final transient Path path;
    private final String first;
    private final String second;

    TreeCollisionException(Path path, String first, String second) {
        super(
                "the packages '" + first + "' and '" + second + "' cannot be in one profile: both have '/" + path + "'",
                Optional.of("Leave one of them out, or give it a profile of its own."),
                Optional.empty());
        this.path = path;
        this.first = first;
        this.second = second;
    }

    /** The name that both have, relative to the tree. */
    public Path path() {
        return path;
    }

    /** The package that came first. */
    public String first() {
        return first;
    }

    /** The package that came second. */
    public String second() {
        return second;
    }
}
