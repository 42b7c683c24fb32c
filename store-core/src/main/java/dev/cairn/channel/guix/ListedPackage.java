// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.channel.guix.source.Location;
import java.util.Comparator;
import java.util.List;

/**
 * A package as a Data Service lists it.
 *
 * @param synopsis one line
 * @param description as plain text
 * @param homePage empty if there is none
 * @param location a {@link Location} in its text form; empty if it is not known
 * @param licenses names
 */
record ListedPackage(
        String name,
        String version,
        String synopsis,
        String description,
        String homePage,
        String location,
        List<String> licenses) {
    /** Names in the order of their UTF-16 units, then versions. */
    static final Comparator<ListedPackage> BY_NAME =
            Comparator.comparing(ListedPackage::name).thenComparing(ListedPackage::version);

    /** Where Guix makes names stand for packages that are called otherwise now: such rows are no packages. */
    private static final String ALIASES = "guix/packages.scm:";

    private static final int MAX_NAME = 160;
    private static final int MAX_VERSION = 128;

    ListedPackage {
        licenses = List.copyOf(licenses);
    }

    /** Whether it is a name of earlier times for another package. */
    boolean isAlias() {
        return location.startsWith(ALIASES);
    }

    /** Whether name and version can be those of a package: only such characters as names of items have. */
    static boolean isKey(String name, String version) {
        return isPart(name, MAX_NAME) && isPart(version, MAX_VERSION);
    }

    private static boolean isPart(String text, int longest) {
        return !text.isEmpty()
                && text.length() <= longest
                && text.charAt(0) != '.'
                && text.chars().allMatch(ListedPackage::isCharacter);
    }

    private static boolean isCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "+-._?=".indexOf(c) >= 0;
    }
}
