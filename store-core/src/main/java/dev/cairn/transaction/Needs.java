// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.DerivationParser;
import dev.cairn.error.CairnException;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** What realising targets will take, going by what the store has now. */
final class Needs {
    private final Daemon daemon;
    private final SortedSet<StorePath> present = new TreeSet<>();
    private final Set<StorePath> seen = new HashSet<>();

    /** In the order in which the walk is through with them: inputs first. */
    private final List<StorePath> toBuild = new ArrayList<>();

    private boolean fetches;

    private Needs(Daemon daemon) {
        this.daemon = daemon;
    }

    static Needs of(Daemon daemon, Collection<BuildTarget> targets) throws CairnException {
        Needs needs = new Needs(daemon);
        for (BuildTarget target : targets) {
            needs.visit(target.derivation(), target.outputs());
        }
        return needs;
    }

    /** Items that are needed and in the store. */
    List<StorePath> present() {
        return List.copyOf(present);
    }

    /** Derivations that will be built, inputs first. */
    List<StorePath> toBuild() {
        return List.copyOf(toBuild);
    }

    /** Octets to download: none, or not known. */
    OptionalLong downloadSize() {
        return fetches ? OptionalLong.empty() : OptionalLong.of(0);
    }

    private void visit(StorePath path, SortedSet<String> wanted) throws CairnException {
        SortedMap<String, StorePath> outputs = daemon.derivationOutputs(path);
        List<StorePath> items = new ArrayList<>();
        outputs.forEach((name, item) -> {
            if (wanted.isEmpty() || wanted.contains(name)) {
                items.add(item);
            }
        });
        SortedSet<StorePath> valid = daemon.valid(items);
        present.addAll(valid);
        if (valid.containsAll(items) || !seen.add(path)) {
            return;
        }
        Derivation derivation = read(path);
        for (Map.Entry<StorePath, SortedSet<String>> input : derivation.inputDerivations().entrySet()) {
            visit(input.getKey(), input.getValue());
        }
        fetches |= derivation.builder().equals("builtin:download");
        toBuild.add(path);
    }

    private Derivation read(StorePath path) throws CairnException {
        try {
            return DerivationParser.parse(daemon.storeDirectory(), Files.readAllBytes(daemon.physical(path)));
        } catch (IOException e) {
            throw DaemonException.of("reading '" + path + "'", e);
        }
    }
}
