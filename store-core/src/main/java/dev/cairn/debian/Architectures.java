// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import java.util.Map;

/** How Debian calls the kinds of machines that derivations name. */
public final class Architectures {
    private static final Map<String, String> OTHERWISE = Map.of(
            "x86_64", "amd64",
            "i686", "i386",
            "aarch64", "arm64",
            "powerpc64le", "ppc64el");

    private Architectures() {}

    /** @param system of a derivation, such as {@code x86_64-linux} */
    public static String of(String system) {
        String machine = system.substring(0, Math.max(0, system.lastIndexOf('-')));
        return OTHERWISE.getOrDefault(machine, machine);
    }
}
