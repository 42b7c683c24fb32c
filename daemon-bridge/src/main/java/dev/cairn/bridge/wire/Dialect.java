// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.wire;

/** Whose protocol is spoken. Both begin alike, and nothing tells them apart until the server has named its version. */
public enum Dialect {
    GUIX(new ProtocolVersion(0x164)),
    NIX(new ProtocolVersion(0x122));

    /** Minor versions from here on are Guix's, those below Nix's. */
    public static final int FIRST_GUIX_MINOR = 0x60;

    private final ProtocolVersion version;

    Dialect(ProtocolVersion version) {
        this.version = version;
    }

    /** The newest version that Cairn speaks; what it names at both ends. */
    public ProtocolVersion version() {
        return version;
    }

    /** The dialect of whoever names this version. */
    public static Dialect of(ProtocolVersion version) {
        return version.atLeast(FIRST_GUIX_MINOR) ? GUIX : NIX;
    }
}
