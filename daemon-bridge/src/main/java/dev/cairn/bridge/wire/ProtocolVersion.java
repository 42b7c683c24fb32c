// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.wire;

/**
 * A version of the protocol (daemon, section 2), such as {@code 0x164}, which is 1.100.
 *
 * @param number the major version in the second octet, the minor one in the first
 */
public record ProtocolVersion(long number) implements Comparable<ProtocolVersion> {
    /** The major version. */
    public int major() {
        return (int) (number >> 8 & 0xff);
    }

    /** What optional parts are decided by. */
    public int minor() {
        return (int) (number & 0xff);
    }

    /** Whether parts that came with {@code minor} are there. */
    public boolean atLeast(int minor) {
        return minor() >= minor;
    }

    @Override
    public int compareTo(ProtocolVersion other) {
        return Long.compare(number, other.number);
    }

    /** As people write it: {@code 1.34}. */
    @Override
    public String toString() {
        return major() + "." + minor();
    }
}
