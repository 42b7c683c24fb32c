// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

/** What keeps an item, as far as it matters to whoever wants its space; the strongest first. */
public enum Keeper {
    /** The current generation or a running process. */
    IN_USE("inUse"),
    /** Nothing of that, but an earlier generation. */
    GENERATIONS("generations"),
    /** Only roots that are no generations of the profile. */
    ROOTS("roots"),
    /** Nothing: the next collection deletes it. */
    UNUSED("unused");

    private final String key;

    Keeper(String key) {
        this.key = key;
    }

    /** For texts and style classes. */
    String key() {
        return key;
    }
}
