// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.operation;

import java.util.OptionalLong;
import java.util.Set;

/**
 * What is known of an operation before it begins.
 *
 * @param builds how many derivations it realises; 0 when not known
 * @param prepared those of them, by name, that only fetch, unpack or link what others have built
 * @param downloads octets that come from the network, where known
 */
public record Foreseen(int builds, Set<String> prepared, OptionalLong downloads) {
    public Foreseen {
        prepared = Set.copyOf(prepared);
    }

    /** How much is downloaded is not known. */
    public Foreseen(int builds, Set<String> prepared) {
        this(builds, prepared, OptionalLong.empty());
    }

    /** So many builds, of which nothing else is known. */
    public static Foreseen builds(int number) {
        return new Foreseen(number, Set.of());
    }
}
