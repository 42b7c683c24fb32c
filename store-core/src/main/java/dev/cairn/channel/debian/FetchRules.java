// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import static java.util.Comparator.naturalOrder;

import dev.cairn.debian.ReleaseFile;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a release must say of itself to be taken for what a source asks for. */
final class FetchRules {
    private final ArchiveSource source;
    private final Instant now;

    FetchRules(ArchiveSource source, Instant now) {
        this.source = source;
        this.now = now;
    }

    /** @param before what was fetched earlier of the same suite */
    void check(ReleaseFile release, Optional<ReleaseFile> before) throws FetchProblem {
        checkSuite(release);
        if (release.date().isEmpty() && !source.relaxed().trusted()) {
            throw new FetchProblem("the release has no date, so that old lists could be passed off as new ones",
                    "Tell the people who keep the archive.");
        }
        Instant date = release.date().orElse(Instant.EPOCH);
        if (date.isAfter(now.plus(source.reading().future())) && !source.relaxed().date()) {
            throw new FetchProblem("the release is dated " + date + ", which is in the future",
                    "Check the clock of this machine.");
        }
        if (expired(release) && !source.relaxed().validUntil()) {
            throw new FetchProblem("the release expired at " + validUntil(release).orElseThrow(),
                    "The mirror is out of date, or somebody keeps newer lists from you. Try another mirror;"
                            + " check-valid-until=no in " + source.origin()
                            + " takes expired lists, as of a snapshot.");
        }
        Instant known = before.flatMap(ReleaseFile::date).orElse(Instant.MIN);
        if (release.date().isPresent() && date.isBefore(known)) {
            throw new FetchProblem(
                    "the release is of " + date + ", older than that of " + known + " which is here already",
                    "The mirror is behind, or somebody passes old lists off as new ones. Try again later.");
        }
    }

    boolean expired(ReleaseFile release) {
        return validUntil(release).filter(end -> end.isBefore(now)).isPresent();
    }

    /** When a release expires, by what it says and what the configuration says of that. */
    Optional<Instant> validUntil(ReleaseFile release) {
        Optional<Instant> most = release.date().flatMap(date -> source.reading().validAtMost().map(date::plus));
        Optional<Instant> least = release.date().flatMap(date -> source.reading().validAtLeast().map(date::plus));
        Optional<Instant> end = Stream.of(release.validUntil(), most).flatMap(Optional::stream).min(naturalOrder());
        return end.map(until -> least.filter(until::isBefore).orElse(until));
    }

    /**
     * A suite may go by its name or its code name. What follows a slash only says where it lies: {@code
     * bookworm/updates} is of {@code bookworm}; of {@code project/experimental} it is the other way round.
     */
    private void checkSuite(ReleaseFile release) throws FetchProblem {
        String asked = source.suite();
        Set<String> own = Stream.of(release.suite(), release.codename())
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (asked.endsWith("/") || own.isEmpty()) {
            return;
        }
        Set<String> taken = new LinkedHashSet<>(Set.of(asked));
        int slash = asked.lastIndexOf('/');
        if (slash >= 0) {
            taken.add(asked.startsWith("project/") ? asked.substring(slash + 1) : asked.substring(0, slash));
        }
        if (own.stream().noneMatch(taken::contains)) {
            throw new FetchProblem(
                    "the release is that of " + String.join(" or ", own) + ", not of " + asked,
                    "Name the suite as the archive does in " + source.origin() + ".");
        }
    }
}
