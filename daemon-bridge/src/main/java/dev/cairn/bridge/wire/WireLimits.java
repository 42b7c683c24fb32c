// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.wire;

/** How much is taken of what the other end sends; far more than is ever needed. */
public final class WireLimits {
    /** Octets of a name, an option, a message. */
    public static final int NAME = 64 * 1024;

    /** Octets of a text that becomes an item. */
    public static final int TEXT = 64 * 1024 * 1024;

    /** Elements of a list. */
    public static final int LIST = 4 * 1024 * 1024;

    /** Octets of all elements of a list together. */
    public static final long LIST_OCTETS = 512L * 1024 * 1024;

    private WireLimits() {}
}
