// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.channel.ChannelException;
import dev.cairn.error.CairnException;
import dev.cairn.solver.MinimalCore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/**
 * Says why packages cannot be had together: as few relations as are needed for that, each in a line, from what was
 * asked for down to what stands in the way.
 */
final class Explanation {
    private static final int MOST_LINES = 12;

    /** Without any one of them there would be a way. */
    private final List<Part> parts;

    private final Candidates candidates;
    private final PackageLabels labels;

    /** A clause. @param options the candidates that would meet what it asks for */
    record Part(Reason reason, List<Candidate> options) {}

    private Explanation(List<Part> parts, Candidates candidates) {
        this.parts = parts;
        this.candidates = candidates;
        this.labels = new PackageLabels(candidates.architecture());
    }

    /** @param core clauses of the guide that cannot be true together */
    static Explanation of(DebianGuide guide, int[] core, Candidates candidates) {
        List<int[]> clauses = Arrays.stream(core).mapToObj(guide.clauses()::get).toList();
        return new Explanation(
                Arrays.stream(MinimalCore.of(clauses)).mapToObj(position -> guide.part(core[position])).toList(),
                candidates);
    }

    ChannelException.Unsatisfiable exception() throws CairnException {
        SequencedSet<String> lines = new LinkedHashSet<>();
        for (List<Reason> same : new ReasonOrder(parts).groups()) {
            line(same).ifPresent(lines::add);
        }
        return new ChannelException.Unsatisfiable(
                headline() + shortened(List.copyOf(lines)).stream()
                        .map(line -> "\n  " + line)
                        .collect(Collectors.joining()),
                Optional.of(hint()));
    }

    private static List<String> shortened(List<String> lines) {
        int most = MOST_LINES - 1;
        if (lines.size() <= most) {
            return lines;
        }
        List<String> some = new ArrayList<>(lines.subList(0, most - 2));
        some.add("and " + (lines.size() - most + 1) + " more relations, down to:");
        some.add(lines.getLast());
        return some;
    }

    private List<String> wanted() {
        return parts.stream()
                .map(Part::reason)
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
            default -> PackageLabels.list(wanted, "and") + " cannot be had together:";
        };
    }

    private Optional<String> line(List<Reason> same) throws CairnException {
        return switch (same.getFirst()) {
            case Reason.Wanted(DebianSolver.Goal goal) ->
                goal.candidates().isEmpty() ? Optional.of("no enabled channel has it") : Optional.empty();
            case Reason.Essential(String name) -> Optional.of(
                    "'" + name + "' is essential: it is part of every profile with packages of the archive");
            case Reason.Needs needs -> Optional.of(
                    owners(same, " needs ", " need ") + "'" + needs.dependency() + "'" + Supply.of(needs, candidates));
            case Reason.Clash clash -> Optional.of(clash(same, clash));
            case Reason.OneOf one -> Optional.of(oneOf(same, one));
        };
    }

    /** The packages that a relation is one of, and what they do. */
    private String owners(List<Reason> same, String singular, String plural) {
        List<String> owners = same.stream()
                .map(reason -> switch (reason) {
                    case Reason.Needs(Candidate owner, _) -> owner;
                    case Reason.Clash(Candidate owner, _, _, _) -> owner;
                    default -> throw new IllegalStateException("no relation of a package: " + reason);
                })
                .map(labels::of)
                .distinct()
                .toList();
        return PackageLabels.list(owners, "and") + (owners.size() == 1 ? singular : plural);
    }

    private String clash(List<Reason> same, Reason.Clash clash) {
        List<String> others = same.stream()
                .map(reason -> labels.of(((Reason.Clash) reason).other()))
                .distinct()
                .toList();
        boolean named = clash.other().name().equals(clash.relation().name());
        String which = ", which " + PackageLabels.list(others, "and");
        String verb = named
                ? clash.relation().bound().isEmpty() ? "" : which + (others.size() == 1 ? " is" : " are")
                : which + (others.size() == 1 ? " provides" : " provide");
        return (clash.breaks()
                        ? owners(same, " breaks ", " break ")
                        : owners(same, " conflicts with ", " conflict with "))
                + "'" + clash.relation() + "'" + verb;
    }

    private String oneOf(List<Reason> same, Reason.OneOf first) {
        List<String> all = same.stream()
                .flatMap(reason -> List.of(((Reason.OneOf) reason).one(), ((Reason.OneOf) reason).other()).stream())
                .map(labels::of)
                .distinct()
                .sorted()
                .toList();
        String names = PackageLabels.list(all, "and");
        return switch (first.kind()) {
            case VERSIONS -> "there can be only one of " + names;
            case STEP -> names + " must be of the same version";
            case ARCHITECTURES -> names + " cannot be there at once: they share files";
        };
    }

    private String hint() throws CairnException {
        List<String> wanted = wanted();
        for (Part part : parts) {
            if (part.reason() instanceof Reason.Wanted(DebianSolver.Goal goal) && goal.candidates().isEmpty()) {
                return "Refresh the channels, or enable one that has it.";
            }
            if (part.reason() instanceof Reason.Needs(_, var dependency) && Supply.isMissing(dependency, candidates)) {
                List<String> names = dependency.alternatives().stream().map(r -> r.name()).distinct().toList();
                return "Refresh the channels, or enable one that has " + PackageLabels.list(names, "or")
                        + (wanted.isEmpty() ? "." : "; otherwise leave out " + PackageLabels.list(wanted, "or") + ".");
            }
        }
        return switch (wanted.size()) {
            case 0 -> "The enabled channels do not fit together: disable one of them.";
            case 1 -> "Leave out '" + wanted.getFirst()
                    + "', choose another version of it, or enable a channel that has what it needs.";
            default -> "Leave out " + PackageLabels.list(wanted, "or")
                    + ", or have one of them in a profile of its own.";
        };
    }
}
