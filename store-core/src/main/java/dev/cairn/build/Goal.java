// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.BuildMode;
import dev.cairn.derivation.Derivation;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** A derivation in a request. Ordered as builds are started: by name, then by the whole path. */
final class Goal implements Comparable<Goal> {
    private final StorePath path;
    private final Derivation derivation;
    private final SortedSet<String> wanted = new TreeSet<>();
    private final Set<Goal> inputs = new LinkedHashSet<>();
    private final List<Goal> dependents = new ArrayList<>();
    private boolean toBuild;
    private boolean offered;
    private boolean topLevel;
    private BuildMode mode = BuildMode.NORMAL;

    Goal(StorePath path, Derivation derivation) {
        this.path = path;
        this.derivation = derivation;
    }

    StorePath path() {
        return path;
    }

    Derivation derivation() {
        return derivation;
    }

    /** The outputs that somebody needs. */
    SortedSet<String> wanted() {
        return wanted;
    }

    /** The derivations it needs outputs of, whether or not they must be built. */
    Set<Goal> inputs() {
        return Collections.unmodifiableSet(inputs);
    }

    /** The goals that need it. */
    List<Goal> dependents() {
        return Collections.unmodifiableList(dependents);
    }

    void addInput(Goal input) {
        if (inputs.add(input)) {
            input.dependents.add(this);
        }
    }

    /** Whether a wanted output is not valid. */
    boolean isToBuild() {
        return toBuild;
    }

    void setToBuild() {
        toBuild = true;
    }

    /** What was missing came from elsewhere. */
    void setFetched() {
        toBuild = false;
    }

    /** Whether its outputs are offered, and can be fetched once what they refer to is there. */
    boolean isOffered() {
        return offered;
    }

    void setOffered() {
        offered = true;
    }

    /** Whether it is asked for by itself. */
    boolean isTopLevel() {
        return topLevel;
    }

    /** What is asked of it. */
    BuildMode mode() {
        return mode;
    }

    void setTopLevel(BuildMode asked) {
        topLevel = true;
        mode = asked;
    }

    @Override
    public int compareTo(Goal other) {
        int byName = path.name().compareTo(other.path.name());
        return byName != 0 ? byName : path.compareTo(other.path);
    }
}
