// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.BinaryPackage;
import dev.cairn.debian.DebianVersion;
import dev.cairn.error.CairnException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The packages of several channels together, as they are when it is made. What was looked up is kept. */
final class ArchiveCandidates implements Candidates {
    private static final Comparator<Candidate> NEWEST_FIRST =
            Candidate.RANK.thenComparing(Candidate::version, DebianVersion.ORDER.reversed());

    private final List<Offer> offers;
    private final String architecture;
    private final Map<String, List<Candidate>> named = new HashMap<>();
    private final Map<String, List<Candidate>> providing = new HashMap<>();

    /** What one channel has. */
    record Offer(String channel, int priority, PackageIndex index) {}

    /** A build is the same wherever it is offered. */
    private record Build(String name, String version, String architecture, String sha256) {}

    /**
     * @param offers those of equal priority in the order in which they count
     * @param architecture the machine's own, such as {@code amd64}
     */
    ArchiveCandidates(List<Offer> offers, String architecture) {
        this.offers = offers.stream()
                .sorted(Comparator.comparingInt(Offer::priority).reversed())
                .toList();
        this.architecture = architecture;
    }

    @Override
    public List<Candidate> named(String name) {
        return named.computeIfAbsent(name, _ -> union(offer -> offer.index().named(name)));
    }

    @Override
    public List<Candidate> providing(String name) {
        return providing.computeIfAbsent(
                name,
                _ -> union(offer -> offer.index().providing(name)).stream()
                        .filter(candidate -> !candidate.name().equals(name))
                        .toList());
    }

    /** A name counts if that package which would be chosen by default is essential. */
    @Override
    public List<String> essential() throws CairnException {
        Set<String> names = new TreeSet<>();
        for (Offer offer : offers) {
            names.addAll(offer.index().essential());
        }
        names.removeIf(name -> named(name).stream()
                .filter(this::isNative)
                .min(NEWEST_FIRST)
                .filter(candidate -> candidate.description().essential())
                .isEmpty());
        return List.copyOf(names);
    }

    private boolean isNative(Candidate candidate) {
        return candidate.architecture().equals(architecture) || candidate.architecture().equals("all");
    }

    @Override
    public String architecture() {
        return architecture;
    }

    private interface Lookup {
        PackageIndex.Entries in(Offer offer);
    }

    private List<Candidate> union(Lookup lookup) {
        Map<Build, Candidate> builds = new LinkedHashMap<>();
        for (Offer offer : offers) {
            for (PackageIndex.Entry entry : lookup.in(offer).sound()) {
                BinaryPackage description = entry.description();
                Optional<BinaryPackage.ArchiveFile> file = description.file();
                if (file.isPresent()) {
                    Candidate candidate = new Candidate(
                            description,
                            offer.channel(),
                            offer.priority(),
                            List.of(address(entry.index().archive(), file.get().name())),
                            Optional.empty(),
                            entry.index().standing());
                    Build build = new Build(
                            description.name(), description.version(), description.architecture(), file.get().sha256());
                    builds.merge(build, candidate, ArchiveCandidates::joined);
                }
            }
        }
        return List.copyOf(builds.values());
    }

    /** The first one, to be fetched from where either is. */
    private static Candidate joined(Candidate first, Candidate second) {
        Set<URI> addresses = new LinkedHashSet<>(first.addresses());
        addresses.addAll(second.addresses());
        return new Candidate(
                first.description(),
                first.channel(),
                first.priority(),
                new ArrayList<>(addresses),
                first.installed(),
                first.standing().or(second.standing()));
    }

    /** Where an archive has a file, whatever characters its name has. */
    static URI address(URI archive, String name) {
        try {
            return URI.create(archive + new URI(null, null, "/" + name, null).toASCIIString().substring(1));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not the name of a file: " + name, e);
        }
    }
}
