// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.daemon.SubstituteInfo;
import dev.cairn.event.EventSink;
import dev.cairn.path.StorePath;
import dev.cairn.substitute.Candidate;
import dev.cairn.substitute.FetchTerms;
import dev.cairn.substitute.Offers;
import dev.cairn.substitute.Outcome;
import dev.cairn.substitute.SubstituteStore;
import dev.cairn.substitute.Substituter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a session may fetch, and from where, by its settings. */
final class Substitutes {
    private final OpenStore store;
    private final StoreSettings settings;

    Substitutes(OpenStore store, StoreSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /** Fetches what is built otherwise; empty when that is not allowed, or nobody to be asked is known. */
    Optional<Substituter> outputs(SubstituteStore into) throws DaemonException {
        return from(outputUrls(), into);
    }

    /** Fetches derivations, and what they need to be built. */
    Optional<Substituter> derivations(SubstituteStore into) throws DaemonException {
        SequencedSet<String> urls = new LinkedHashSet<>(settings.derivationSubstituteUrls());
        urls.addAll(outputUrls());
        return from(List.copyOf(urls), into);
    }

    private List<String> outputUrls() {
        return settings.substitutes() ? settings.substituteUrls() : List.of();
    }

    private Optional<Substituter> from(List<String> urls, SubstituteStore into) throws DaemonException {
        return urls.isEmpty()
                ? Optional.empty()
                : Optional.of(new Substituter(into, store.narFetcher(), offers(urls)));
    }

    private Offers offers(List<String> urls) throws DaemonException {
        return store.servers(urls);
    }

    /** See {@link dev.cairn.daemon.Daemon#substitutable}. */
    SortedMap<StorePath, SubstituteInfo> find(Collection<StorePath> paths, EventSink events) throws DaemonException {
        SortedMap<StorePath, SubstituteInfo> infos = new TreeMap<>();
        if (outputUrls().isEmpty() || paths.isEmpty()) {
            return infos;
        }
        for (Map.Entry<StorePath, Offers.Found> found :
                offers(outputUrls()).find(paths, events).entrySet()) {
            found.getValue().candidates().stream()
                    .findFirst()
                    .ifPresent(candidate -> infos.put(found.getKey(), info(candidate)));
        }
        return infos;
    }

    private static SubstituteInfo info(Candidate candidate) {
        return new SubstituteInfo(
                candidate.path(),
                candidate.deriver(),
                candidate.references(),
                candidate.downloadSize(),
                candidate.narSize(),
                candidate.server());
    }

    /** See {@link dev.cairn.daemon.Daemon#ensure}. */
    void ensure(Collection<StorePath> items, SubstituteStore into, BuildOptions options, EventSink events)
            throws DaemonException {
        into.addTemporaryRoots(items);
        List<StorePath> missing = new ArrayList<>(items);
        missing.removeAll(into.valid(items));
        if (missing.isEmpty()) {
            return;
        }
        // Derivations may be among them, which their own servers have.
        boolean derivations = missing.stream().anyMatch(StorePath::isDerivation);
        Optional<Substituter> substituter = derivations ? derivations(into) : outputs(into);
        if (substituter.isEmpty()) {
            throw new DaemonException.NotSubstituted(missing.getFirst(), List.of());
        }
        FetchTerms terms = new FetchTerms(settings.deduplicate(), true, options.keepGoing(), false);
        for (Map.Entry<StorePath, Outcome> outcome :
                substituter.get().fetch(missing, terms, events).entrySet()) {
            switch (outcome.getValue()) {
                case Outcome.Valid _ -> {
                    // As it should be.
                }
                case Outcome.Absent(List<String> reasons) ->
                    throw new DaemonException.NotSubstituted(outcome.getKey(), reasons);
                case Outcome.Incomplete(StorePath reference, List<String> reasons) ->
                    throw new DaemonException.NotSubstituted(reference, reasons);
                case Outcome.Failed(DaemonException.NotSubstituted failure) -> throw failure;
            }
        }
    }

    /** Puts an item in order whose files are gone or damaged. @return whether somebody had it */
    boolean repair(StorePath item, SubstituteStore into, EventSink events) throws DaemonException {
        Optional<Substituter> substituter = outputs(into);
        FetchTerms terms = new FetchTerms(settings.deduplicate(), true, false, true);
        return substituter.isPresent()
                && substituter.get().fetch(List.of(item), terms, events).get(item) instanceof Outcome.Valid;
    }
}
