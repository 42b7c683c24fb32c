// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.encoding.Rfc4648;
import dev.cairn.encoding.Utf8;
import dev.cairn.error.FormatException;
import dev.cairn.fs.AtomicFiles;
import dev.cairn.fs.FileTrees;
import dev.cairn.hash.Hash;
import dev.cairn.layout.StoreLayout;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.path.StorePath;
import dev.cairn.scheme.Datum;
import dev.cairn.scheme.SchemePrinter;
import dev.cairn.scheme.SchemeReader;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Answers of servers, kept in Guix's own files (formats, section 6.5): what Guix looked up serves here and the other
 * way round. What cannot be read, or is not what its name says, is as good as not there, and is replaced. Nothing
 * depends on an answer being kept: where one cannot be written, it is asked for again. Files are written by a thread of
 * their own, as that takes longer than many an answer. Safe for use by several threads and processes.
 */
final class NarinfoCache implements AutoCloseable {
    /** How long an entry counts at most. */
    private static final Duration LONGEST = Duration.ofDays(2);

    /** How often entries that do not count any more are looked for. */
    private static final Duration CLEANING = Duration.ofDays(1);

    private static final String CLEANED = "last-expiry-cleanup";
    private static final int MAX_FILE = 4 * Narinfo.MAX_LENGTH;

    private final Path folder;
    private final InstantSource clock;

