// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import java.util.Arrays;
import java.util.List;

/** Values of derivation variables that are lists. */
final class Words {
    private Words() {}

    /** The words between blanks, tabs and line ends. */
    static List<String> of(String text) {
        return Arrays.stream(text.split("[ \t\n\r]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
