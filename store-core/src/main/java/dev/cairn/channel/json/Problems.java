// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.json;

import dev.cairn.packages.DefinitionProblem;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one file. Not safe for use by several threads. */
final class Problems {
    /** More than these in one file tell nobody anything. */
    private static final int MOST = 1000;

    private final String file;
    private final List<DefinitionProblem> found = new ArrayList<>();
    private int count;

    /** @param file relative to the channel */
    Problems(String file) {
        this.file = file;
    }

    void add(JsonValue.Place place, String field, String what, String expected) {
        count++;
        if (found.size() < MOST) {
            found.add(new DefinitionProblem(file, place.line(), place.column(), field, what, expected));
        }
    }

    void add(JsonValue value, String field, String expected) {
        add(value.place(), field, value.describe(), expected);
    }

    void addWhole(String what, String expected) {
        count++;
        found.add(new DefinitionProblem(file, 0, 0, "", what, expected));
    }

    /** How many were found so far, also those beyond what is kept. */
    int count() {
        return count;
    }

    String file() {
        return file;
    }

    List<DefinitionProblem> list() {
        return List.copyOf(found);
    }
}
