// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.catalog.CatalogPackage;
import dev.cairn.channel.ChannelException;
import dev.cairn.channel.Selection;
import dev.cairn.channel.Wish;
import dev.cairn.channel.Wish.Wanted;
import dev.cairn.channel.debian.InstalledPackages.Installed;
import dev.cairn.daemon.Daemon;
import dev.cairn.debian.DebianVersion;
import dev.cairn.error.CairnException;
import dev.cairn.manifest.ManifestEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Works on one wish. Used once, by one thread. */
final class DebianSelection {
    private static final int MOST_NOTED = 5;

    private final Wish wish;
    private final boolean recommending;
    private final Daemon daemon;
    private final Candidates archives;
    private final InstalledPackages profile;
    private final DebianDerivations derivations;
    private final ProfileCandidates candidates;

    /**
     * @param channels priorities by name
     * @param recommending whether packages of which nothing else is said bring along what they recommend
     */
    DebianSelection(
            Wish wish, Daemon daemon, Candidates archives, Map<String, Integer> channels, boolean recommending)
            throws CairnException {
        this.wish = wish;
        this.recommending = recommending;
        this.daemon = daemon;
        this.archives = archives;
        this.profile = new InstalledPackages(daemon, wish.installed());
        this.derivations = new DebianDerivations(wish.system(), daemon);
        Map<String, String> sources = sources(wish.installed());
        this.candidates = new ProfileCandidates(
                archives,
                profile,
                candidate -> derivations.contents(candidate).path(),
                one -> {
                    String channel = sources.getOrDefault(slot(one.name(), one.foreign()), "");
                    return new ProfileCandidates.Origin(channel, channels.getOrDefault(channel, 0));
                });
    }

    /** The channels of installed packages by name and output. */
    private static Map<String, String> sources(List<ManifestEntry> entries) {
        Map<String, String> sources = new HashMap<>();
        for (ManifestEntry entry : entries) {
            entry.channel().ifPresent(channel -> {
                sources.put(slot(entry.name(), foreign(entry.output())), channel);
                sources.putAll(sources(entry.propagatedInputs()));
            });
        }
        return sources;
    }

    private static String slot(String name, Optional<String> foreign) {
        return name + foreign.map(architecture -> ":" + architecture).orElse("");
    }

    private static Optional<String> foreign(String output) {
        return output.equals("out") ? Optional.empty() : Optional.of(output);
    }

    Selection select() throws CairnException {
        if (wish.wanted().isEmpty()) {
            return new Selection(List.of(), Map.of(), Map.of(), List.of());
        }
        List<DebianSolver.Goal> goals = new ArrayList<>();
        for (Wanted wanted : wish.wanted()) {
            goals.add(goal(wanted));
        }
        Set<Candidate> renewed = renewed();
        Solution solution = DebianSolver.solve(goals, candidates, renewed::contains);
        List<String> notes = notes(goals, solution, renewed::contains);
        DebianLowering.Lowered lowered = DebianLowering.lower(solution, derivations);
        return new Selection(
                new DebianEntries(solution, lowered.items(), candidates.architecture())
                        .entries(wish.wanted().stream().map(this::terms).toList()),
                lowered.origins(),
                lowered.fileSizes(),
                notes);
    }

    private DebianSolver.Goal goal(Wanted wanted) throws CairnException {
        return switch (wanted) {
            case Wanted.Exactly(CatalogPackage row, String output, _) -> new DebianSolver.Goal(
                    row.key().label() + (output.equals("out") ? "" : ":" + output),
                    named(row.name(), output).stream()
                            .filter(candidate -> candidate.version().equals(row.version()))
                            .sorted(Comparator.comparing(c -> !c.channel().equals(row.key().channel())))
                            .toList(),
                    false,
                    recommended(wanted));
            case Wanted.Keep(ManifestEntry entry) ->
                new DebianSolver.Goal(entry.label(), kept(entry), true, recommended(wanted));
            case Wanted.Upgrade(ManifestEntry entry, var row, _) -> {
                List<Candidate> all = new ArrayList<>();
                if (row.isPresent()) {
                    String newest = row.get().version();
                    named(entry.name(), entry.output()).stream()
                            .filter(c -> c.version().equals(newest))
                            .forEach(all::add);
                    all.addAll(newer(entry));
                }
                all.addAll(kept(entry));
                yield new DebianSolver.Goal(
                        row.map(r -> r.key().label()).orElse(entry.label()), all, false, recommended(wanted));
            }
        };
    }

    private boolean recommended(Wanted wanted) {
        return terms(wanted).recommended().orElseThrow();
    }

