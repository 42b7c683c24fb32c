// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import java.util.Set;

/**
 * Which names definitions may use. Name and version of a package become the name of store items, outputs become
 * shell variables as well; the bounds together stay below the longest name that an item may have.
 */
public final class PackageNames {
    /** Most characters of a package's name. */
    public static final int MAX_NAME = 128;

    /** Most characters of a version. */
    public static final int MAX_VERSION = 64;

    /** Most characters of an output's name. */
    public static final int MAX_OUTPUT = 16;

    /** Names that mean something else behind {@code #$}. */
    private static final Set<String> RESERVED = Set.of("output", "source");

    /** Variables by which builders are told what to do; outputs are variables as well. */
    private static final Set<String> BUILDER_VARIABLES = Set.of("src", "strip", "specification", "url", "manifest");

    private PackageNames() {}

    /** Whether {@code text} can name a package. */
    public static boolean isName(String text) {
        return isPart(text, MAX_NAME) && !RESERVED.contains(text);
    }

    /** Whether {@code text} can be a version. */
    public static boolean isVersion(String text) {
        return isPart(text, MAX_VERSION);
    }

    /** Whether {@code text} can name an output. */
    public static boolean isOutput(String text) {
        if (BUILDER_VARIABLES.contains(text)) {
            return false;
        }
        if (text.isEmpty() || text.length() > MAX_OUTPUT || text.charAt(0) < 'a' || text.charAt(0) > 'z') {
            return false;
        }
        return text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_');
    }

    /** Whether {@code text} can name an environment variable. */
    public static boolean isVariable(String text) {
        if (text.isEmpty() || text.length() > MAX_NAME || text.charAt(0) >= '0' && text.charAt(0) <= '9') {
            return false;
        }
        return text.chars().allMatch(c -> isAlphanumeric(c) || c == '_');
    }

    /** Whether every part of {@code specification} can name something. */
    public static boolean isSpecification(Specification specification) {
        return isName(specification.name())
                && specification.version().map(PackageNames::isVersion).orElse(true)
                && specification.output().map(PackageNames::isOutput).orElse(true);
    }

    /** Whether {@code text} leads to something below where it starts: no empty, {@code .} or {@code ..} components. */
    public static boolean isRelativePath(String text) {
        if (text.isEmpty() || text.length() > 1024 || text.indexOf('\0') >= 0) {
            return false;
        }
        for (String component : text.split("/", -1)) {
            if (component.isEmpty() || component.equals(".") || component.equals("..") || component.length() > 255) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code c} may stand in a name or version. */
    static boolean isNameCharacter(int c) {
        return isAlphanumeric(c) || "+-._?=".indexOf(c) >= 0;
    }

    /** Whether a name or version may begin with {@code c}. */
    static boolean isNameStart(int c) {
        return isAlphanumeric(c) || c == '_';
    }

    private static boolean isPart(String text, int longest) {
        return !text.isEmpty()
                && text.length() <= longest
                && isNameStart(text.charAt(0))
                && text.chars().allMatch(PackageNames::isNameCharacter);
    }

    private static boolean isAlphanumeric(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
