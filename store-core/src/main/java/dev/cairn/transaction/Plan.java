// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Downloads;
import dev.cairn.manifest.Manifest;
import dev.cairn.path.StorePath;
import dev.cairn.profile.Profile;
import java.util.List;
import java.util.OptionalLong;

/**
 * Exactly what applying will do. Making one changes nothing that a user sees.
 *
 * @param profile what is changed
 * @param base the generation it starts from; applying refuses when another one has become current
 * @param requests what was asked for
 * @param changes top-level packages first, then those that come along
 * @param rebuilt names of packages that are made again in the same version, because what they need changes
 * @param noted whether only what is remembered of packages changes: that one stays at its version, say
 * @param present items that are needed and already in the store
 * @param toBuild derivations that will be built, inputs first
 * @param prepared derivations that only fetch, unpack or link what others have built, inputs first
 * @param targets what is asked of the daemon
 * @param fetched what is to be fetched as it is, by itself
 * @param downloads that, with all that it refers to and the store lacks
 * @param downloadSize octets to download in all, where known
 * @param impure names of packages whose build sees the host's {@code /usr}
 * @param result the manifest of the new generation
 * @param cause how the timeline will call it, such as {@code Installed hello}
 * @param notes what the user should know and might not expect, one sentence each: packages that no channel has any
 *     more, for instance
 */
public record Plan(
        Profile profile,
        int base,
        List<Request> requests,
        List<Change> changes,
        List<String> rebuilt,
        boolean noted,
        List<StorePath> present,
        List<StorePath> toBuild,
        List<StorePath> prepared,
        List<BuildTarget> targets,
        List<StorePath> fetched,
        Downloads downloads,
        OptionalLong downloadSize,
        List<String> impure,
        Manifest result,
        String cause,
        List<String> notes) {
    public Plan {
        requests = List.copyOf(requests);
        changes = List.copyOf(changes);
        rebuilt = List.copyOf(rebuilt);
        present = List.copyOf(present);
        toBuild = List.copyOf(toBuild);
        prepared = List.copyOf(prepared);
        targets = List.copyOf(targets);
        fetched = List.copyOf(fetched);
        impure = List.copyOf(impure);
        notes = List.copyOf(notes);
    }

    /** Whether applying would leave everything as it is. */
    public boolean isEmpty() {
        return changes.isEmpty() && rebuilt.isEmpty() && !noted;
    }
}
