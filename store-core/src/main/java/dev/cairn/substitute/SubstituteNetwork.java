// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.SubstituteUrls;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.http.BatchFetcher;
import dev.cairn.http.Patience;
import dev.cairn.http.Proxies;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.signature.TrustedKeys;
import dev.cairn.trust.TrustException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all look-ups of a store share: answers, kept for as long as they count; connections, kept for a few seconds;
 * that a server is down, which is not asked again for a minute; whose signatures are believed. Safe for use by several
 * threads.
 */
public final class SubstituteNetwork implements AutoCloseable {
    /** Somebody waits for look-ups: a server that takes this long is passed over. */
    private static final Patience PATIENCE = new Patience(
            Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10), 2, Duration.ofMillis(200));

    private static final Duration ALL_TOGETHER = Duration.ofSeconds(20);

    /** For how long the same is not told again. */
    private static final Duration TOLD = Duration.ofMinutes(1);

    private static final int MOST_TOLD = 1000;

    private final StoreDirectory store;
    private final Trust trust;
    private final NarinfoCache cache;
    private final BatchFetcher fetcher;
    private final InstantSource clock;
    private final Map<String, ServerLookUp> known = new ConcurrentHashMap<>();
    private final Map<String, Instant> told = new ConcurrentHashMap<>();
    private volatile TrustedKeys latest = TrustedKeys.NONE;

    /**
     * That of a store, which believes whom its files say.
     *
     * @param proxies how servers are reached
     */
    public SubstituteNetwork(StoreLayout layout, Proxies proxies) {
        this(layout, Trust.of(layout), proxies, PATIENCE, InstantSource.system());
    }

    SubstituteNetwork(StoreLayout layout, Trust trust, Proxies proxies, Patience patience, InstantSource clock) {
        this.store = layout.storeDirectory();
        this.trust = trust;
        this.clock = clock;
        this.cache = new NarinfoCache(NarinfoCache.folder(layout), clock);
        this.fetcher = new BatchFetcher(proxies, patience, ALL_TOGETHER);
    }

    /**
     * The servers with some addresses, in their order; those with lower priority first where priorities are given.
     *
     * @throws DaemonException.Refused when an address is none
     */
    public SubstituteServers servers(Collection<String> urls) throws DaemonException {
        Set<SubstituteServer> servers = new LinkedHashSet<>();
        for (String url : urls) {
            servers.add(new SubstituteServer(SubstituteUrls.address(url)));
        }
        return new SubstituteServers(
                servers.stream()
                        .sorted(Comparator.comparingInt(SubstituteServer::priority))
                        .map(this::lookUp)
                        .toList(),
                this);
    }

    private ServerLookUp lookUp(SubstituteServer server) {
        return known.computeIfAbsent(
                server.url(), _ -> new ServerLookUp(server, store, cache, fetcher, clock));
    }

    /** Whose signatures are believed now. */
    TrustedKeys keys() throws DaemonException {
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

    NarinfoCache cache() {
        return cache;
    }

    /** Tells something about a server, if nobody was told that lately. */
    void tell(String text, EventSink events) {
        Instant now = clock.instant();
        if (told.size() > MOST_TOLD) {
            told.clear();
        }
        Instant before = told.put(text, now);
        if (before == null || before.plus(TOLD).isBefore(now)) {
            events.accept(new Event.Note(Event.NO_ACTIVITY, text));
        }
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        fetcher.close();
        cache.close();
    }
}
