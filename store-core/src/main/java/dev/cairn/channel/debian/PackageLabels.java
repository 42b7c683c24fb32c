// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import java.util.Collection;
import java.util.List;

/**
 * How packages are named to people: {@code NAME@VERSION}, with {@code :ARCHITECTURE} where it is another one.
 *
 * @param architecture the machine's own
 */
record PackageLabels(String architecture) {
    private static final int MOST = 4;

    String of(Candidate candidate) {
        String own = candidate.architecture();
        String label = candidate.description().label();
        return own.equals("all") || own.equals(architecture) ? label : label + ":" + own;
    }

    /** Names in quotes, the last after a word such as {@code and}; of many only the first ones. */
    static String list(Collection<String> names, String word) {
        List<String> quoted = names.stream().map(name -> "'" + name + "'").toList();
        if (quoted.size() == 1) {
            return quoted.getFirst();
        }
        if (quoted.size() > MOST) {
            return String.join(", ", quoted.subList(0, MOST - 1)) + " " + word + " " + (quoted.size() - MOST + 1)
                    + " more";
        }
        return String.join(", ", quoted.subList(0, quoted.size() - 1)) + " " + word + " " + quoted.getLast();
    }
}
