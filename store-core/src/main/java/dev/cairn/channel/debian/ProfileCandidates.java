// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.channel.debian.InstalledPackages.Installed;
import dev.cairn.debian.BinaryPackage;
import dev.cairn.debian.Relation;
import dev.cairn.error.CairnException;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What archives offer together with what a profile has. An installed package that an archive still has is the one of
 * the archive: so the same packages become the same items, whether they were there before or not.
 */
final class ProfileCandidates implements Candidates {
    private final Candidates archives;
    /** Installed packages by name, as candidates. */
    private final Map<String, List<Candidate>> installed = new LinkedHashMap<>();
    /** Installed packages by what they provide, in the same order. */
    private final Map<String, List<Candidate>> providing = new HashMap<>();
    private final Map<Installed, Candidate> known = new HashMap<>();

    /** Tells where the contents of a candidate of an archive are, or would be, in the store. */
    @FunctionalInterface
    interface Contents {
        StorePath of(Candidate candidate) throws CairnException;
    }

    /**
     * Where installed packages are from.
     *
     * @param label the package's name, with the architecture if it is not the machine's own
     */
    @FunctionalInterface
    interface Source {
        Origin of(Installed installed);
    }

    /** A channel. */
    record Origin(String channel, int priority) {}

    ProfileCandidates(Candidates archives, InstalledPackages profile, Contents contents, Source source)
            throws CairnException {
        this.archives = archives;
        for (Installed one : profile.all()) {
            Optional<Candidate> offered = offered(one, contents);
            Optional<Candidate> candidate =
                    offered.isPresent() ? offered : kept(one, profile.description(one.contents()), source.of(one));
            if (candidate.isPresent()) {
                known.put(one, candidate.get());
                installed.computeIfAbsent(one.name(), _ -> new ArrayList<>()).add(candidate.get());
            }
        }
        installed.values().stream().flatMap(List::stream).forEach(this::provide);
    }

    private void provide(Candidate candidate) {
        candidate.description().provides().stream()
                .map(Relation::name)
                .distinct()
                .filter(name -> !name.equals(candidate.name()))
                .forEach(name -> providing.computeIfAbsent(name, _ -> new ArrayList<>()).add(candidate));
    }

    private Optional<Candidate> offered(Installed one, Contents contents) throws CairnException {
        for (Candidate candidate : archives.named(one.name())) {
            if (isFor(candidate, one.foreign()) && contents.of(candidate).equals(one.contents())) {
                return Optional.of(new Candidate(
                        candidate.description(),
                        candidate.channel(),
                        candidate.priority(),
                        candidate.addresses(),
                        Optional.of(one.contents()),
                        candidate.standing().or(Standing.UPGRADED)));
            }
        }
        return Optional.empty();
    }

    private Optional<Candidate> kept(Installed one, Optional<BinaryPackage> description, Origin origin) {
        return description
                .map(d -> new Candidate(
                        d, origin.channel(), origin.priority(), List.of(), Optional.of(one.contents())))
                .filter(candidate -> candidate.name().equals(one.name()) && isFor(candidate, one.foreign()));
    }

    /** Whether a package is of an architecture; the machine's own where none is given. */
    boolean isFor(Candidate candidate, Optional<String> foreign) {
        String own = candidate.architecture();
        return foreign.map(own::equals).orElse(own.equals("all") || own.equals(architecture()));
    }

    /** The candidate that an installed package is; empty if what it needs is not known. */
    Optional<Candidate> of(Installed one) {
        return Optional.ofNullable(known.get(one));
    }

    /** The installed package of a name and architecture. */
    Optional<Candidate> installed(String name, Optional<String> foreign) {
        return installed.getOrDefault(name, List.of()).stream()
                .filter(candidate -> isFor(candidate, foreign))
                .findFirst();
    }

    @Override
    public List<Candidate> named(String name) throws CairnException {
        List<Candidate> here = installed.getOrDefault(name, List.of());
        return here.isEmpty() ? archives.named(name) : joined(here, archives.named(name));
    }

    @Override
    public List<Candidate> providing(String name) throws CairnException {
        List<Candidate> here = providing.getOrDefault(name, List.of());
        return here.isEmpty() ? archives.providing(name) : joined(here, archives.providing(name));
    }

    private static List<Candidate> joined(List<Candidate> here, List<Candidate> offered) {
        List<Candidate> all = new ArrayList<>(here);
        offered.stream().filter(o -> here.stream().noneMatch(h -> isSame(h, o))).forEach(all::add);
        return all;
    }

    private static boolean isSame(Candidate installed, Candidate offered) {
        BinaryPackage one = installed.description();
        BinaryPackage other = offered.description();
        return one.file().isPresent()
                && other.file().isPresent()
                && one.name().equals(other.name())
                && one.version().equals(other.version())
                && one.architecture().equals(other.architecture())
                && one.file().get().sha256().equals(other.file().get().sha256());
    }

    /** An installed one counts where no archive says anything of it. */
    @Override
    public List<String> essential() throws CairnException {
        Set<String> names = new TreeSet<>(archives.essential());
        for (Map.Entry<String, List<Candidate>> entry : installed.entrySet()) {
            boolean essential = entry.getValue().stream()
                    .anyMatch(c -> c.description().essential() && isFor(c, Optional.empty()));
            if (essential && archives.named(entry.getKey()).isEmpty()) {
                names.add(entry.getKey());
            }
        }
        return List.copyOf(names);
    }

    @Override
    public String architecture() {
        return archives.architecture();
    }
}
