// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bridge.wire.Codes;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.bridge.wire.Operation;
import dev.cairn.bridge.wire.ProtocolVersion;
import dev.cairn.bridge.wire.Recording;
import dev.cairn.bridge.wire.Recording.Part;
import dev.cairn.bridge.wire.WireReader;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.DaemonException;
import dev.cairn.event.Event;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.layout.StoreLayout;
import dev.cairn.nar.NarReader;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was recorded between guix-daemon and its clients, with this client in their place, octet for octet. */
class GuixTranscriptTest {
    private static final ProtocolVersion VERSION = new ProtocolVersion(0x164);
    private static final StoreDirectory STORE = StoreDirectory.GNU;

    @TempDir
    private Path folder;

    private final List<Event> events = new ArrayList<>();
    private final List<DaemonException> failures = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "greeting", "texts", "trees", "path-info",
                "build", "build-with-plain-log", "build-failing", "roots",
                "roots-of-all-kinds", "garbage", "garbage-up-to-a-limit", "garbage-all", "garbage-of-ones-own", "errors",
                "untrusted", "export", "import", "import-unsigned",
                "import-tampered", "import-nonsense", "queries", "check-and-repair", "keep-failed",
                "fixed-outputs", "timeouts", "substitutes", "download",
                "client-in-scheme", "command-build", "command-archive",
                "command-list-live", "command-delete"
            })
    void asksAsGuixDoesAndUnderstandsTheAnswers(String name) throws Exception {
        replay(name);
    }

    @Test
    void tellsOfBuildersAndWhatTheyWrite() throws Exception {
        replay("build");
        assertThat(events).hasSize(3);
        assertThat(events.get(0)).isInstanceOfSatisfying(Event.Started.class, started -> {
            assertThat(started.kind()).isEqualTo(Event.Kind.BUILD);
            assertThat(started.subject()).endsWith("-trivial.drv");
        });
        assertThat(events.get(1)).isInstanceOfSatisfying(Event.LogLine.class, line ->
                assertThat(line.line()).isEqualTo("hello from the builder"));
        assertThat(events.get(2)).isInstanceOf(Event.Finished.class);
    }

    @Test
    void saysWhichBuildFailedAndHow() throws Exception {
        replay("build-failing");
        assertThat(failures).hasSize(2).allSatisfy(failure ->
                assertThat(failure).isInstanceOfSatisfying(DaemonException.BuildFailed.class, failed -> {
                    assertThat(failed.derivation().name()).isEqualTo("failing.drv");
                    assertThat(failed).hasMessageContaining("failed with exit code 3");
                    assertThat(failed.lastLines()).containsExactly("about to fail");
                }));
        assertThat(events).filteredOn(Event.Failed.class::isInstance).hasSize(2);
    }

    @Test
    void saysWhichHashWasExpectedAndWhichFound() throws Exception {
        replay("fixed-outputs");
        assertThat(failures).first().isInstanceOfSatisfying(DaemonException.HashMismatch.class, mismatch -> {
            assertThat(mismatch.path().name()).isEqualTo("fixed");
            assertThat(mismatch.actual().base32())
                    .isEqualTo("11qzh8j4a2mlqqswm0i0v40a2s5dkx4c9vsxkmrqkh3sikms4kvy");
        });
    }

    @Test
    void tellsOfDownloadsInsideOfBuilds() throws Exception {
        replay("download");
        assertThat(events).anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(Event.Started.class, started ->
                assertThat(started.kind()).isEqualTo(Event.Kind.DOWNLOAD)));
        assertThat(events).filteredOn(Event.Progressed.class::isInstance).isNotEmpty();
    }

    @Test
    void saysWhatTookTooLong() throws Exception {
        replay("timeouts");
        assertThat(failures).isNotEmpty().allSatisfy(failure ->
                assertThat(failure).isInstanceOfSatisfying(DaemonException.BuildFailed.class, failed ->
                        assertThat(failed.wireStatus()).isEqualTo(101)));
    }

    private void replay(String name) throws Exception {
        List<Part> steps = Recording.of(name).parts();
        boolean whole = steps.getFirst().octets().length == Long.BYTES
                && new WireReader(new ByteArrayInputStream(steps.getFirst().octets())).readLong() == 0x6e697863L;
        try (PlayedServer server = new PlayedServer(folder.resolve("socket"))) {
            for (Part step : steps) {
                server.add(isOfClient(step), step.octets());
            }
            Link link = whole ? new Greeting(server.address()).open() : bare(server);
            List<byte[]> asked = new ArrayList<>();
            for (int i = whole ? 3 : 0; i < steps.size(); i++) {
                if (isOfClient(steps.get(i))) {
                    ByteArrayOutputStream all = new ByteArrayOutputStream();
                    // What answers the daemon's wish for data belongs to the request before it.
                    boolean answer = !asked.isEmpty() && isRead(steps.get(i - 1));
                    all.writeBytes(answer ? asked.removeLast() : new byte[0]);
                    all.writeBytes(steps.get(i).octets());
                    asked.add(all.toByteArray());
                }
            }
            try {
                for (byte[] request : asked) {
                    ask(link, request);
                }
            } catch (DaemonException.Unavailable e) {
                // The server knows better why it ended.
                server.await();
                // An error may be the daemon's last word, which this client learns from its next request.
                if (!steps.getLast().isEnd()) {
                    throw e;
                }
            }
            link.close();
            server.await();
        }
    }

    private static boolean isOfClient(Part step) {
        return step.side() == Recording.Side.CLIENT;
    }

    private static boolean isRead(Part step) throws IOException {
        return !isOfClient(step)
                && step.octets().length >= Long.BYTES
                && new WireReader(new ByteArrayInputStream(step.octets())).readLong() == 0x64617461L;
    }

    private static Link bare(PlayedServer server) throws IOException {
        SocketChannel socket = SocketChannel.open(server.address().socketAddress());
        return new Link(server.address(), socket, SocketStreams.input(socket), Dialect.GUIX, VERSION);
    }

    private void ask(Link link, byte[] octets) throws Exception {
        WireReader in = new WireReader(new ByteArrayInputStream(octets));
        long number = in.readInt();
        Operation operation = Operation.of(Dialect.GUIX, number).orElseThrow();
        try (GuixTelling telling = new GuixTelling(new StoreLayout(STORE, folder), events::add)) {
            try {
                link.ask(request(operation, in, octets), telling);
                telling.end(true);
            } catch (RemoteFailure e) {
                failures.add(telling.failure(e));
            }
        }
    }

    private Request<?> request(Operation operation, WireReader in, byte[] octets) throws Exception {
        Requests requests = new Requests(STORE, Dialect.GUIX, VERSION);
        AddRequests additions = new AddRequests(STORE, Dialect.GUIX, VERSION);
        return switch (operation) {
            case QUERY_PATH_INFO -> requests.pathInfo(in.readStorePath(STORE));
            case QUERY_REFERRERS -> requests.referrers(in.readStorePath(STORE));
            case QUERY_VALID_DERIVERS -> requests.validDerivers(in.readStorePath(STORE));
            case QUERY_VALID_PATHS -> {
                List<StorePath> paths = in.readStorePaths(STORE);
                // It is a set, and this client sends it sorted.
                boolean sorted = List.copyOf(new TreeSet<>(paths)).equals(paths);
                yield sorted ? requests.valid(paths) : asRecorded(operation, octets);
            }
            case QUERY_ALL_VALID_PATHS -> requests.allPaths();
            case QUERY_PATH_FROM_HASH_PART -> requests.pathFromHashPart(in.readText(100));
            case QUERY_DERIVATION_OUTPUTS -> requests.derivationOutputs(in.readStorePath(STORE));
            case QUERY_DERIVATION_OUTPUT_NAMES -> requests.derivationOutputNames(in.readStorePath(STORE));
            case QUERY_FAILED_PATHS -> requests.failedPaths();
            case CLEAR_FAILED_PATHS -> requests.clearFailedPaths(in.readTexts());
            case ADD_TEMP_ROOT -> requests.addTemporaryRoot(in.readStorePath(STORE));
            case ADD_INDIRECT_ROOT -> requests.addIndirectRoot(Path.of(in.readText(1000)));
            case FIND_ROOTS -> requests.roots();
            case OPTIMIZE_STORE -> requests.optimise();
            case VERIFY_STORE -> requests.verify(in.readBool(), in.readBool());
            case BUILTIN_BUILDERS -> requests.builtinBuilders();
            case EXPORT_PATH ->
                requests.export(in.readStorePath(STORE), in.readBool(), OutputStream.nullOutputStream());
            case IMPORT_PATHS -> requests.importPaths(archive(in));
            case COLLECT_GARBAGE -> collection(requests, in, octets);
            case BUILD_THINGS -> build(requests, in, octets);
            case ADD_TEXT_TO_STORE ->
                additions.text(in.readText(1000), in.readBytes(1 << 20), in.readStorePaths(STORE));
            case ADD_TO_STORE -> {
                String name = in.readText(1000);
                in.readInt();
                boolean recursive = in.readBool();
                HashAlgorithm algorithm = HashAlgorithm.of(in.readText(100)).orElseThrow();
                yield additions.nar(name, recursive, algorithm, sink -> new NarReader(in.stream()).read(sink));
            }
            default -> asRecorded(operation, octets);
        };
    }

    /** A request that this client never makes, or makes otherwise. */
    private static Request<?> asRecorded(Operation operation, byte[] octets) {
        return new Request<>(
                operation,
                out -> out.writeRaw(octets, Long.BYTES, octets.length - Long.BYTES),
                in -> {
                    switch (operation) {
                        case SET_OPTIONS -> { }
                        case QUERY_VALID_PATHS, QUERY_REFERENCES, QUERY_SUBSTITUTABLE_PATHS -> in.readStorePaths(STORE);
                        case SUBSTITUTE_URLS -> in.readTexts();
                        case QUERY_PATH_HASH, QUERY_DERIVER -> in.readText(1000);
                        case QUERY_SUBSTITUTABLE_PATH_INFOS -> {
                            for (long left = in.readInt(); left > 0; left--) {
                                in.readText(1000);
                                in.readText(1000);
                                in.readStorePaths(STORE);
                                in.readLong();
                                in.readLong();
                            }
                        }
                        default -> in.readLong();
                    }
                    return true;
                });
    }

    /** What the client sent in pieces, put together again. */
    private static InputStream archive(WireReader in) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        while (in.stream().available() > 0) {
            archive.writeBytes(in.readBytes(1 << 20));
        }
        return new ByteArrayInputStream(archive.toByteArray());
    }

    private static Request<?> collection(Requests requests, WireReader in, byte[] octets) throws IOException {
        CollectionRequest.Action action = Codes.action(in.readInt()).orElseThrow();
        Set<StorePath> paths = new TreeSet<>(in.readStorePaths(STORE));
        if (in.readBool()) {
            // Nobody is ever allowed that, so it is not asked for.
            return new Request<>(
                    Operation.COLLECT_GARBAGE,
                    out -> out.writeRaw(octets, Long.BYTES, octets.length - Long.BYTES),
                    WireReader::readLong);
        }
        long most = in.readLong();
        OptionalLong limit = most == -1 ? OptionalLong.empty() : OptionalLong.of(most);
        return requests.collect(new CollectionRequest(action, limit, paths, false));
    }

    private static Request<?> build(Requests requests, WireReader in, byte[] octets) throws Exception {
        List<BuildTarget> targets = new ArrayList<>();
        for (String thing : in.readTexts()) {
            String[] parts = thing.split("!");
            if (!parts[0].endsWith(".drv")) {
                return asRecorded(Operation.BUILD_THINGS, octets);
            }
            targets.add(new BuildTarget(
                    STORE.parse(parts[0]),
                    parts.length == 1 ? new TreeSet<>() : new TreeSet<>(List.of(parts[1].split(",")))));
        }
        return requests.build(targets, Codes.buildMode(in.readInt()).orElseThrow());
    }
}
