// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

/** The kind of this machine, as derivations name it. */
public final class HostSystem {
    private HostSystem() {}

    /** Such as {@code x86_64-linux}. */
    public static String name() {
        return named(System.getProperty("os.arch"));
    }

    /** @param machine as the Java run-time names it */
    static String named(String machine) {
        String kind =
                switch (machine) {
                    case "amd64" -> "x86_64";
                    case "x86", "i386" -> "i686";
                    case "arm" -> "armhf";
                    case "ppc64le" -> "powerpc64le";
                    default -> machine;
                };
        return kind + "-linux";
    }
}
