// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import dev.cairn.path.StorePath;

/**
 * Something that keeps an item, and all it refers to, from being collected.
 *
 * @param kind where it was found
 * @param name the link's file name, or {@code pid N} for processes
 * @param item the item it names
 */
public record Root(Kind kind, String name, StorePath item) {
    /** Where a root was found. */
    public enum Kind {
        /** A generation of a profile. */
        PROFILE,
        /** Another link below the folder of roots, direct or indirect. */
        LINK,
        /** An item that an operation in progress holds on to. */
        TEMPORARY,
        /** An item that a running process has open, mapped, as directory or in its environment. */
        PROCESS
    }
}
