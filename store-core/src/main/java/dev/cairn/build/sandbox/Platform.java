// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

/**
 * What kind of machine a builder finds.
 *
 * @param personality flags of personality(2)
 * @param refusal what it says, as the builder, where the program cannot be executed on this machine; may be empty
 * @param elsewhere whether it says so at once
 */
public record Platform(int personality, String refusal, boolean elsewhere) {
    /** Addresses do not vary from run to run. */
    public static final int NO_RANDOMISATION = 0x0040000;

    /** The kernel says that it is one of 32 bits. */
    public static final int LINUX32 = 0x8;

    /** The kernel says that it is an old one. */
    public static final int UNAME26 = 0x0020000;
}
