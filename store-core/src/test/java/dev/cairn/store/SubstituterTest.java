// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.gc.TemporaryRoots;
import dev.cairn.hash.Hash;
import dev.cairn.http.Fetcher;
import dev.cairn.http.Patience;
import dev.cairn.http.Proxies;
import dev.cairn.layout.StoreLayout;
import dev.cairn.nar.NarWriter;
import dev.cairn.narinfo.Compression;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.path.StorePaths;
import dev.cairn.substitute.Candidate;
import dev.cairn.substitute.FetchTerms;
import dev.cairn.substitute.Offers;
import dev.cairn.substitute.Outcome;
import dev.cairn.substitute.Substituter;
import dev.cairn.testing.CacheServer;
import dev.cairn.testing.debian.MiniServer;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetching into a store, from servers that behave and servers that do not. */
class SubstituterTest {
    private static final Patience SHORT = new Patience(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(1), 3, Duration.ofMillis(1));
    private static final FetchTerms ALL = new FetchTerms(true, true, false, false);
    private static final FetchTerms ANY = new FetchTerms(true, false, true, false);

    private final Map<StorePath, List<Candidate>> offered = new ConcurrentHashMap<>();
    private final List<Collection<StorePath>> lookUps = new CopyOnWriteArrayList<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private StoreLayout layout;
    private Daemon daemon;
    private OpenStore store;
    private TemporaryRoots.Holder operation;
    private Fetcher fetcher;
    private Path served;
    private MiniServer server;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        layout = new StoreLayout(StoreDirectory.GNU, folder.resolve("root"));
        daemon = LocalStore.open(layout);
        store = OpenStore.acquire(layout, Proxies.NONE);
        operation = store.temporaryRoots().session();
        fetcher = new Fetcher(Proxies.NONE, SHORT);
        served = Files.createDirectory(folder.resolve("served"));
        server = new MiniServer(served);
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        fetcher.close();
        operation.close();
        store.release();
        daemon.close();
    }

    @Test
    void fetchesWhatAnItemRefersToFirst() throws Exception {
        StorePath base = offer("base", 20_000);
        StorePath left = offer("left", 100, base);
        StorePath right = offer("right", 300_000, base);
        StorePath top = offer("top", 10, left, right);
        assertThat(fetch(ALL, top)).containsEntry(top, new Outcome.Valid());
        assertThat(daemon.requisites(List.of(top)).stream().map(PathInfo::path)).contains(base, left, right, top);
        assertThat(daemon.pathInfo(top).orElseThrow().references()).containsExactlyInAnyOrder(left, right);
        assertThat(lookUps).as("a batch for each level").hasSize(3);
        assertSound();
        assertThat(fetch(ALL, top)).containsEntry(top, new Outcome.Valid());
        assertThat(lookUps).as("nothing is asked when nothing is missing").hasSize(3);
    }

    @Test
    void tellsOctetsOfEachItemAndOfAll() throws Exception {
        StorePath base = offer("base", 3_000_000);
        StorePath top = offer("top", 1_000_000, base);
        fetch(ALL, top);
        Event.Started whole = started(Event.Kind.FETCH).getFirst();
        long expected = Files.size(served.resolve("base")) + Files.size(served.resolve("top"));
        List<Event.Progressed> progress = events.stream()
                .filter(Event.Progressed.class::isInstance)
                .map(Event.Progressed.class::cast)
                .toList();
        Event.Progressed last = progress.stream()
                .filter(one -> one.activity() == whole.activity())
                .reduce((_, second) -> second)
                .orElseThrow();
        assertThat(last.done()).isEqualTo(expected);
        assertThat(last.total()).hasValue(expected);
        assertThat(started(Event.Kind.SUBSTITUTE))
                .extracting(Event.Started::subject)
                .containsExactlyInAnyOrder(base.toString(), top.toString());
        assertThat(started(Event.Kind.SUBSTITUTE)).allMatch(one -> one.parent().orElse(0) == whole.activity());
        assertThat(events).filteredOn(Event.Finished.class::isInstance).hasSize(3);
        assertThat(traces())
                .contains(
                        "@ substituter-started " + top + " substitute",
                        "@ download-started " + top + " " + server.address() + "top "
                                + Files.size(served.resolve("top")),
                        "@ download-succeeded " + top + " " + server.address() + "top "
                                + Files.size(served.resolve("top")),
                        "@ substituter-succeeded " + top);
    }

    @Test
    void goesOnWhereAConnectionBroke() throws Exception {
        StorePath item = offer("item", 2_000_000);
        server.cutOnce("item", 1_000_000);
        fetch(ALL, item);
        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().get(1).range()).isPresent();
        assertSound();
    }

    @Test
    void passesOverWhatIsNotWhatWasPromised() throws Exception {
        byte[] contents = random("item", 100_000);
        for (Candidate wrong : List.of(
                candidate("wrong-hash", "item", contents, Hash.sha256(new byte[] {1}), 100_000, Compression.ZSTD),
                candidate("wrong-size", "item", contents, null, 99_000, Compression.ZSTD),
                candidate("larger", "item", contents, null, 101_000, Compression.ZSTD),
                candidate("not-compressed-so", "item", contents, null, -1, Compression.GZIP),
                candidate("missing", "item", contents, null, -1, Compression.ZSTD),
                candidate("busy", "item", contents, null, -1, Compression.ZSTD),
                candidate("stalls", "item", contents, null, -1, Compression.ZSTD),
                candidate("truncated", "item", contents, null, -1, Compression.ZSTD),
                candidate("damaged", "item", contents, null, -1, Compression.ZSTD),
                candidate("no-archive", "item", contents, null, -1, Compression.ZSTD))) {
            offered.computeIfAbsent(wrong.path(), _ -> new ArrayList<>()).add(wrong);
        }
        Files.write(served.resolve("not-compressed-so"), new byte[] {1, 2, 3, 4});
        Files.delete(served.resolve("missing"));
        server.answer("busy", 503);
        server.stall("stalls", 1000);
        byte[] file = Files.readAllBytes(served.resolve("truncated"));
        Files.write(served.resolve("truncated"), Arrays.copyOf(file, file.length - 1000));
        file[file.length / 2] ^= 1;
        Files.write(served.resolve("damaged"), file);
        Files.write(served.resolve("no-archive"), Zstd.compress(new byte[100_000]));
        StorePath item = offered.keySet().iterator().next();
        Outcome bad = fetch(ALL, item).get(item);
        assertThat(bad).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) bad).failure().reasons()).hasSize(10);
        assertThat(daemon.isValid(item)).isFalse();
        assertSound();

        Candidate right = candidate("right", "item", contents, null, -1, Compression.ZSTD);
        offered.get(item).add(right);
        assertThat(fetch(ALL, item)).containsEntry(item, new Outcome.Valid());
        assertThat(events.stream().filter(Event.Note.class::isInstance).map(Event::toString))
                .anyMatch(note -> note.contains("wrong-hash") || note.contains("its hash is"));
        assertThat(traces()).anyMatch(line -> line.startsWith("@ hash-mismatch " + item + " sha256 "));
        assertSound();
    }

    @Test
    void goesToTheNextServerWhereOneTricklesForEver() throws Exception {
        byte[] contents = random("item", 100_000);
        Candidate right = candidate("right", "item", contents, null, -1, Compression.ZSTD);
        try (CacheServer slow = CacheServer.serving(served)) {
            slow.when("right", reply -> reply.ending(CacheServer.End.TRICKLE, 5000));
            offered.put(right.path(), List.of(at(slow.url(), right), right));
            assertThat(fetch(ALL, right.path())).containsEntry(right.path(), new Outcome.Valid());
            assertThat(slow.requests()).as("it went on where it was, as for other troubles").hasSize(3);
            assertThat(slow.requestsWithHeaders().stream().skip(1))
                    .allMatch(request -> request.headers().containsKey("range"));
        }
        assertThat(server.names()).containsExactly("right");
        assertThat(events.stream().filter(Event.Note.class::isInstance).map(Event::toString))
                .anyMatch(note -> note.contains("it sent no more than "));
        assertSound();
    }

    @Test
    void asksOthersBeforeAServerInTroubleIsAskedForAnotherCompression() throws Exception {
        byte[] contents = random("item", 5000);
        Candidate right = candidate("right", "item", contents, null, -1, Compression.ZSTD);
        Candidate gzipped = candidate("gzipped", "item", contents, null, -1, Compression.GZIP);
        try (CacheServer broken = CacheServer.serving(served)) {
            List<Candidate> first = List.of(at(broken.url(), right), at(broken.url(), gzipped));
            offered.put(right.path(), first);
            broken.when(_ -> true, _ -> {
                offered.put(right.path(), List.of(first.get(0), first.get(1), right));
                return CacheServer.Reply.of(503, "");
            });
            assertThat(fetch(ALL, right.path())).containsEntry(right.path(), new Outcome.Valid());
            assertThat(broken.requests()).isNotEmpty().noneMatch(path -> path.contains("gzipped"));
        }
        assertThat(server.names()).containsExactly("right");
        assertSound();
    }

    @Test
    void asksOthersForItemsThatWaitedWhenAServerGotIntoTrouble() throws Exception {
        List<Candidate> items = new ArrayList<>();
        for (int i = 0; i < Substituter.MOST_AT_ONCE + 4; i++) {
            byte[] contents = random("item-" + i, 500);
            items.add(candidate("nar-" + i, "item-" + i, contents, null, -1, Compression.ZSTD));
        }
        try (CacheServer broken = CacheServer.serving(served)) {
            items.forEach(item -> offered.put(item.path(), List.of(at(broken.url(), item))));
            broken.when(_ -> true, _ -> {
                items.forEach(item -> offered.put(item.path(), List.of(at(broken.url(), item), item)));
                return CacheServer.Reply.of(503, "");
            });
            StorePath[] paths = items.stream().map(Candidate::path).toArray(StorePath[]::new);
            assertThat(fetch(ALL, paths).values()).containsOnly(new Outcome.Valid());
            assertThat(broken.requests().stream().distinct()).hasSize(Substituter.MOST_AT_ONCE);
        }
        assertThat(server.names()).hasSize(items.size());
        assertSound();
    }

    private static Candidate at(String url, Candidate other) {
        return new Candidate(
                url,
                other.path(),
                other.narHash(),
                other.narSize(),
                other.references(),
                other.deriver(),
                other.signatures(),
                other.contents(),
                URI.create(url + other.address().getPath()),
                other.compression(),
                other.downloadSize());
    }

    @Test
    void waitsForAServerThatIsSlowAndSteady() throws Exception {
        byte[] contents = random("item", 3000);
        Candidate candidate = candidate("steady", "item", contents, null, -1, Compression.ZSTD);
        try (CacheServer slow = CacheServer.serving(served)) {
            slow.when("steady", reply -> reply.ending(CacheServer.End.TRICKLE, reply.body().length - 40));
            offered.put(candidate.path(), List.of(at(slow.url(), candidate)));
            fetcher.close();
            fetcher = new Fetcher(Proxies.NONE, Patience.MOVING_ON);
            assertThat(fetch(ALL, candidate.path())).containsEntry(candidate.path(), new Outcome.Valid());
            assertThat(slow.requests()).hasSize(1);
        }
        assertSound();
    }

    @Test
    void tellsWhatNobodyOffersFromWhatIsNotComplete() throws Exception {
        StorePath gone = path("gone");
        StorePath top = offer("top", 1000, gone);
        StorePath other = offer("other", 1000);
        StorePath absent = path("absent");
        SortedMap<StorePath, Outcome> outcomes = fetch(ANY, top, other, absent);
        assertThat(outcomes.get(other)).isInstanceOf(Outcome.Valid.class);
        assertThat(outcomes.get(absent)).isInstanceOf(Outcome.Absent.class);
        assertThat(outcomes.get(top)).isEqualTo(new Outcome.Incomplete(gone, List.of()));
        assertThat(daemon.isValid(top)).isFalse();
        assertSound();
        assertThat(fetch(ALL, top).get(top)).isInstanceOf(Outcome.Incomplete.class);
        assertSound();
    }

    @Test
    void keepsWhatCameBeforeSomethingFailed() throws Exception {
        StorePath base = offer("base", 1000);
        StorePath bad = offer("bad", 1000, base);
        StorePath top = offer("top", 1000, bad);
        Files.delete(served.resolve("bad"));
        Outcome outcome = fetch(ANY, top).get(top);
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) outcome).failure().path()).isEqualTo(bad);
        assertThat(((Outcome.Failed) outcome).failure()).hasMessageContaining("404");
        assertThat(daemon.isValid(base)).isTrue();
        assertThat(daemon.isValid(bad)).isFalse();
        assertThat(daemon.isValid(top)).isFalse();
        assertSound();
    }

    @Test
    void refusesItemsThatReferToEachOther() throws Exception {
        StorePath one = path("one");
        StorePath other = offer("other", 100, one);
        offer("one", 100, other);
        assertThat(fetch(ALL, one).get(one)).isInstanceOf(Outcome.Failed.class);
        assertThat(daemon.isValid(one)).isFalse();
        assertSound();
    }

    @Test
    void takesItemsThatReferToThemselves() throws Exception {
        StorePath self = path("self");
        offer("self", 100, self);
        fetch(ALL, self);
        assertThat(daemon.pathInfo(self).orElseThrow().references()).containsExactly(self);
    }

    @Test
    void leavesNothingWhenCancelled() throws Exception {
        StorePath slow = offer("slow", 2_000_000);
        StorePath top = offer("top", 1000, slow);
        server.stall("slow", 500_000);
        fetcher.close();
        fetcher = new Fetcher(Proxies.NONE, Patience.USUAL);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                fetch(ALL, top);
            } catch (Exception e) {
                thrown.set(e);
            }
        });
        while (server.names().stream().noneMatch("slow"::equals)) {
            Thread.sleep(5);
        }
        Thread.sleep(50);
        thread.interrupt();
        thread.join();
        assertThat(thrown.get()).isInstanceOf(DaemonException.Cancelled.class);
        assertSound();
        server.behave("slow");
        fetch(ALL, top);
        assertThat(daemon.isValid(top)).isTrue();
    }

    @Test
    void waitsForWhoeverFetchesTheSame() throws Exception {
        StorePath item = offer("item", 100_000);
        Thread thread;
        try (ItemLocks _ = ItemLocks.acquire(layout, List.of(item))) {
            thread = Thread.ofVirtual().start(() -> {
                try {
                    fetch(ALL, item);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            Thread.sleep(100);
            assertThat(thread.isAlive()).isTrue();
            assertThat(server.requests()).isEmpty();
        }
        thread.join();
        assertThat(daemon.isValid(item)).isTrue();
        assertSound();
    }

    @Test
    void putsWhatIsDamagedInOrder() throws Exception {
        StorePath item = offer("item", 100_000);
        fetch(ALL, item);
        Path file = layout.physical(item);
        Files.delete(file);
        Files.writeString(file, "damaged");
        FetchTerms repair = new FetchTerms(true, true, false, true);
        assertThat(fetch(repair, item)).containsEntry(item, new Outcome.Valid());
        assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
        offered.put(item, List.of(candidate("other", "item", random("else", 5000), null, -1, Compression.ZSTD)));
        assertThat(fetch(repair, item).get(item)).as("only by the same").isInstanceOf(Outcome.Absent.class);
    }

    private SortedMap<StorePath, Outcome> fetch(FetchTerms terms, StorePath... wanted) throws DaemonException {
        Offers offers = (paths, _) -> {
            lookUps.add(List.copyOf(paths));
            Map<StorePath, Offers.Found> found = new HashMap<>();
            for (StorePath path : paths) {
                found.put(path, new Offers.Found(offered.getOrDefault(path, List.of()), List.of()));
            }
            return found;
        };
        return new Substituter(new OperationStore(store, operation), fetcher, offers)
                .fetch(List.of(wanted), terms, events::add);
    }

    private static StorePath path(String name) throws Exception {
        return StorePaths.text(StoreDirectory.GNU, name, new byte[0], List.of());
    }

    private StorePath offer(String name, int size, StorePath... references) throws Exception {
        Candidate candidate = candidate(name, name, random(name, size), null, -1, Compression.ZSTD, references);
        offered.put(candidate.path(), List.of(candidate));
        return candidate.path();
    }

    /** Serves a file as an item; hash and size are right unless they are given. */
    private Candidate candidate(
            String file,
            String name,
            byte[] contents,
            @Nullable Hash hash,
            long size,
            Compression compression,
            StorePath... references)
            throws Exception {
        ByteArrayOutputStream nar = new ByteArrayOutputStream();
        NarWriter writer = new NarWriter(nar);
        writer.regular(false, contents);
        writer.finish();
        byte[] packed = Zstd.compress(nar.toByteArray());
        Files.write(served.resolve(file), packed);
        return new Candidate(
                server.address().toString(),
                path(name),
                hash == null ? Hash.sha256(nar.toByteArray()) : hash,
                size < 0 ? nar.size() : size,
                new TreeSet<>(List.of(references)),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                URI.create(server.address() + file),
                compression,
                OptionalLong.of(packed.length));
    }

    private static byte[] random(String name, int size) {
        byte[] contents = new byte[size];
        new Random(name.hashCode()).nextBytes(contents);
        return contents;
    }

    private List<Event.Started> started(Event.Kind kind) {
        return events.stream()
                .filter(Event.Started.class::isInstance)
                .map(Event.Started.class::cast)
                .filter(one -> one.kind() == kind)
                .toList();
    }

    private List<String> traces() {
        return events.stream()
                .filter(Event.Trace.class::isInstance)
                .map(event -> ((Event.Trace) event).line())
                .toList();
    }

    /** Nothing lies in the store but what is valid, and that is as registered. */
    private void assertSound() throws Exception {
        assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
        List<String> valid = daemon.allPaths().stream().map(StorePath::baseName).toList();
        try (Stream<Path> all = Files.list(layout.physicalStore())) {
            assertThat(all.map(path -> path.getFileName().toString())
                            .filter(name -> !name.equals(".links")))
                    .containsExactlyInAnyOrderElementsOf(valid);
        }
        List<Long> open = new ArrayList<>();
        for (Event event : events) {
            switch (event) {
                case Event.Started started when started.kind() != Event.Kind.DOWNLOAD -> open.add(started.activity());
                case Event.Finished _, Event.Failed _, Event.Cancelled _ -> open.remove((Object) event.activity());
                default -> {}
            }
        }
        assertThat(open).isEmpty();
    }
}
