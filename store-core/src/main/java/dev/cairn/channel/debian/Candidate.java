// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.BinaryPackage;
import dev.cairn.path.StorePath;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A package that can be chosen: one that an archive offers, or one that the profile has already.
 *
 * @param channel by name
 * @param priority of the channel
 * @param addresses where its file can be fetched; none for one that only the store has
 * @param installed the item of its contents, if the profile has it
 * @param standing how the suites that have it want it to be taken
 */
public record Candidate(
        BinaryPackage description,
        String channel,
        int priority,
        List<URI> addresses,
        Optional<StorePath> installed,
        Standing standing) {
    /**
     * What counts most for which of several is taken: the channel's priority, then those that need not be asked for.
     */
    static final Comparator<Candidate> RANK = Comparator.comparing(Candidate::priority, Comparator.reverseOrder())
            .thenComparing(Candidate::standing);

    public Candidate {
        addresses = List.copyOf(addresses);
    }

    /** One that may be taken without being asked for. */
    public Candidate(
            BinaryPackage description, String channel, int priority, List<URI> addresses,
            Optional<StorePath> installed) {
        this(description, channel, priority, addresses, installed, Standing.USUAL);
    }

    /** Equal ones have equal names and versions; all that a package says is too much for what is asked so often. */
    @Override
    public int hashCode() {
        return 31 * name().hashCode() + version().hashCode();
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
