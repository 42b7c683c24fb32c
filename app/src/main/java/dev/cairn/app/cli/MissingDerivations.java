// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.derivation.Derivation;
import dev.cairn.error.CairnException;
import dev.cairn.path.StorePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;

/** Finds out what a build would have to build. */
final class MissingDerivations {
    private MissingDerivations() {}

    /** The derivations with wanted outputs that are not valid, inputs before what needs them. */
    static List<StorePath> of(Daemon daemon, Collection<BuildTarget> targets) throws CairnException {
        // Depth first, without recursion as chains of derivations are long: an entry met the second time is complete.
        Deque<BuildTarget> ahead = new ArrayDeque<>(targets);
        Set<StorePath> expanded = new HashSet<>();
        SequencedSet<StorePath> missing = new LinkedHashSet<>();
        while (!ahead.isEmpty()) {
            BuildTarget target = ahead.peek();
            StorePath path = target.derivation();
            if (expanded.contains(path)) {
                missing.add(path);
                ahead.pop();
                continue;
            }
            if (!isMissing(daemon, target)) {
                ahead.pop();
                continue;
            }
            expanded.add(path);
            Derivation derivation = Derivations.read(daemon, path);
            derivation.inputDerivations().forEach((input, outputs) -> ahead.push(new BuildTarget(input, outputs)));
        }
        return new ArrayList<>(missing);
    }

    private static boolean isMissing(Daemon daemon, BuildTarget target) throws CairnException {
        SortedMap<String, StorePath> outputs = daemon.derivationOutputs(target.derivation());
        Set<StorePath> wanted = new LinkedHashSet<>();
        outputs.forEach((name, path) -> {
            if (target.outputs().isEmpty() || target.outputs().contains(name)) {
                wanted.add(path);
            }
        });
        return !daemon.valid(wanted).containsAll(wanted);
    }
}
