// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.daemon.DaemonException;
import dev.cairn.error.FormatException;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.http.BatchFetcher;
import dev.cairn.http.Patience;
import dev.cairn.http.Proxies;
import dev.cairn.layout.StoreLayout;
import dev.cairn.narinfo.Claim;
import dev.cairn.narinfo.NarChoice;
import dev.cairn.narinfo.Voucher;
import dev.cairn.path.ContentAddress;
import dev.cairn.path.StorePath;
import dev.cairn.signature.TrustedKeys;
import dev.cairn.trust.TrustException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The servers of substitutes of a store, in the order in which they are asked. Answers are kept for as long as they
 * count; connections for a few seconds; a server that is down is not asked for a minute. Safe for use by several
 * threads.
 */
public final class SubstituteServers implements Offers, AutoCloseable {
    /** Somebody waits for look-ups: a server that takes this long is passed over. */
    private static final Patience PATIENCE = new Patience(
            Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10), 2, Duration.ofMillis(200));

    private static final Duration ALL_TOGETHER = Duration.ofSeconds(60);

    /** For how long the same is not told again. */
    private static final Duration TOLD = Duration.ofMinutes(1);

    private final List<ServerLookUp> servers;
    private final Trust trust;
    private final NarinfoCache cache;
    private final BatchFetcher fetcher;
    private final InstantSource clock;
    private final Map<String, Instant> told = new ConcurrentHashMap<>();
    private volatile TrustedKeys latest = TrustedKeys.NONE;

    /** How many servers are asked for an item. */
    public enum Extent {
        /** One after the other, until one has it that is believed. */
        FIRST,
        /** All. */
        ALL
    }

    /**
     * The servers of a store.
     *
     * @param servers in the order of equal priority
     * @param proxies how they are reached
     */
    public SubstituteServers(List<SubstituteServer> servers, StoreLayout layout, Proxies proxies) {
        this(servers, layout, Trust.of(layout), proxies, PATIENCE, InstantSource.system());
    }

    SubstituteServers(
            List<SubstituteServer> servers,
            StoreLayout layout,
            Trust trust,
            Proxies proxies,
            Patience patience,
            InstantSource clock) {
        Path folder = layout.state().resolve("substitute").resolve("cache");
        this.trust = trust;
        this.clock = clock;
        this.cache = new NarinfoCache(folder, clock);
        this.fetcher = new BatchFetcher(proxies, patience, ALL_TOGETHER);
        this.servers = servers.stream()
                .distinct()
                .sorted(Comparator.comparingInt(SubstituteServer::priority))
                .map(server -> new ServerLookUp(server, layout.storeDirectory(), cache, fetcher, clock))
                .toList();
    }

    /**
     * Reads the addresses of servers.
     *
     * @throws DaemonException.Refused when one is none
     */
    public static List<SubstituteServer> parse(List<String> urls) throws DaemonException {
        List<SubstituteServer> servers = new ArrayList<>();
        for (String url : urls) {
            try {
                servers.add(SubstituteServer.parse(url));
            } catch (FormatException e) {
                throw new DaemonException.Refused(
                        e.getMessage(),
                        Optional.of("Servers of substitutes are named like https://example.org or file:///folder."));
            }
        }
        return servers;
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
        TrustedKeys keys = keys();
        SortedMap<StorePath, Weighing> weighings = new TreeMap<>();
        paths.forEach(path -> weighings.put(path, new Weighing(path, keys)));
        Collection<StorePath> open = new TreeSet<>(weighings.keySet());
        for (ServerLookUp server : servers) {
            if (!open.isEmpty()) {
                ask(server, open, weighings, events);
                open.removeIf(path -> extent == Extent.FIRST && weighings.get(path).isServed());
            }
        }
        cache.clean();
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
            server.ask(paths, problem -> tell(server.server() + " is passed over: " + problem, events))
                    .forEach((path, answer) -> weighings.get(path).add(server.server(), answer));
        } catch (InterruptedIOException e) {
            throw DaemonException.of("asking '" + server.server() + "'", e);
        }
    }

    private TrustedKeys keys() throws DaemonException {
        try {
            TrustedKeys now = trust.keys();
            // Keys make tables for themselves when they are first used.
            if (!now.guix().keys().equals(latest.guix().keys()) || !now.nix().equals(latest.nix())) {
                latest = now;
            }
            return latest;
        } catch (TrustException e) {
            throw new DaemonException.Refused(e.getMessage(), e.hint());
        } catch (IOException e) {
            throw DaemonException.of("reading which keys are authorised", e);
        }
    }

    private void tellUnknownKeys(Collection<Findings> findings, EventSink events) {
        findings.stream()
                .filter(found -> found.offers().isEmpty())
                .flatMap(found -> found.objections().stream())
                .filter(objection -> objection.hint().isPresent())
                .map(Objection::toString)
                .distinct()
                .forEach(text -> tell(text, events));
    }

    private void tell(String text, EventSink events) {
        Instant now = clock.instant();
        Instant before = told.put(text, now);
        if (before == null || before.plus(TOLD).isBefore(now)) {
            events.accept(new Event.Note(Event.NO_ACTIVITY, text));
        }
    }

    @Override
    public Map<StorePath, Found> find(Collection<StorePath> paths, EventSink events) throws DaemonException {
        Map<StorePath, Found> found = new HashMap<>();
        lookUp(paths, Extent.FIRST, events).forEach((path, findings) -> found.put(path, found(findings)));
        return found;
    }

    @Override
    public Map<StorePath, Found> findAll(Collection<StorePath> paths, EventSink events) throws DaemonException {
        Map<StorePath, Found> found = new HashMap<>();
        lookUp(paths, Extent.ALL, events).forEach((path, findings) -> found.put(path, found(findings)));
        return found;
    }

    private static Found found(Findings findings) {
        List<String> reasons = new ArrayList<>();
        findings.objections().forEach(objection -> reasons.add(objection.toString()));
        return new Found(candidates(findings.offers(), reasons), reasons);
    }

    /** The best NAR of each server, then what else they have. */
    private static List<Candidate> candidates(List<Offer> offers, List<String> reasons) {
        List<Candidate> first = new ArrayList<>();
        List<Candidate> others = new ArrayList<>();
        for (Offer offer : offers) {
            List<Candidate> target = first;
            for (NarChoice nar : offer.nars()) {
                try {
                    target.add(candidate(offer, nar));
                    target = others;
                } catch (FormatException e) {
                    reasons.add(offer.server() + ": " + e.getMessage());
                }
            }
        }
        first.addAll(others);
        return first;
    }

    private static Candidate candidate(Offer offer, NarChoice nar) throws FormatException {
        URI address = offer.server().nar(nar);
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

    /** Ends what is under way. */
    @Override
    public void close() {
        fetcher.close();
    }
}
