// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.wire;

/** Numbers that a connection begins with (daemon, section 2). */
public final class Handshake {
    /** The first number that a client sends. */
    public static final long CLIENT_MAGIC = 0x6e697863L;

    /** The first number that a server sends. */
    public static final long SERVER_MAGIC = 0x6478696fL;

    private Handshake() {}
}
