// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.event.Activities;
import dev.cairn.fs.Interrupts;
import dev.cairn.http.Fetcher;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of one {@link Run}, and what they do with single items. Each ends with one {@link Happening}. */
final class Workers {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final SubstituteStore store;
    private final Staging staging;
    private final Fetcher fetcher;
    private final FetchTerms terms;
    private final BlockingQueue<Happening> happenings;
    private final Map<Thread, Optional<Item>> running = new ConcurrentHashMap<>();
    private int busy;

    /** @param happenings takes what comes of it */
    Workers(
            SubstituteStore store,
            Staging staging,
            Fetcher fetcher,
            FetchTerms terms,
            BlockingQueue<Happening> happenings) {
        this.store = store;
        this.staging = staging;
        this.fetcher = fetcher;
        this.terms = terms;
        this.happenings = happenings;
    }

    /** Work that ends with something to report. */
    interface Work {
        Happening run() throws DaemonException, IOException;
    }

    /** Whether there is something that has not been reported, or whose report has not been taken. */
    boolean areBusy() {
        return busy > 0;
    }

    /** A report was taken. */
    void reported() {
        busy--;
    }

    /** Does something that is about no single item. */
    void run(String name, Work work) {
        start(name, Optional.empty(), work);
    }

    /** Gets an item from the first of its candidates. */
    void fetch(Item item) {
        start("fetch " + item.path().name(), Optional.of(item), () -> fetchNow(item));
    }

    /** Makes an item valid that lies unpacked. */
    void settle(Item item) {
        start("settle " + item.path().name(), Optional.empty(), () -> {
            PathInfo info = item.info.orElseThrow();
            if (terms.repair()) {
                staging.replace(item.unpacked.orElseThrow(), info);
            } else {
                staging.settle(item.unpacked.orElseThrow(), info);
            }
            item.unpacked = Optional.empty();
            item.lock.orElseThrow().succeeded();
            return new Happening.Settled(item);
        });
    }

    private Happening fetchNow(Item item) throws DaemonException, IOException {
        if (item.lock.isEmpty()) {
            item.lock = store.tryLock(List.of(item.path()));
            if (item.lock.isEmpty()) {
                return new Happening.Blocked(item);
            }
            if (!terms.repair() && !store.valid(List.of(item.path())).isEmpty()) {
                item.lock.get().succeeded();
                return new Happening.Settled(item);
            }
        }
        Candidate candidate = item.candidates().getFirst();
        Unpacked unpacked = staging.place();
        boolean complete = false;
        try {
            Activities.Activity download = item.telling.orElseThrow().download(candidate);
            PathInfo info = new ItemFetch(fetcher, candidate, unpacked).run(download);
            download.finish();
            complete = true;
            return new Happening.Fetched(item, unpacked, info);
        } catch (CandidateException e) {
            return new Happening.Passed(item, e);
        } finally {
            if (!complete) {
                Interrupts.shielded(() -> staging.discard(unpacked));
            }
        }
    }

    private void start(String name, Optional<Item> item, Work work) {
        busy++;
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            Happening happening;
            try {
                happening = work.run();
            } catch (DaemonException.Cancelled _) {
                happening = new Happening.Stopped(item);
            } catch (DaemonException e) {
                happening = new Happening.Broken(e);
            } catch (IOException e) {
                DaemonException failure = DaemonException.of(
                        item.map(one -> "fetching '" + one.path() + "'").orElse("fetching items"), e);
                happening = failure instanceof DaemonException.Cancelled
                        ? new Happening.Stopped(item)
                        : new Happening.Broken(failure);
            } catch (RuntimeException | Error e) {
                happening = new Happening.Defect(e);
            }
            running.remove(Thread.currentThread());
            happenings.add(happening);
        });
        running.put(thread, item);
        thread.start();
    }

    /** Ends what is done with an item; it is reported all the same. */
    void interrupt(Item item) {
        running.forEach((thread, one) -> {
            if (one.filter(item::equals).isPresent()) {
                thread.interrupt();
            }
        });
    }

    /** Ends everything, and waits until it has cleaned up. */
    void stop() {
        boolean interrupted = Thread.interrupted();
        for (Thread thread : running.keySet()) {
            thread.interrupt();
        }
        for (Thread thread : running.keySet()) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets go of what an item holds that nobody works on. */
    void release(Item item) {
        item.unpacked.ifPresent(unpacked -> {
            try {
                Interrupts.shielded(() -> staging.discard(unpacked));
            } catch (IOException e) {
                // It goes with the folder, or with the next collection.
                LOG.warn("{} was not deleted", unpacked.place(), e);
            }
        });
        item.unpacked = Optional.empty();
        item.lock.ifPresent(lock -> {
            // Unlike a build that failed, a fetch leaves nothing that its lock could tell of.
            lock.succeeded();
            lock.close();
        });
        item.lock = Optional.empty();
    }
}
