// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import dev.cairn.bridge.server.Journal;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.error.CairnException;
import dev.cairn.fs.Interrupts;
import dev.cairn.fs.IoReasons;
import dev.cairn.fs.NarFiles;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.hash.HashingOutputStream;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills a cache in the background with what was asked for. Safe for use by several threads. */
final class Baker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Baker.class);

    /** Items that may wait; what is asked for beyond that has to be asked for again. */
    private static final int LONGEST_QUEUE = 10_000;

    /** How long what could not be put in is not tried again. */
    private static final Duration PENANCE = Duration.ofMinutes(5);

    private static final Duration PATIENCE = Duration.ofHours(1);

    private final NarCache cache;
    private final Daemon daemon;
    private final MemoryBudget memory;
    private final Narrator narrator;
    private final Journal journal;
    private final ThreadPoolExecutor workers;

    /** What is being done; for what failed, when. */
    private final Map<StorePath, Optional<Instant>> states = new ConcurrentHashMap<>();

    /** Writes what is said of an item. */
    @FunctionalInterface
    interface Narrator {
        /** @param sizes of the archives, one for each packing */
        byte[] narinfo(PathInfo item, List<Packing> packings, List<OptionalLong> sizes) throws CairnException;
    }

    /** @param count items that are worked at side by side */
    Baker(NarCache cache, Daemon daemon, MemoryBudget memory, Narrator narrator, Journal journal, int count) {
        this.cache = cache;
        this.daemon = daemon;
        this.memory = memory;
        this.narrator = narrator;
        this.journal = journal;
        this.workers = new ThreadPoolExecutor(
                count,
                count,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(LONGEST_QUEUE),
                Thread.ofPlatform().daemon().name("baker").priority(Thread.MIN_PRIORITY).factory());
        workers.allowCoreThreadTimeOut(true);
    }

    /**
     * Has an item put into the cache, unless that is under way.
     *
     * @return whether it can be hoped for; not when it has failed lately
     */
    boolean request(PathInfo item, List<Packing> packings) {
        Optional<Instant> failed = states.getOrDefault(item.path(), Optional.empty());
        if (failed.isPresent() && failed.get().plus(PENANCE).isAfter(Instant.now())) {
            return false;
        }
        failed.ifPresent(_ -> states.remove(item.path()));
        if (states.putIfAbsent(item.path(), Optional.empty()) == null) {
            try {
                workers.execute(() -> attempt(item, packings));
            } catch (RejectedExecutionException _) {
                // Too many wait already; who asks again may have more luck.
                states.remove(item.path());
            }
        }
        return true;
    }

    private void attempt(PathInfo item, List<Packing> packings) {
        try {
            bake(item, packings);
            states.remove(item.path());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (CairnException | IOException | RuntimeException | OutOfMemoryError e) {
            if (!workers.isShutdown()) {
                LOG.warn("{} could not be put into the cache: {}", item.path(), reason(e));
                LOG.debug("Where that was found", e);
                journal.note("cannot put '" + item.path() + "' into the cache: " + reason(e));
            }
            states.values().removeIf(time -> time.filter(past -> past.plus(PENANCE).isBefore(Instant.now()))
                    .isPresent());
            states.put(item.path(), Optional.of(Instant.now()));
        }
    }

    private static String reason(Throwable problem) {
        return problem instanceof IOException io
                ? IoReasons.describe(io)
                : Optional.ofNullable(problem.getMessage()).orElse(problem.toString());
    }

    private void bake(PathInfo item, List<Packing> packings) throws CairnException, IOException, InterruptedException {
        Optional<MemoryBudget.Share> share = memory.take(packings, PATIENCE);
        if (share.isEmpty()) {
            throw new IOException("there was not enough memory for it");
        }
        try (MemoryBudget.Share _ = share.get(); Daemon session = daemon.newSession()) {
            session.addTemporaryRoot(item.path());
            if (!session.isValid(item.path())) {
                throw new DaemonException.NotValid(item.path());
            }
            write(session, item, packings);
        }
    }

    private void write(Daemon session, PathInfo item, List<Packing> packings) throws CairnException, IOException {
        List<Path> files = new ArrayList<>();
        try {
            for (Packing packing : packings) {
                files.add(cache.newNar(item.path(), packing));
            }
            pack(session.physical(item.path()), item, packings, files);
            List<OptionalLong> sizes = new ArrayList<>();
            for (Path file : files) {
                sizes.add(OptionalLong.of(Files.size(file)));
            }
            cache.add(item.path(), packings, files, narrator.narinfo(item, packings, sizes));
        } finally {
            Interrupts.shielded(() -> {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            });
        }
    }

    /** Writes all archives in one go, and makes sure that they are of what the store says it has. */
    private static void pack(Path source, PathInfo item, List<Packing> packings, List<Path> files) throws IOException {
        List<OutputStream> outputs = new ArrayList<>();
        try {
            for (int i = 0; i < files.size(); i++) {
                OutputStream file = Files.newOutputStream(files.get(i), StandardOpenOption.CREATE_NEW);
                outputs.add(file);
                outputs.set(i, packings.get(i).open(file));
            }
            HashingOutputStream hashing = new HashingOutputStream(HashAlgorithm.SHA256, new ManyOutputs(outputs));
            NarWriter writer = new NarWriter(hashing);
            NarFiles.dump(source, writer);
            writer.finish();
            if (!hashing.hash().equals(item.narHash())) {
                throw new IOException("the files are not those that were added to the store; see 'cairn verify'");
            }
        } finally {
            closeAll(outputs);
        }
        for (Path file : files) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(false);
            }
        }
    }

    private static void closeAll(List<OutputStream> outputs) throws IOException {
        IOException first = null;
        for (OutputStream output : outputs) {
            try {
                output.close();
            } catch (IOException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Whether nothing is under way. */
    boolean isIdle() {
        return states.values().stream().allMatch(Optional::isPresent);
    }

    /** Gives up what is under way; nothing of it stays. */
    @Override
    public void close() {
        workers.shutdownNow();
        try {
            if (!workers.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("An item was still being put into the cache");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
