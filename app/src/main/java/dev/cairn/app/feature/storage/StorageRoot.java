// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import dev.cairn.daemon.Root;
import dev.cairn.path.StorePath;
import dev.cairn.profile.Generation;
import java.util.Optional;

/**
 * A root as the storage page shows it.
 *
 * @param kind where it was found
 * @param name what the store calls it
 * @param item what it keeps
 * @param generation the generation of the user's profile that it is, if it is one
 */
public record StorageRoot(Root.Kind kind, String name, StorePath item, Optional<Generation> generation) {
    /** Whether it cannot be removed here: the current generation, and what running programs use. */
    public boolean isLocked() {
        return switch (kind) {
            case PROCESS, TEMPORARY -> true;
            case PROFILE, LINK -> generation.filter(Generation::current).isPresent();
        };
    }

    /** Whether it is a generation that stays because the user said so. */
    public boolean isPinned() {
        return generation.filter(found -> found.tag().pinned()).isPresent();
    }

    /** Whether removing it is a matter of deleting a generation of the user's profile that may go. */
    public boolean isRemovable() {
        return !isLocked() && generation.filter(Generation::isExpendable).isPresent();
    }
}
