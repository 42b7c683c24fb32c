// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.manifest.ManifestEntry;
import dev.cairn.packages.VersionScheme;

/** One line of a preview. */
public sealed interface Change {
    /** What the line is about, after the change; for {@link Removed} before it. */
    ManifestEntry entry();

    /**
     * Why it happens, to be shown behind the line: empty for what the user asked for, else {@code needed by NAME} or
     * {@code no longer needed}.
     */
    String reason();

    record Added(ManifestEntry entry, String reason) implements Change {}

    /** Another version or build of an installed package; may go down as well as up. */
    record Upgraded(ManifestEntry before, ManifestEntry entry, String reason) implements Change {
        /** Whether the version after the change is the older one. */
        public boolean isDowngrade() {
            return VersionScheme.of(before, entry).order().compare(entry.version(), before.version()) < 0;
        }
    }

    record Removed(ManifestEntry entry, String reason) implements Change {}
}
