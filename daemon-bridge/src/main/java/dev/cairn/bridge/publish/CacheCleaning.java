// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.fs.AtomicFiles;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes out of a cache what the store no longer has and nobody has asked for in a while. */
final class CacheCleaning {
    private static final Pattern UNFINISHED = Pattern.compile(".*\\.tmp-([0-9]{1,9})-[0-9a-f]+");
    private static final String TIME = "last-expiry-cleanup";

    /** Cleaning looks at every file, so it is not done more often. */
    private static final Duration PERIOD = Duration.ofDays(1);

    private final NarCache cache;
    private final Daemon daemon;
    private final Duration ttl;

    /** @param ttl how long something stays after it was last asked for */
    CacheCleaning(NarCache cache, Daemon daemon, Duration ttl) {
        this.cache = cache;
        this.daemon = daemon;
        this.ttl = ttl;
    }

    /** Cleans if that is due; the time is kept with the cache, as by {@code guix publish}. @return entries removed */
    int cleanIfDue(Instant now) throws DaemonException, IOException {
        Duration period = ttl.compareTo(PERIOD) < 0 ? ttl : PERIOD;
        if (last().plus(period).isAfter(now)) {
            return 0;
        }
        int removed = clean(now);
        AtomicFiles.write(
                cache.folder().resolve(TIME),
                Long.toString(now.getEpochSecond()).getBytes(StandardCharsets.US_ASCII));
        return removed;
    }

    private Instant last() throws IOException {
        try {
            String text = Files.readString(cache.folder().resolve(TIME)).strip();
            return Instant.ofEpochSecond(text.matches("[0-9]{1,12}") ? Long.parseLong(text) : 0);
        } catch (NoSuchFileException _) {
            return Instant.EPOCH;
        }
    }

    private int clean(Instant now) throws DaemonException, IOException {
        int removed = 0;
        for (Path folder : cache.folders()) {
            for (Path file : files(folder)) {
                if (isAbandoned(file, now) ? Files.deleteIfExists(file) : clean(folder, file, now)) {
                    removed++;
                }
            }
        }
        return removed;
    }

    /** Deletes what processes left that were killed in the middle of writing. */
    void sweep(Instant now) throws IOException {
        for (Path folder : cache.folders()) {
            for (Path file : files(folder)) {
                if (isAbandoned(file, now)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** What another process is at stays; its number may have become somebody else's after a day. */
    private static boolean isAbandoned(Path file, Instant now) throws IOException {
        Matcher unfinished = UNFINISHED.matcher(file.getFileName().toString());
        return unfinished.matches()
                && (ProcessHandle.of(Long.parseLong(unfinished.group(1))).isEmpty() || isOlder(file, PERIOD, now));
    }

    private boolean clean(Path folder, Path file, Instant now) throws DaemonException, IOException {
        Optional<StorePath> item = cache.itemOf(file);
        if (item.isEmpty() || !isOlder(file, ttl, now) || daemon.isValid(item.get())) {
            return false;
        }
        cache.remove(item.get(), folder);
        return true;
    }

    private static boolean isOlder(Path file, Duration age, Instant now) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            Instant made = found.lastModifiedTime().toInstant();
            Instant used = found.lastAccessTime().toInstant();
            return (used.isAfter(made) ? used : made).plus(age).isBefore(now);
        } catch (NoSuchFileException _) {
            return false;
        }
    }
}
