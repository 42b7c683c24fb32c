// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.channel.Selection;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.CairnException;
import dev.cairn.graph.Components;
import dev.cairn.graph.Digraph;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns chosen packages into derivations: of the files, of their contents, and of the packages. Packages that depend
 * on each other in a circle become one item. The same solution gives the same derivations, whatever order it is in.
 */
final class DebianLowering {
    private static final Comparator<Candidate> ORDER = Comparator.comparing(Candidate::name)
            .thenComparing(Candidate::architecture)
            .thenComparing(Candidate::version)
            .thenComparing(Candidate::channel);

    private final List<Candidate> chosen;
    private final Map<Candidate, Integer> numbers;
    private final DebianDerivations derivations;
    private final Map<Candidate, StorePath> items = new HashMap<>();
    private final Map<StorePath, Selection.Origin> origins = new HashMap<>();
    private final Map<StorePath, Long> fileSizes = new HashMap<>();

    /**
     * @param items the package item of every chosen package; those of one circle of dependencies share one
     * @param origins how package items are made
     * @param fileSizes octets of the files of packages, by the derivations that fetch them
     */
    record Lowered(
            Map<Candidate, StorePath> items,
            Map<StorePath, Selection.Origin> origins,
            Map<StorePath, Long> fileSizes) {
        Lowered {
            items = Map.copyOf(items);
            origins = Map.copyOf(origins);
            fileSizes = Map.copyOf(fileSizes);
        }
    }

    private DebianLowering(Solution solution, DebianDerivations derivations) {
        this.derivations = derivations;
        this.chosen = solution.chosen().stream().sorted(ORDER).toList();
        this.numbers = HashMap.newHashMap(chosen.size());
        chosen.forEach(candidate -> numbers.put(candidate, numbers.size()));
    }

    /**
     * Adds the derivations to the store; nothing is built.
     *
     * @param derivations those that were made already are not made again
     * @throws dev.cairn.daemon.DaemonException.NotValid when only the store had a package, and has it no longer
     */
    static Lowered lower(Solution solution, DebianDerivations derivations) throws CairnException {
        DebianLowering lowering = new DebianLowering(solution, derivations);
        lowering.run(solution.dependencies());
        derivations.add();
        return new Lowered(lowering.items, lowering.origins, lowering.fileSizes);
    }

    private void run(Map<Candidate, List<Candidate>> dependencies) throws CairnException {
        int[][] needed = new int[chosen.size()][];
        Digraph.Builder edges = Digraph.builder(chosen.size());
        for (int i = 0; i < needed.length; i++) {
            needed[i] = dependencies.getOrDefault(chosen.get(i), List.of()).stream()
                    .mapToInt(numbers::get)
                    .toArray();
            for (int other : needed[i]) {
                edges.edge(i, other);
            }
        }
        Components components = Components.of(edges.build());
        int[] nodes = components.nodes();
        List<NamedDerivation> made = new ArrayList<>(components.count());
        int at = 0;
        // Edges lead to lower components, so what a component needs is made before it.
        for (int component = 0; component < components.count(); component++) {
            List<Candidate> members = new ArrayList<>();
            Set<Integer> others = new TreeSet<>();
            for (; at < nodes.length && components.of(nodes[at]) == component; at++) {
                members.add(chosen.get(nodes[at]));
                for (int other : needed[nodes[at]]) {
                    others.add(components.of(other));
                }
            }
            others.remove(component);
            made.add(lower(members, others.stream().map(made::get).toList()));
        }
    }

    private NamedDerivation lower(List<Candidate> members, List<NamedDerivation> needed) throws CairnException {
        List<DebianDerivations.Contents> parts = new ArrayList<>();
        for (Candidate member : members) {
            DebianDerivations.Contents part = derivations.want(member);
            part.download().ifPresent(download -> member.description()
                    .file()
                    .ifPresent(file -> fileSizes.put(download.path(), file.size())));
            parts.add(part);
        }
        NamedDerivation derivation = derivations.packages(members, parts, needed);
        StorePath item = derivation.output("out");
        members.forEach(member -> items.put(member, item));
        origins.put(item, new Selection.Origin.Built(derivation.path(), "out", false));
        return derivation;
    }
}
