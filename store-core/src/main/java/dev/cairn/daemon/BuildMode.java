// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

/** What is asked of a build (daemon, section 4.5). */
public enum BuildMode {
    /** Make what is not valid yet. */
    NORMAL,
    /** Make valid outputs anew whose files do not have the registered contents. */
    REPAIR,
    /** Build valid outputs once more and compare; nothing is registered. */
    CHECK
}
