// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DerivationItems;
import dev.cairn.derivation.Derivation;
import dev.cairn.error.CairnException;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.path.StorePath;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What items need, as far as that is known: to be built, of those whose derivation is in the store; to be used, of
 * those that are in the store themselves, or that a server has and tells of. Used by one thread.
 */
final class ItemNeeds {
    private final Daemon daemon;
    private final List<ServerSurvey> servers;
    private final Map<StorePath, SortedMap<String, StorePath>> outputs = new HashMap<>();

    ItemNeeds(Daemon daemon, List<ServerSurvey> servers) {
        this.daemon = daemon;
        this.servers = List.copyOf(servers);
    }

    /** What an item needs directly, without itself. */
    Set<StorePath> of(StorePath item) throws CairnException {
        Set<StorePath> needs = new HashSet<>();
        SortedSet<StorePath> derivers = daemon.validDerivers(item);
        if (!derivers.isEmpty()) {
            needs.addAll(inputs(derivers.first()));
        } else {
            needs.addAll(references(item));
        }
        needs.remove(item);
        return needs;
    }

    private Set<StorePath> inputs(StorePath deriver) throws CairnException {
        Derivation derivation = DerivationItems.read(daemon, deriver);
        Set<StorePath> inputs = new HashSet<>(derivation.inputSources());
        for (Map.Entry<StorePath, ? extends Collection<String>> input : derivation.inputDerivations().entrySet()) {
            SortedMap<String, StorePath> all = outputs.get(input.getKey());
            if (all == null) {
                all = daemon.derivationOutputs(input.getKey());
                outputs.put(input.getKey(), all);
            }
            for (String output : input.getValue()) {
                if (all.containsKey(output)) {
                    inputs.add(all.get(output));
                }
            }
        }
        return inputs;
    }

    private Collection<StorePath> references(StorePath item) throws CairnException {
        if (daemon.isValid(item)) {
            return daemon.pathInfo(item).orElseThrow().references();
        }
        for (ServerSurvey server : servers) {
            Narinfo narinfo = server.found().get(item);
            if (narinfo != null) {
                return narinfo.claim().references();
            }
        }
        return List.of();
    }
}
