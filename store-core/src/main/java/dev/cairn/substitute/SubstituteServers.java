// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.daemon.DaemonException;
import dev.cairn.event.EventSink;
import dev.cairn.narinfo.Claim;
import dev.cairn.narinfo.NarChoice;
import dev.cairn.narinfo.Voucher;
import dev.cairn.path.ContentAddress;
import dev.cairn.path.StorePath;
import dev.cairn.signature.TrustedKeys;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Servers of substitutes in the order in which they are asked; see {@link SubstituteNetwork#servers}. Safe for use by
 * several threads.
 */
public final class SubstituteServers implements Offers {
    /** Unknown keys that are told of at once. */
    private static final int MOST_NOTES = 5;

    private final List<ServerLookUp> servers;
    private final SubstituteNetwork network;

    /** How many servers are asked for an item. */
    public enum Extent {
        /** One after the other, until one has it that is believed. */
        FIRST,
        /** All. */
        ALL
    }

    SubstituteServers(List<ServerLookUp> servers, SubstituteNetwork network) {
        this.servers = List.copyOf(servers);
        this.network = network;
    }

    /** The servers, the first to be asked first. */
    public List<SubstituteServer> servers() {
        return servers.stream().map(ServerLookUp::server).toList();
    }

    /**
     * Looks items up, all at once.
     *
     * @param events is told which servers are in trouble; that is no failure
     */
    public SortedMap<StorePath, Findings> lookUp(Collection<StorePath> paths, Extent extent, EventSink events)
            throws DaemonException {
        TrustedKeys keys = network.keys();
        SortedMap<StorePath, Weighing> weighings = new TreeMap<>();
        paths.forEach(path -> weighings.put(path, new Weighing(path, keys)));
        Collection<StorePath> open = new TreeSet<>(weighings.keySet());
        for (ServerLookUp server : servers) {
            if (!open.isEmpty()) {
                ask(server, open, weighings, events);
                open.removeIf(path -> extent == Extent.FIRST && weighings.get(path).isServed());
            }
        }
        network.cache().cleanLater();
        SortedMap<StorePath, Findings> findings = new TreeMap<>();
        weighings.forEach((path, weighing) -> findings.put(path, weighing.findings()));
        tellUnknownKeys(findings.values(), events);
        return findings;
    }

    private void ask(
            ServerLookUp server,
            Collection<StorePath> paths,
            Map<StorePath, Weighing> weighings,
            EventSink events)
            throws DaemonException {
        try {
            server.ask(paths, problem -> network.tell(server.server() + " is passed over: " + problem, events))
                    .forEach((path, answer) -> weighings.get(path).add(server.server(), answer));
        } catch (InterruptedIOException e) {
            throw DaemonException.of("asking '" + server.server() + "'", e);
        }
    }

    private void tellUnknownKeys(Collection<Findings> findings, EventSink events) {
        findings.stream()
                .filter(found -> found.offers().isEmpty())
                .flatMap(found -> found.objections().stream())
                .filter(objection -> objection.hint().isPresent())
                .map(Objection::toString)
                .distinct()
                .limit(MOST_NOTES)
                .forEach(text -> network.tell(text, events));
    }

    @Override
    public Map<StorePath, Found> find(Collection<StorePath> paths, EventSink events) throws DaemonException {
        return find(paths, Extent.FIRST, events);
    }

    private Map<StorePath, Found> find(Collection<StorePath> paths, Extent extent, EventSink events)
            throws DaemonException {
        Map<StorePath, Found> found = new HashMap<>();
        lookUp(paths, extent, events).forEach((path, findings) -> found.put(path, found(findings)));
        return found;
    }

    @Override
    public Map<StorePath, Found> findAll(Collection<StorePath> paths, EventSink events) throws DaemonException {
        return find(paths, Extent.ALL, events);
    }

    private static Found found(Findings findings) {
        List<String> reasons = new ArrayList<>();
        // What to do about them was told when they came up.
        findings.objections().forEach(objection -> reasons.add(objection.server() + ": " + objection.reason()));
        return new Found(candidates(findings.offers()), reasons);
    }

    /** The best NAR of each server, then what else they have. */
    private static List<Candidate> candidates(List<Offer> offers) {
        List<Candidate> first = new ArrayList<>();
        List<Candidate> others = new ArrayList<>();
        for (Offer offer : offers) {
            List<Candidate> target = first;
            for (Map.Entry<NarChoice, URI> place : offer.places().entrySet()) {
                target.add(candidate(offer, place.getKey(), place.getValue()));
                target = others;
            }
        }
        first.addAll(others);
        return first;
    }

    private static Candidate candidate(Offer offer, NarChoice nar, URI address) {
        Claim claim = offer.claim();
        Optional<ContentAddress> contents = offer.voucher() instanceof Voucher.Contents(ContentAddress name)
                ? Optional.of(name)
                : Optional.empty();
        return new Candidate(
                offer.server().url(),
                claim.path(),
                claim.narHash(),
                claim.narSize(),
                new TreeSet<>(claim.references()),
                claim.deriver(),
                offer.signatures(),
                contents,
                address,
                nar.compression(),
                nar.fileSize());
    }
}