    /** What is still to be written. */
    private final Map<Path, Datum> waiting = new ConcurrentHashMap<>();

    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("kept answers").factory());

    /**
     * An answer.
     *
     * @param text of the narinfo; empty when there is none
     */
    record Entry(Optional<byte[]> text) {}

    /** @param folder made when something is written */
    NarinfoCache(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** What a server said of an item, if that counts still. */
    Optional<Entry> read(SubstituteServer server, StorePath path) {
        Path file = file(server, path);
        Datum latest = waiting.get(file);
        try {
            return parse(latest != null ? latest : datum(file), server);
        } catch (IOException | FormatException _) {
            return Optional.empty();
        }
    }

    /** Where a store keeps them. */
    static Path folder(StoreLayout layout) {
        return layout.state().resolve("substitute").resolve("cache");
    }

    /** The texts that a server's latest answers hold, without order, whether or not they count still. */
    static List<byte[]> latest(StoreLayout layout, SubstituteServer server, int most) {
        Comparator<Path> byTime = Comparator.comparing(file -> file.toFile().lastModified());
        PriorityQueue<Path> newest = new PriorityQueue<>(byTime);
        try {
            for (Path file : FileTrees.entries(folder(layout).resolve(name(server)))) {
                newest.add(file);
                if (newest.size() > most) {
                    newest.remove();
                }
            }
        } catch (IOException _) {
            // Nobody asked that server, or the answers are somebody else's.
            return List.of();
        }
        return newest.stream().flatMap(file -> text(file, server).stream()).toList();
    }

    private static Optional<byte[]> text(Path file, SubstituteServer server) {
        try {
            Datum datum = datum(file);
            return isOf(datum, server)
                    ? value(datum, "value").flatMap(NarinfoCache::entry).flatMap(Entry::text)
                    : Optional.empty();
        } catch (IOException | FormatException _) {
            return Optional.empty();
        }
    }

    private static Datum datum(Path file) throws IOException, FormatException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MAX_FILE + 1);
            if (octets.length > MAX_FILE) {
                throw new IOException("too long");
            }
            return SchemeReader.read(Utf8.decode(octets));
        }
    }

    private Optional<Entry> parse(Datum datum, SubstituteServer server) {
        return isOf(datum, server) && isCurrent(datum)
                ? value(datum, "value").flatMap(NarinfoCache::entry)
                : Optional.empty();
    }

    private static boolean isOf(Datum datum, SubstituteServer server) {
        return value(datum, "version").equals(Optional.of(Datum.whole(2)))
                && value(datum, "cache-uri").equals(Optional.of(Datum.text(server.url())));
    }

    private static Optional<Entry> entry(Datum value) {
        return switch (value) {
            case Datum.Text(String text) -> Optional.of(new Entry(Optional.of(text.getBytes(StandardCharsets.UTF_8))));
            case Datum.Bool(boolean yes) when !yes -> Optional.of(new Entry(Optional.empty()));
            default -> Optional.empty();
        };
    }

    private boolean isCurrent(Datum datum) {
        long now = clock.instant().getEpochSecond();
        Optional<Long> date = value(datum, "date").flatMap(NarinfoCache::number);
        Optional<Long> ttl = value(datum, "ttl").flatMap(NarinfoCache::number);
        return date.isPresent()
                && ttl.isPresent()
                && date.get() <= now
                && now < date.get() + Math.min(ttl.get(), LONGEST.toSeconds());
    }

    private static Optional<Long> number(Datum datum) {
        return datum instanceof Datum.Whole(BigInteger value) && value.signum() >= 0 && value.bitLength() < 60
                ? Optional.of(value.longValue())
                : Optional.empty();
    }

    /** The value of a field of {@code (narinfo (FIELD VALUE) ...)}. */
    private static Optional<Datum> value(Datum datum, String field) {
        if (!(datum instanceof Datum.Listing list)
                || list.elements().isEmpty()
                || !list.elements().getFirst().equals(Datum.symbol("narinfo"))) {
            return Optional.empty();
        }
        return list.elements().stream()
                .filter(element -> element instanceof Datum.Listing one
                        && one.elements().size() == 2
                        && one.elements().getFirst().equals(Datum.symbol(field)))
                .map(element -> ((Datum.Listing) element).elements().get(1))
                .findFirst();
    }

    /**
     * Keeps an answer.
     *
     * @param text of the narinfo; empty when there is none
     */
    void write(SubstituteServer server, StorePath path, Optional<byte[]> text, Duration ttl) {
        try {
            Datum value = text.isPresent() ? Datum.text(Utf8.decode(text.get())) : Datum.FALSE;
            Datum datum = Datum.list(
                    Datum.symbol("narinfo"),
                    field("version", Datum.whole(2)),
                    field("cache-uri", Datum.text(server.url())),
                    field("date", Datum.whole(clock.instant().getEpochSecond())),
                    field("ttl", Datum.whole(ttl.toSeconds())),
                    field("value", value));
            Path file = file(server, path);
            waiting.put(file, datum);
            writer.execute(() -> writeWaiting(file));
        } catch (CharacterCodingException _) {
            // It cannot be kept as text.
        } catch (RejectedExecutionException _) {
            // Nothing is asked any more.
        }
    }

    private void writeWaiting(Path file) {
        Datum datum = waiting.get(file);
        if (datum == null) {
            return;
        }
        try {
            AtomicFiles.writeUnsynced(file, SchemePrinter.print(datum).getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // Somebody else's folder, perhaps, or a full disk.
        }
        waiting.remove(file, datum);
    }

    private static Datum field(String name, Datum value) {
        return Datum.list(Datum.symbol(name), value);
    }

    private Path file(SubstituteServer server, StorePath path) {
        return folder.resolve(name(server)).resolve(path.hashPart());
    }

    /** The folder of a server. */
    static String name(SubstituteServer server) {
        return Rfc4648.base32(Hash.sha256(server.url().getBytes(StandardCharsets.UTF_8)).octets());
    }

    /** Writes what is to be written. */
    @Override
    public void close() {
        writer.close();
    }

    /** Has entries deleted that do not count any more, if nobody did that lately. */
    void cleanLater() {
        try {
            writer.execute(this::clean);
        } catch (RejectedExecutionException _) {
            // Nothing is asked any more.
        }
    }

    /** Deletes entries that do not count any more, if nobody did that lately. */
    void clean() {
        try {
            Path last = folder.resolve(CLEANED);
            Instant now = clock.instant();
            if (Files.isDirectory(folder) && now.isAfter(time(last).plus(CLEANING))) {
                AtomicFiles.writeUnsynced(last, (now.getEpochSecond() + "\n").getBytes(StandardCharsets.US_ASCII));
                cleanAll();
            }
        } catch (IOException _) {
            // Somebody else's folder.
        }
    }

    private static Instant time(Path file) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException | NumberFormatException | DateTimeException _) {
            return Instant.EPOCH;
        }
    }

    /** Judged by the times of files, for what else lies there too: none counts for longer. */
    private void cleanAll() throws IOException {
        Instant oldest = clock.instant().minus(LONGEST);
        for (Path server : FileTrees.entries(folder)) {
            for (Path entry : Files.isDirectory(server) ? FileTrees.entries(server) : List.<Path>of()) {
                if (Files.isRegularFile(entry)
                        && Files.getLastModifiedTime(entry).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(entry);
                }
            }
        }
    }
}
