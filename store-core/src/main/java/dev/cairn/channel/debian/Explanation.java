// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.channel.ChannelException;
import dev.cairn.debian.BinaryPackage;
import dev.cairn.error.CairnException;
import dev.cairn.solver.MinimalCore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/**
 * Says why packages cannot be had together: as few relations as are needed for that, each in a line.
 *
 * @param reasons without any of which there would be a way
 */
record Explanation(List<Reason> reasons) {
    private static final int MOST_LINES = 12;
    private static final int MOST_NAMES = 4;

    /** @param core clauses of the guide that cannot be true together */
    static Explanation of(DebianGuide guide, int[] core) {
        List<int[]> clauses = Arrays.stream(core).mapToObj(guide.clauses()::get).toList();
        return new Explanation(Arrays.stream(MinimalCore.of(clauses))
                .mapToObj(position -> guide.reason(core[position]))
                .toList());
    }

    ChannelException.Unsatisfiable exception(Candidates candidates) throws CairnException {
        SequencedSet<String> lines = new LinkedHashSet<>();
        for (List<Reason> same : groups().values()) {
            lines.add(line(same, candidates));
        }
        lines.remove("");
        List<String> all = new ArrayList<>(lines);
        if (all.size() > MOST_LINES - 1) {
            int left = all.size() - (MOST_LINES - 2);
            all = new ArrayList<>(all.subList(0, MOST_LINES - 2));
            all.add("and " + left + " more relations");
        }
        return new ChannelException.Unsatisfiable(
                headline() + all.stream().map(line -> "\n  " + line).collect(Collectors.joining()),
                Optional.of(hint(candidates)));
    }

    /** What is the same for several versions of a package is said once. */
    private Map<Object, List<Reason>> groups() {
        return reasons.stream()
                .collect(Collectors.groupingBy(Explanation::topic, LinkedHashMap::new, Collectors.toList()));
    }

    private static Object topic(Reason reason) {
        return switch (reason) {
            case Reason.Wanted wanted -> wanted;
            case Reason.Essential essential -> essential;
            case Reason.Needs(Candidate owner, var dependency) -> List.of(owner.name(), dependency);
            case Reason.Clash(Candidate owner, var relation, boolean breaks, _) ->
                List.of(owner.name(), relation, breaks);
            case Reason.OneOf(Candidate one, _) -> one.name();
        };
    }

    private List<String> wanted() {
        return reasons.stream()
                .filter(Reason.Wanted.class::isInstance)
                .map(reason -> ((Reason.Wanted) reason).goal().label())
                .distinct()
                .toList();
    }

    private String headline() {
        List<String> wanted = wanted();
        return switch (wanted.size()) {
            case 0 -> "the essential packages of the archive cannot be had together:";
            case 1 -> "'" + wanted.getFirst() + "' cannot be had:";
            default -> list(wanted, "and") + " cannot be had together:";
        };
    }

    private static String line(List<Reason> same, Candidates candidates) throws CairnException {
        return switch (same.getFirst()) {
            case Reason.Wanted(DebianSolver.Goal goal) -> goal.candidates().isEmpty()
                    ? "no enabled channel has '" + goal.label() + "'"
                    : "";
            case Reason.Essential(String name) -> "'" + name + "' is essential: everything of the archive needs it";
            case Reason.Needs needs -> {
                List<String> owners = same.stream().map(r -> label(((Reason.Needs) r).owner())).distinct().toList();
                yield list(owners, "and") + (owners.size() == 1 ? " needs '" : " need '") + needs.dependency() + "'"
                        + Supply.of(needs, candidates);
            }
            case Reason.Clash clash -> {
                List<String> owners = same.stream().map(r -> label(((Reason.Clash) r).owner())).distinct().toList();
                List<String> others = same.stream().map(r -> label(((Reason.Clash) r).other())).distinct().toList();
                boolean several = owners.size() > 1;
                yield list(owners, "and")
                        + (clash.breaks() ? several ? " break " : " breaks "
                                : several ? " conflict with " : " conflicts with ")
                        + list(others, "and") + " ('" + clash.relation() + "')";
            }
            case Reason.OneOf one -> oneOf(same, one);
        };
    }

    private static String oneOf(List<Reason> same, Reason.OneOf first) {
        List<String> labels = same.stream()
                .flatMap(r -> List.of(((Reason.OneOf) r).one(), ((Reason.OneOf) r).other()).stream())
                .map(Explanation::label)
                .distinct()
                .sorted()
                .toList();
        boolean architectures = !first.one().architecture().equals(first.other().architecture());
        return "only one of " + list(labels, "and") + " can be chosen"
                + (architectures ? ", as they are of different architectures" : "");
    }

    /** With the architecture where the machine's own would be misleading. */
    static String label(Candidate candidate) {
        return candidate.description().label();
    }

    static String list(Collection<String> names, String word) {
        List<String> quoted = names.stream().map(name -> "'" + name + "'").toList();
        if (quoted.size() == 1) {
            return quoted.getFirst();
        }
        if (quoted.size() > MOST_NAMES) {
            return String.join(", ", quoted.subList(0, MOST_NAMES - 1)) + " " + word + " "
                    + (quoted.size() - MOST_NAMES + 1) + " more";
        }
        return String.join(", ", quoted.subList(0, quoted.size() - 1)) + " " + word + " " + quoted.getLast();
    }

    private String hint(Candidates candidates) throws CairnException {
        for (Reason reason : reasons) {
            if (reason instanceof Reason.Needs(Candidate owner, var dependency)
                    && Supply.isMissing(dependency, candidates)) {
                BinaryPackage one = owner.description();
                return "Refresh the channels, or enable one that has "
                        + list(dependency.alternatives().stream().map(r -> r.name()).distinct().toList(), "or")
                        + "; without it '" + one.name() + "' must be left out.";
            }
        }
        List<String> wanted = wanted();
        return wanted.size() > 1
                ? "Leave out " + list(wanted, "or") + ", or have one of them in a profile of its own."
                : "Leave it out, choose another version of it, or enable a channel that has what it needs.";
    }
}
