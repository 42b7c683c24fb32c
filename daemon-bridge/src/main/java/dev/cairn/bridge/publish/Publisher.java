// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import dev.cairn.bridge.server.Journal;
import dev.cairn.bridge.web.WebHandler;
import dev.cairn.daemon.BuildLogs;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes a store; a {@link dev.cairn.bridge.web.WebServer} brings its answers to clients. */
public final class Publisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final Duration LOOK = Duration.ofMinutes(10);

    /** How long the cache keeps what the store has lost, where no time is given. */
    private static final Duration USUAL_TTL = Duration.ofDays(30);

    private final WebHandler handler;
    private final Optional<Bakery> bakery;
    private final Optional<Thread> cleaner;

    /**
     * Where archives are kept.
     *
     * @param threshold octets of an archive; smaller ones are also made while they are sent, until they are kept
     * @param workers items that are compressed side by side
     */
    public record Cache(Path folder, long threshold, int workers) {
        public Cache {
            if (workers < 1 || threshold < 0) {
                throw new IllegalArgumentException("a cache has a worker and no negative threshold");
            }
        }
    }

    /**
     * Begins to fill and clean the cache, if there is one.
     *
     * @param daemon of the store; stays open for as long as this is
     * @param logs what builders wrote, where that is kept on this machine
     * @param journal is told what goes wrong beside answering
     * @throws DaemonException when the cache's folder cannot be written to
     */
    public Publisher(
            Daemon daemon,
            PublishSettings settings,
            Signer signer,
            Optional<BuildLogs> logs,
            Optional<Cache> cache,
            Journal journal)
            throws DaemonException {
        Pages pages = new Pages(settings, signer);
        MemoryBudget memory = MemoryBudget.ofProcess();
        bakery = cache.isPresent()
                ? Optional.of(bakery(daemon, cache.get(), memory, pages, journal))
                : Optional.empty();
        handler = new Publication(
                daemon,
                settings,
                signer,
                new NarinfoReplies(daemon, settings, pages, bakery),
                new NarReplies(daemon, settings, memory, bakery),
                new FileReplies(daemon, logs),
                journal);
        cleaner = bakery.map(own -> {
            CacheCleaning cleaning = new CacheCleaning(own.cache(), daemon, settings.ttl().orElse(USUAL_TTL));
            return Thread.ofPlatform().daemon().name("cache cleaner").start(() -> clean(cleaning));
        });
    }

    private static Bakery bakery(Daemon daemon, Cache cache, MemoryBudget memory, Pages pages, Journal journal)
            throws DaemonException {
        try {
            Files.createDirectories(cache.folder());
            // Better said now than in the background.
            Files.delete(Files.createTempFile(cache.folder(), "try", null));
        } catch (IOException e) {
            throw DaemonException.of("preparing the cache '" + cache.folder() + "'", e);
        }
        NarCache kept = new NarCache(cache.folder(), daemon.storeDirectory());
        Baker baker = new Baker(
                kept,
                daemon,
                memory,
                (item, packings, sizes) -> pages.page(item, packings, sizes).octets(),
                journal,
                cache.workers());
        return new Bakery(kept, baker, cache.threshold());
    }

    private static void clean(CacheCleaning cleaning) {
        boolean first = true;
        try {
            while (true) {
                try {
                    if (first) {
                        cleaning.sweep(Instant.now());
                        first = false;
                    }
                    int removed = cleaning.cleanIfDue(Instant.now());
                    LOG.debug("{} files were removed from the cache", removed);
                } catch (DaemonException | IOException | RuntimeException e) {
                    LOG.warn("The cache could not be cleaned", e);
                }
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
        } catch (InterruptedException _) {
            // The publisher ends.
        }
    }

    /** What answers requests, from many threads at once. */
    public WebHandler handler() {
        return handler;
    }

    /** Whether nothing is being put into the cache. */
    boolean isIdle() {
        return bakery.isEmpty() || bakery.get().baker().isIdle();
    }

    /** Ends the work on the cache; to be called when nothing is answered any more. */
    @Override
    public void close() {
        cleaner.ifPresent(Thread::interrupt);
        bakery.ifPresent(own -> own.baker().close());
    }
}
