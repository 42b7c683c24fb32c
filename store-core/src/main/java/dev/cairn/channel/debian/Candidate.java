// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.BinaryPackage;
import dev.cairn.path.StorePath;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A package that can be chosen: one that an archive offers, or one that the profile has already.
 *
 * @param channel by name
 * @param priority of the channel
 * @param addresses where its file can be fetched; none for one that only the store has
 * @param installed the item of its contents, if the profile has it
 */
public record Candidate(
        BinaryPackage description, String channel, int priority, List<URI> addresses, Optional<StorePath> installed) {
    public Candidate {
        addresses = List.copyOf(addresses);
    }

    public String name() {
        return description.name();
    }

    public String version() {
        return description.version();
    }

    /** That of the package, or the machine's for packages of all architectures. */
    public String architecture() {
        return description.architecture();
    }
}
