// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import java.util.Comparator;

/** The order of Debian's versions (deb-version(7)): epoch, upstream version, revision; {@code ~} is before the end. */
public final class DebianVersion implements Comparator<String> {
    /** The one order; it has no state. */
    public static final DebianVersion ORDER = new DebianVersion();

    private DebianVersion() {}

    @Override
    public int compare(String a, String b) {
        throw new UnsupportedOperationException();
    }
}
