// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.Dependency;
import dev.cairn.debian.Relation;
import dev.cairn.error.CairnException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Says what the archives have for a dependency. */
final class Supply {
    private Supply() {}

    /** The end of a sentence on a dependency: what can meet it, if that is not obvious, or what there is instead. */
    static String of(Reason.Needs needs, Candidates candidates) throws CairnException {
        RelationRules rules = new RelationRules(candidates.architecture());
        PackageLabels labels = new PackageLabels(candidates.architecture());
        SequencedSet<String> fitting = new LinkedHashSet<>();
        SequencedSet<String> others = new LinkedHashSet<>();
        boolean obvious = true;
        for (Relation relation : needs.dependency().alternatives()) {
            List<Candidate> all = new ArrayList<>(candidates.named(relation.name()));
            int named = all.size();
            all.addAll(candidates.providing(relation.name()));
            for (int i = 0; i < all.size(); i++) {
                Candidate one = all.get(i);
                boolean fits =
                        rules.satisfies(relation, needs.owner().description(), one.description());
                (fits ? fitting : others).add(labels.of(one));
                obvious &= !fits || i < named && relation.bound().isEmpty();
            }
        }
        if (!fitting.isEmpty()) {
            return obvious ? "" : ", which only " + PackageLabels.list(fitting, "or") + " can meet";
        }
        return others.isEmpty()
                ? ", which no enabled channel has"
                : ", but there is only " + PackageLabels.list(others, "and");
    }

    /** Whether no channel has any package of these names. */
    static boolean isMissing(Dependency dependency, Candidates candidates) throws CairnException {
        for (Relation relation : dependency.alternatives()) {
            if (!candidates.named(relation.name()).isEmpty() || !candidates.providing(relation.name()).isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
