// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import static java.util.Comparator.naturalOrder;

import dev.cairn.debian.BinaryPackage.Importance;
import dev.cairn.debian.DebianVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which of several candidates for one dependency is tried first.
 *
 * <p>Candidates of one name and architecture stay together. Of such groups, one that is installed comes first, what
 * would merge {@code /usr} last, then that of the earlier alternative, the one of the very name before those that only
 * provide it, the higher priority of the channel, one that need not be asked for, what a system wants more, the
 * machine's own architecture, and at last the order of names. Within a group it is the installed one, unless it is to
 * be renewed, then the higher priority, then one that need not be asked for, then the newer version; what is older than
 * the installed one comes last.
 *
 * @param renewed installed candidates of which newer versions are preferred
 */
record Preference(CandidatePool pool, RelationRules rules, Predicate<Candidate> renewed) {
    /**
     * What would turn a running system into one whose {@code /bin} and {@code /lib} are those of {@code /usr}, by its
     * maintainer script. Trees of profiles are so from the start: its alternative, which only says so, does.
     */
    private static final String CONVERTER = "usrmerge";

    /** A candidate and how it meets the dependency. */
    record Option(int number, int alternative, boolean named) {}

    private record Slot(String name, String architecture) {}

    private record Group(
            boolean installed,
            int alternative,
            boolean named,
            int priority,
            Standing standing,
            Importance importance,
            boolean own,
            Slot slot,
            List<Integer> members) {
        private static final Comparator<Group> ORDER = Comparator.comparing((Group g) -> !g.installed)
                .thenComparing(g -> g.slot.name().equals(CONVERTER))
                .thenComparing(Group::alternative)
                .thenComparing(g -> !g.named)
                .thenComparing(Group::priority, Comparator.reverseOrder())
                .thenComparing(Group::standing)
                .thenComparing(Group::importance)
                .thenComparing(g -> !g.own)
                .thenComparing(g -> g.slot.name())
                .thenComparing(g -> g.slot.architecture());
    }

    /** The numbers of the options in order. */
    List<Integer> ordered(List<Option> options) {
        if (options.size() == 1) {
            return List.of(options.getFirst().number());
        }
        Map<Slot, List<Option>> slots = new HashMap<>();
        for (Option option : options) {
            Candidate candidate = pool.get(option.number());
            slots.computeIfAbsent(
                            new Slot(candidate.name(), rules.architecture(candidate.description())),
                            _ -> new ArrayList<>())
                    .add(option);
        }
        List<Group> groups = new ArrayList<>();
        slots.forEach((slot, members) -> groups.add(group(slot, members)));
        return groups.stream().sorted(Group.ORDER).flatMap(group -> group.members().stream()).toList();
    }

    private Group group(Slot slot, List<Option> members) {
        List<Candidate> candidates = members.stream().map(o -> pool.get(o.number())).toList();
        return new Group(
                candidates.stream().anyMatch(c -> c.installed().isPresent()),
                members.stream().mapToInt(Option::alternative).min().orElseThrow(),
                members.stream().anyMatch(Option::named),
                candidates.stream().mapToInt(Candidate::priority).max().orElseThrow(),
                candidates.stream().map(Candidate::standing).min(naturalOrder()).orElseThrow(),
                candidates.stream().map(c -> c.description().importance()).min(naturalOrder()).orElseThrow(),
                slot.architecture().equals(rules.nativeArchitecture()),
                slot,
                members.stream().map(Option::number).distinct().sorted(order(candidates)).toList());
    }

    private Comparator<Integer> order(List<Candidate> candidates) {
        Optional<String> here = candidates.stream()
                .filter(candidate -> candidate.installed().isPresent())
                .map(Candidate::version)
                .findFirst();
        Comparator<Candidate> order = Comparator.comparing((Candidate c) ->
                        here.isPresent() && DebianVersion.ORDER.compare(c.version(), here.get()) < 0)
                .thenComparing(versions());
        return Comparator.comparing(pool::get, order);
    }

    /** The order of candidates of one name and architecture. */
    Comparator<Candidate> versions() {
        return Comparator.comparing((Candidate c) -> c.installed().isEmpty() || renewed.test(c))
                .thenComparing(Candidate.RANK)
                .thenComparing(Candidate::version, DebianVersion.ORDER.reversed())
                .thenComparing(Candidate::channel);
    }
}
