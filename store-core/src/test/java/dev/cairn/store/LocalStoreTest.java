// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.CollectionResult;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonContract;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.VerificationReport;
import dev.cairn.error.CairnException;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.fs.CanonicalMetadata;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Octets;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class LocalStoreTest extends DaemonContract {
    private StoreLayout layout;

    @Override
    protected Daemon open() throws CairnException {
        layout = new StoreLayout(StoreDirectory.GNU, folder.resolve("root"));
        return LocalStore.open(layout);
    }

    @Override
    protected void addRoot(String name, StorePath item) throws IOException {
        Files.createSymbolicLink(layout.gcRoots().resolve(name), Path.of(item.toString()));
    }

    @Test
    void makesTheFoldersThatGuixMakes() {
        assertThat(layout.links()).isDirectory();
        assertThat(layout.profiles().resolve("per-user")).isDirectory();
        assertThat(layout.tempRoots()).isDirectory();
        assertThat(layout.gcRoots().resolve("profiles")).isSymbolicLink().isDirectory();
        assertThat(layout.database().resolve("db.sqlite")).isRegularFile();
    }

    @Test
    void makesItemsCanonicalAndLeavesNoLock() throws Exception {
        Path file = daemon.physical(text("item"));
        assertThat((Integer) Files.getAttribute(file, "unix:mode") & 07777).isEqualTo(0444);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(CanonicalMetadata.MTIME);
        assertThat(Path.of(file + ".lock")).doesNotExist();
    }

    @Test
    void replacesWhatAFailedAdditionLeftBehind() throws Exception {
        StorePath path = text("item");
        collect(CollectionRequest.deleteDead(Optional.empty(), false));
        Files.createDirectories(daemon.physical(path).resolve("left/over"));
        Files.createFile(Path.of(daemon.physical(path) + ".lock"));
        assertThat(text("item")).isEqualTo(path);
        assertThat(daemon.physical(path)).isRegularFile();
        assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
    }

    @Test
    void refusesDerivationsWhoseOutputsAreNotTheirs() {
        String output = "/gnu/store/" + "0".repeat(32) + "-x";
        String text = "Derive([(\"out\",\"" + output + "\",\"\",\"\")],[],[],\"x86_64-linux\",\"builtin:x\",[],[(\"out\",\""
                + output + "\")])";
        assertThatThrownBy(() -> daemon.addText("x.drv", text.getBytes(StandardCharsets.UTF_8), List.of()))
                .isInstanceOf(DaemonException.Refused.class)
                .hasMessageContaining("should be");
        assertThatThrownBy(() -> daemon.addText("x.drv", new byte[] {'x'}, List.of()))
                .isInstanceOf(DaemonException.Refused.class);
    }

    @Test
    void writesTemporaryRootsAsGuixDoes() throws Exception {
        StorePath path = daemon.storeDirectory().item("0".repeat(32) + "-a");
        daemon.addTemporaryRoot(path);
        Path file = layout.tempRoots().resolve(Long.toString(ProcessHandle.current().pid()));
        // Another process reads it: closing a descriptor of it here would drop this process's lock.
        Process reader = new ProcessBuilder("cat", file.toString()).start();
        assertThat(reader.getInputStream().readAllBytes())
                .isEqualTo((path + "\0").getBytes(StandardCharsets.US_ASCII));
        assertThat((Integer) Files.getAttribute(file, "unix:mode") & 07777).isEqualTo(0600);
    }

    @Test
    void dropsTheFileOfTemporaryRootsWithTheLastSessionThatNeedsThem() throws Exception {
        try (Daemon session = daemon.newSession()) {
            session.addText("item", new byte[] {1}, List.of());
            assertThat(layout.tempRoots()).isNotEmptyDirectory();
        }
        assertThat(layout.tempRoots()).isEmptyDirectory();
        text("another");
        assertThat(layout.tempRoots()).isNotEmptyDirectory();
    }

    @Test
    void registersIndirectRootsUnderTheHashOfTheirName() throws Exception {
        StorePath path = text("item");
        Path link = Files.createSymbolicLink(folder.resolve("result"), Path.of(path.toString()));
        daemon.addIndirectRoot(link);
        daemon.addIndirectRoot(link);
        List<Path> auto = FileTrees.entries(layout.gcRoots().resolve("auto"));
        assertThat(auto).hasSize(1);
        assertThat(auto.getFirst().getFileName().toString()).hasSize(32);
        assertThat(daemon.roots()).singleElement().satisfies(root -> assertThat(root.name()).isEqualTo(link.toString()));
        Files.delete(link);
        assertThat(collect(CollectionRequest.deleteDead(Optional.empty(), false)).paths())
                .containsExactly(path.toString());
        assertThat(layout.gcRoots().resolve("auto")).isEmptyDirectory();
    }

    @Test
    void countsSharedFilesOnceAndOnlyWhenTheLastNameGoes() throws Exception {
        StorePath kept = daemon.addTree("kept", tree("kept", 10_000, 'a'), true, HashAlgorithm.SHA256);
        StorePath same = daemon.addTree("same", tree("same", 10_000, 'a'), true, HashAlgorithm.SHA256);
        StorePath one = daemon.addTree("one", tree("one", 20_000, 'b'), true, HashAlgorithm.SHA256);
        StorePath two = daemon.addTree("two", tree("two", 20_000, 'b'), true, HashAlgorithm.SHA256);
        addRoot("keep", kept);
        CollectionResult preview = collect(CollectionRequest.deleteDead(Optional.empty(), true));
        CollectionResult result = collect(CollectionRequest.deleteDead(Optional.empty(), false));
        assertThat(result).isEqualTo(preview);
        assertThat(result.paths())
                .containsExactlyInAnyOrder(same.toString(), one.toString(), two.toString());
        assertThat(result.bytes()).isEqualTo(20_000);
        assertThat(FileTrees.entries(layout.links())).hasSize(1);
        assertThat(layout.physicalStore().resolve("trash")).doesNotExist();
    }

    @Test
    void collectsStrayEntriesButNotWhatIsBeingMade() throws Exception {
        Path stray = Files.createDirectories(layout.physicalStore().resolve("stray/sub"));
        Files.writeString(stray.resolve("file"), "12345");
        StorePath making = daemon.storeDirectory().item("0".repeat(32) + "-making");
        Path lock = Files.createFile(Path.of(layout.physical(making) + ".lock"));
        try (Daemon other = daemon.newSession()) {
            other.addTemporaryRoot(making);
            CollectionResult result = collect(CollectionRequest.deleteDead(Optional.empty(), false));
            assertThat(result.paths()).containsExactly("/gnu/store/stray");
            assertThat(result.bytes()).isEqualTo(5);
            assertThat(lock).exists();
        }
        assertThat(collect(CollectionRequest.listDead()).paths()).containsExactly(making + ".lock");
    }

    @Test
    void findsMissingAndDamagedItems() throws Exception {
        StorePath missing = text("missing");
        StorePath damaged = text("damaged");
        Files.delete(daemon.physical(missing));
        Files.delete(daemon.physical(damaged));
        Files.writeString(daemon.physical(damaged), "something else");
        assertThat(daemon.verify(false, EventSink.NONE)).satisfies(report -> {
            assertThat(report.missing()).containsExactly(missing);
            assertThat(report.corrupt()).isEmpty();
            assertThat(report.checked()).isEqualTo(2);
        });
        assertThat(daemon.verify(true, EventSink.NONE).corrupt()).containsExactly(damaged);
    }

    @Test
    void forgetsItemsWithoutFilesUnlessOthersNeedThem() throws Exception {
        StorePath needed = text("needed");
        StorePath referrer = daemon.addText("referrer", needed.toString().getBytes(StandardCharsets.UTF_8), List.of(needed));
        StorePath loose = text("loose");
        Files.delete(daemon.physical(needed));
        Files.delete(daemon.physical(loose));
        List<String> words = new ArrayList<>();
        VerificationReport report = daemon.verify(true, event -> words(event, words));
        assertThat(report.missing()).containsExactlyInAnyOrder(needed, loose);
        assertThat(daemon.valid(List.of(needed, referrer, loose))).containsExactlyInAnyOrder(needed, referrer);
        assertThat(words)
                .containsExactlyInAnyOrder(
                        "reading the store...",
                        "checking path existence...",
                        "path `" + loose + "' disappeared, removing from database...",
                        "path `" + needed + "' disappeared, but it still has valid referrers!",
                        "checking hashes...");
    }

    @Test
    void tellsACollectionInTheWordsOfTheDaemon() throws Exception {
        StorePath dead = text("dead");
        List<String> words = new ArrayList<>();
        daemon.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), event -> words(event, words));
        assertThat(words)
                .containsExactly(
                        "finding garbage collector roots...",
                        "deleting garbage...",
                        "[0 MiB] deleting '" + dead + "'",
                        "deleting `/gnu/store/trash'",
                        "deleting unused links...",
                        "note: currently hard linking saves -0.00 MiB");
        words.clear();
        daemon.collectGarbage(CollectionRequest.listDead(), event -> words(event, words));
        assertThat(words).containsExactly("finding garbage collector roots...", "determining live/dead paths...");
    }

    @Test
    void stopsSayingSoOnceEnoughIsFreed() throws Exception {
        text("one");
        text("two");
        List<String> words = new ArrayList<>();
        daemon.collectGarbage(CollectionRequest.deleteDead(Optional.of(1L), false), event -> words(event, words));
        assertThat(words).contains("deleted or invalidated more than 1 bytes; stopping");
        assertThat(words).filteredOn(text -> text.contains("deleting '")).hasSize(1).first().asString()
                .startsWith("[0%] deleting '/gnu/store/");
    }

    private static void words(Event event, List<String> words) {
        if (event instanceof Event.Message(_, _, String text)) {
            words.add(text);
        }
    }

    @Test
    void keepsFilesWhoseNamesAreNoText() throws Exception {
        Path tree = Files.createDirectory(folder.resolve("strange"));
        byte[] longest = new byte[255];
        Arrays.fill(longest, (byte) 0xfe);
        for (byte[] name : List.of(longest, new byte[] {(byte) 0x80}, new byte[] {'x'})) {
            Files.writeString(Octets.resolve(tree, name), "equal ".repeat(2000));
        }
        StorePath item = daemon.addTree("strange", tree, true, HashAlgorithm.SHA256);
        Path kept = Octets.resolve(daemon.physical(item), longest);
        assertThat(Files.getAttribute(kept, "unix:nlink")).isEqualTo(4);
        assertThat(daemon.verify(true, EventSink.NONE)).matches(VerificationReport::isSound);
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        daemon.exportItem(item, false, exported);
        daemon.close();
        daemon = LocalStore.open(layout);
        assertThat(daemon.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE).paths())
                .contains(item.toString());
        assertThat(daemon.physical(item)).doesNotExist();
        assertThat(FileTrees.entries(layout.links())).isEmpty();
        // What such items leave behind goes as well.
        Path stray = Files.createDirectory(layout.physicalStore().resolve("0".repeat(32) + "-stray"));
        Files.createDirectory(Octets.resolve(stray, longest));
        daemon.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
        assertThat(stray).doesNotExist();
    }

    @Test
    void givesBackBuildLogs() throws Exception {
        StorePath derivation = daemon.storeDirectory().item("0".repeat(32) + "-x.drv");
        Path file = layout.logs().resolve("drvs/00").resolve(derivation.baseName().substring(2) + ".gz");
        Files.createDirectories(file.getParent());
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("said".getBytes(StandardCharsets.UTF_8));
        }
        try (InputStream log = daemon.buildLog(derivation).orElseThrow()) {
            assertThat(log).hasContent("said");
        }
    }

    @Test
    void losesNothingWhenAddingWhileCollecting() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> adders = new ArrayList<>();
            for (int thread = 0; thread < 3; thread++) {
                String name = "thread" + thread;
                adders.add(threads.submit(() -> {
                    addChain(name);
                    return null;
                }));
            }
            Future<?> collecting = threads.submit(() -> {
                while (!done.get()) {
                    collect(CollectionRequest.deleteDead(Optional.empty(), false));
                }
                return null;
            });
            for (Future<?> adder : adders) {
                adder.get();
            }
            done.set(true);
            collecting.get();
        }
        assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
    }

    private void addChain(String name) throws CairnException {
        try (Daemon session = daemon.newSession()) {
            List<StorePath> chain = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                List<StorePath> references = chain.isEmpty() ? List.of() : List.of(chain.getLast());
                chain.add(session.addText(name + i, new byte[] {(byte) i}, references));
            }
            assertThat(session.requisites(List.of(chain.getLast())))
                    .extracting(PathInfo::path)
                    .containsExactlyElementsOf(chain);
        }
    }

    @Test
    void deletesSpecificStrays() throws Exception {
        StorePath stray = daemon.storeDirectory().item("0".repeat(32) + "-stray");
        Files.createDirectories(layout.physical(stray));
        StorePath absent = daemon.storeDirectory().item("1".repeat(32) + "-absent");
        assertThat(collect(CollectionRequest.deleteSpecific(Set.of(stray, absent), false)).paths())
                .containsExactly(stray.toString());
        assertThat(layout.physical(stray)).doesNotExist();
    }

    @Test
    void opensAgainWithEverythingInPlace() throws Exception {
        StorePath path = text("item");
        daemon.close();
        assertThat(layout.tempRoots()).isEmptyDirectory();
        daemon = LocalStore.open(layout);
        assertThat(daemon.isValid(path)).isTrue();
    }

    private Path tree(String name, int size, char filling) throws IOException {
        Path tree = Files.createDirectories(folder.resolve("sources").resolve(name));
        Files.writeString(tree.resolve("file"), String.valueOf(filling).repeat(size));
        Files.writeString(tree.resolve("link-makes-it-differ"), "");
        Files.createSymbolicLink(tree.resolve("name"), Path.of(name));
        return tree;
    }
}