    /** What holds for a wanted package, all said. */
    private Wish.Terms terms(Wanted wanted) {
        Wish.Terms said = switch (wanted) {
            case Wanted.Exactly(_, _, Wish.Terms terms) -> terms;
            case Wanted.Keep(ManifestEntry entry) -> terms(entry);
            case Wanted.Upgrade(ManifestEntry entry, _, Wish.Terms terms) ->
                new Wish.Terms(terms.recommended().or(() -> terms(entry).recommended()), terms.pinned());
        };
        return new Wish.Terms(Optional.of(said.recommended().orElse(recommending)), said.pinned());
    }

    private static Wish.Terms terms(ManifestEntry entry) {
        return new Wish.Terms(
                Optional.of(!entry.isMarked(ManifestEntry.WITHOUT_RECOMMENDED)),
                entry.isMarked(ManifestEntry.PINNED));
    }

    private List<Candidate> named(String name, String output) throws CairnException {
        return candidates.named(name).stream()
                .filter(candidate -> candidates.isFor(candidate, foreign(output)))
                .sorted(Candidate.RANK
                        .thenComparing(Candidate::version, DebianVersion.ORDER.reversed())
                        .thenComparing(Candidate::channel))
                .toList();
    }

    /** The installed one, then all others. */
    private List<Candidate> kept(ManifestEntry entry) throws CairnException {
        return named(entry.name(), entry.output()).stream()
                .filter(candidate -> !entry.isMarked(ManifestEntry.PINNED)
                        || candidate.version().equals(entry.version()))
                .sorted(Comparator.comparing(candidate -> candidate.installed().isEmpty()))
                .toList();
    }

    private List<Candidate> newer(ManifestEntry entry) throws CairnException {
        return named(entry.name(), entry.output()).stream()
                .filter(candidate -> candidate.standing() != Standing.REQUESTED)
                .filter(candidate -> DebianVersion.ORDER.compare(candidate.version(), entry.version()) >= 0)
                .toList();
    }

    /** What only upgraded packages need. */
    private Set<Candidate> renewed() throws CairnException {
        List<ManifestEntry> upgraded = new ArrayList<>();
        List<ManifestEntry> kept = new ArrayList<>();
        for (Wanted wanted : wish.wanted()) {
            switch (wanted) {
                case Wanted.Upgrade(ManifestEntry entry, _, _) -> upgraded.add(entry);
                case Wanted.Keep(ManifestEntry entry) -> kept.add(entry);
                case Wanted.Exactly _ -> { }
            }
        }
        Set<Installed> needed = new LinkedHashSet<>(profile.neededBy(upgraded));
        needed.removeAll(profile.neededBy(kept));
        Set<Candidate> renewed = new HashSet<>();
        needed.forEach(one -> candidates.of(one).ifPresent(renewed::add));
        return renewed;
    }

    private List<String> notes(List<DebianSolver.Goal> goals, Solution solution, Predicate<Candidate> renewed)
            throws CairnException {
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < goals.size(); i++) {
            if (wish.wanted().get(i) instanceof Wanted.Upgrade
                    && !goals.get(i).candidates().getFirst().version().equals(
                            solution.wanted().get(i).version())) {
                notes.add(whyNot(goals, i, solution, renewed));
            }
        }
        List<String> gone = new ArrayList<>();
        for (Candidate candidate : solution.chosen()) {
            if (candidate.addresses().isEmpty() && archives.named(candidate.name()).isEmpty()) {
                gone.add(candidate.description().label());
            }
        }
        if (!gone.isEmpty()) {
            gone.sort(null);
            int left = gone.size() - MOST_NOTED;
            notes.add("No channel has "
                    + PackageLabels.list(left > 1 ? gone.subList(0, MOST_NOTED) : gone, "and")
                    + (left > 1 ? " and " + left + " more" : "")
                    + " any more; what is installed is kept.");
        }
        return notes;
    }

    /** Asks again for just the newest version, with everything else that was asked for as it turned out. */
    private String whyNot(
            List<DebianSolver.Goal> goals, int index, Solution solution, Predicate<Candidate> renewed)
            throws CairnException {
        List<DebianSolver.Goal> again = new ArrayList<>();
        for (int i = 0; i < goals.size(); i++) {
            Candidate one = i == index ? goals.get(i).candidates().getFirst() : solution.wanted().get(i);
            DebianSolver.Goal goal = goals.get(i);
            again.add(new DebianSolver.Goal(
                    one.description().label(), List.of(one), goal.kept(), goal.recommended()));
        }
        String stays = "'" + solution.wanted().get(index).description().label() + "' is the newest that fits";
        try {
            DebianSolver.solve(again, candidates, renewed);
            return stays + ".";
        } catch (ChannelException.Unsatisfiable e) {
            return stays + ": " + e.getMessage().replaceAll("\\s*\n\\s*", "; ").replaceFirst(":; ", ": ") + ".";
        }
    }
}
