// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.archive.ArchiveReader;
import dev.cairn.archive.ArchiveWriter;
import dev.cairn.archive.ItemDescription;
import dev.cairn.daemon.CollectionRequest.Action;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.fs.NarFiles;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.StorePath;
import dev.cairn.path.StorePaths;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link Daemon} does, whatever is behind it. Subclasses open one over an empty store. */
public abstract class DaemonContract {
    @TempDir
    protected Path folder;

    protected Daemon daemon;

    /** A session with a new, empty store, whose files may be kept in {@link #folder}. */
    protected abstract Daemon open() throws CairnException, IOException;

    /** Makes a symlink that is a root, named so that {@link Root#name} ends in {@code name}. */
    protected abstract void addRoot(String name, StorePath item) throws CairnException, IOException;

    @BeforeEach
    void openDaemon() throws CairnException, IOException {
        daemon = open();
    }

    @AfterEach
    void closeDaemon() throws CairnException {
        daemon.close();
    }

    @Test
    void startsEmpty() throws CairnException {
        assertThat(daemon.graph().paths()).isEmpty();
        assertThat(daemon.roots()).isEmpty();
        assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
    }

    @Test
    void addsTextUnderThePathThatFollowsFromIt() throws Exception {
        StorePath dep = text("dep");
        byte[] contents = octets("refers to " + dep);
        StorePath path = daemon.addText("top", contents, List.of(dep));
        assertThat(path).isEqualTo(StorePaths.text(daemon.storeDirectory(), "top", contents, List.of(dep)));
        assertThat(daemon.isValid(path)).isTrue();
        PathInfo info = daemon.pathInfo(path).orElseThrow();
        assertThat(info.references()).containsExactly(dep);
        assertThat(info.deriver()).isEmpty();
        assertThat(info.narHash().algorithm()).isEqualTo(HashAlgorithm.SHA256);
        assertThat(daemon.physical(path)).hasBinaryContent(contents);
        assertThat(daemon.addText("top", contents, List.of(dep))).isEqualTo(path);
    }

    @Test
    void addsFilesAndTreesUnderTheirHash() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("source/sub")).getParent();
        Files.writeString(tree.resolve("sub/file"), "text");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("sub/file"));
        StorePath added = daemon.addTree("tree", tree, true, HashAlgorithm.SHA256);
        assertThat(daemon.physical(added).resolve("link")).hasContent("text");
        assertThat(added)
                .isEqualTo(StorePaths.fixedOutput(
                        daemon.storeDirectory(), "tree", daemon.pathInfo(added).orElseThrow().narHash(), true));

        StorePath flat = daemon.addTree("file", tree.resolve("sub/file"), false, HashAlgorithm.SHA256);
        assertThat(flat)
                .isEqualTo(StorePaths.fixedOutput(daemon.storeDirectory(), "file", Hash.sha256(octets("text")), false));
        assertThatThrownBy(() -> daemon.addTree("file", tree, false, HashAlgorithm.SHA256))
                .isInstanceOf(DaemonException.Refused.class);
    }

    @Test
    void addsWhatArchivesHoldUnderTheHashOfTheirTrees() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("source/sub")).getParent();
        Path file = Files.writeString(tree.resolve("sub/file"), "text");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("sub/file"));
        for (HashAlgorithm algorithm : List.of(HashAlgorithm.SHA256, HashAlgorithm.SHA512)) {
            StorePath added = addNar("tree", nar(tree), true, algorithm);
            assertThat(daemon.addTree("tree", tree, true, algorithm)).isEqualTo(added);
            assertThat(daemon.physical(added).resolve("link")).hasContent("text");
        }
        assertThat(file.toFile().setExecutable(true)).isTrue();
        StorePath flat = addNar("file", nar(file), false, HashAlgorithm.SHA256);
        assertThat(flat)
                .isEqualTo(StorePaths.fixedOutput(daemon.storeDirectory(), "file", Hash.sha256(octets("text")), false));
        assertThat(daemon.physical(flat)).hasContent("text");
        assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
    }

    @Test
    void readsArchivesToTheirEndEvenIfItRefusesWhatTheyHold() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("source"));
        Files.writeString(tree.resolve("file"), "text");
        byte[] nar = nar(tree);
        ByteArrayInputStream more = new ByteArrayInputStream(Arrays.copyOf(nar, nar.length + 8));
        assertThatThrownBy(() -> daemon.addNar("file", more, false, HashAlgorithm.SHA256))
                .isInstanceOf(DaemonException.Refused.class);
        assertThat(more.available()).isEqualTo(8);
        more.reset();
        assertThatThrownBy(() -> daemon.addNar("a b", more, true, HashAlgorithm.SHA256))
                .isInstanceOf(DaemonException.Refused.class);
        assertThat(more.available()).isEqualTo(8);
        assertThatThrownBy(() -> addNar("cut", Arrays.copyOf(nar, nar.length - 1), true, HashAlgorithm.SHA256))
                .isInstanceOf(DaemonException.Refused.class);
        assertThat(daemon.allPaths()).isEmpty();
    }

    @Test
    protected void exportsItemsAndTakesNoneThatAreNotSigned() throws Exception {
        StorePath bottom = text("bottom");
        StorePath top = text("top", bottom);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArchiveWriter writer = new ArchiveWriter(out);
        writer.beginItem();
        daemon.exportItem(top, false, out);
        writer.end();
        ArchiveReader reader =
                new ArchiveReader(new ByteArrayInputStream(out.toByteArray()), daemon.storeDirectory());
        assertThat(reader.next()).isTrue();
        assertThat(reader.contents(new NarWriter(new ByteArrayOutputStream())).hash())
                .isEqualTo(daemon.pathInfo(top).orElseThrow().narHash());
        assertThat(reader.description().description())
                .isEqualTo(new ItemDescription(top, new TreeSet<>(Set.of(bottom)), Optional.empty()));
        assertThat(reader.signature()).isEmpty();
        assertThat(reader.next()).isFalse();

        assertThatThrownBy(() -> daemon.exportItem(top, true, new ByteArrayOutputStream()))
                .as("without a key")
                .isInstanceOf(DaemonException.class);
        ByteArrayInputStream unsigned = new ByteArrayInputStream(out.toByteArray());
        assertThatThrownBy(() -> daemon.importItems(unsigned, EventSink.NONE))
                .isInstanceOf(DaemonException.Refused.class);
        assertThat(daemon.importItems(new ByteArrayInputStream(new byte[8]), EventSink.NONE)).isEmpty();
    }

    private StorePath addNar(String name, byte[] nar, boolean recursive, HashAlgorithm algorithm)
            throws DaemonException {
        return daemon.addNar(name, new ByteArrayInputStream(nar), recursive, algorithm);
    }

    private static byte[] nar(Path tree) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NarWriter writer = new NarWriter(out);
        NarFiles.dump(tree, writer);
        writer.finish();
        return out.toByteArray();
    }

    @Test
    void refusesTextWithReferencesThatAreNotValid() throws Exception {
        StorePath missing = daemon.storeDirectory().item("0".repeat(32) + "-missing");
        assertThatThrownBy(() -> daemon.addText("top", octets("x"), List.of(missing)))
                .isInstanceOf(DaemonException.NotValid.class)
                .hasMessageContaining("missing");
        assertThat(daemon.graph().paths()).isEmpty();
    }

    @Test
    void refusesBadNames() {
        assertThatThrownBy(() -> daemon.addText(".hidden", octets("x"), List.of()))
                .isInstanceOf(DaemonException.Refused.class);
    }

    @Test
    void answersWhoRefersToWhom() throws Exception {
        StorePath bottom = text("bottom");
        StorePath middle = text("middle", bottom);
        StorePath top = text("top", middle);
        assertThat(daemon.referrers(bottom)).containsExactly(middle);
        assertThat(daemon.requisites(List.of(top)))
                .extracting(PathInfo::path)
                .containsExactly(bottom, middle, top);
        assertThat(daemon.closureSize(List.of(middle, top)))
                .isEqualTo(narSize(bottom) + narSize(middle) + narSize(top));
        assertThat(daemon.valid(List.of(top, middle))).containsExactlyInAnyOrder(top, middle);
        assertThat(daemon.pathFromHashPart(top.hashPart())).contains(top);
        assertThat(daemon.pathFromHashPart("1".repeat(32))).isEmpty();
        StoreGraph graph = daemon.graph();
        int number = graph.paths().indexOf(top);
        assertThat(Arrays.stream(graph.targets(), graph.offsets()[number], graph.offsets()[number + 1])
                        .mapToObj(graph.paths()::get))
                .containsExactly(middle);
    }

    private long narSize(StorePath item) throws DaemonException {
        return daemon.pathInfo(item).orElseThrow().narSize();
    }

    @Test
    void saysWhatIsNotValid() throws Exception {
        StorePath missing = daemon.storeDirectory().item("0".repeat(32) + "-missing");
        assertThat(daemon.pathInfo(missing)).isEmpty();
        assertThat(daemon.isValid(missing)).isFalse();
        assertThat(daemon.buildLog(missing)).isEmpty();
        assertThatThrownBy(() -> daemon.requisites(List.of(missing))).isInstanceOf(DaemonException.NotValid.class);
        assertThatThrownBy(() -> daemon.derivationOutputs(missing)).isInstanceOf(DaemonException.NotValid.class);
    }

    @Test
    void tellsLiveFromDead() throws Exception {
        StorePath bottom = text("bottom");
        StorePath top = text("top", bottom);
        StorePath stray = text("stray");
        addRoot("keep", top);
        assertThat(daemon.roots()).hasSize(1).first().satisfies(root -> {
            assertThat(root.name()).endsWith("keep");
            assertThat(root.item()).isEqualTo(top);
        });
        assertThat(collect(CollectionRequest.listLive()).paths())
                .containsExactlyElementsOf(names(bottom, top));
        assertThat(collect(CollectionRequest.listDead()).paths()).containsExactly(stray.toString());
        assertThat(daemon.isValid(stray)).isTrue();
    }

    @Test
    void deletesTheDeadAndOnlyThose() throws Exception {
        StorePath bottom = text("bottom");
        StorePath top = text("top", bottom);
        StorePath stray = text("stray", bottom);
        addRoot("keep", top);
        CollectionResult preview = collect(CollectionRequest.deleteDead(Optional.empty(), true));
        assertThat(daemon.isValid(stray)).isTrue();
        CollectionResult result = collect(CollectionRequest.deleteDead(Optional.empty(), false));
        assertThat(result).isEqualTo(preview);
        assertThat(result.paths()).containsExactly(stray.toString());
        assertThat(result.bytes()).isEqualTo(contents("stray", bottom).length);
        assertThat(daemon.graph().paths()).containsExactlyElementsOf(new TreeSet<>(Set.of(bottom, top)));
        assertThat(daemon.physical(stray)).doesNotExist();
        assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
    }

    @Test
    void deletesOnRequestWithReferrersButNothingLive() throws Exception {
        StorePath bottom = text("bottom");
        StorePath middle = text("middle", bottom);
        StorePath top = text("top", middle);
        StorePath stray = text("stray");
        StorePath above = text("above", stray);
        addRoot("keep", top);
        assertThatThrownBy(() -> collect(CollectionRequest.deleteSpecific(Set.of(stray, bottom), false)))
                .isInstanceOfSatisfying(DaemonException.StillAlive.class, e -> {
                    assertThat(e.path()).isEqualTo(bottom);
                    assertThat(e.root().name()).endsWith("keep");
                    assertThat(e.chain()).containsExactly(top, middle, bottom);
                    assertThat(e).hasMessageContaining("through " + top + ", " + middle);
                });
        assertThat(daemon.isValid(stray)).isTrue();
        CollectionResult result = collect(CollectionRequest.deleteSpecific(Set.of(stray), false));
        assertThat(result.paths()).containsExactlyElementsOf(names(stray, above));
        assertThat(daemon.isValid(above)).isFalse();
    }

    @Test
    void stopsAtTheLimit() throws Exception {
        for (int i = 0; i < 10; i++) {
            text("item" + i);
        }
        CollectionResult none = collect(CollectionRequest.deleteDead(Optional.of(0L), false));
        assertThat(none.paths()).isEmpty();
        CollectionResult one = collect(CollectionRequest.deleteDead(Optional.of(1L), false));
        assertThat(one.paths()).hasSize(1);
        assertThat(daemon.graph().paths()).hasSize(9);
    }

    @Test
    protected void keepsTheTemporaryRootsOfOtherSessionsButNotItsOwn() throws Exception {
        StorePath mine = text("mine");
        try (Daemon other = daemon.newSession()) {
            StorePath theirs = other.addText("theirs", octets("theirs"), List.of());
            assertThat(daemon.roots()).extracting(Root::item).contains(theirs);
            assertThat(collect(CollectionRequest.deleteDead(Optional.empty(), false)).paths())
                    .containsExactly(mine.toString());
            assertThat(daemon.isValid(theirs)).isTrue();
        }
        assertThat(collect(CollectionRequest.listDead()).paths()).hasSize(1);
    }

    @Test
    void tellsProgress() throws Exception {
        text("stray");
        List<dev.cairn.event.Event> events = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
        daemon.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), events::add);
        assertThat(events).first().isInstanceOf(dev.cairn.event.Event.Started.class);
        assertThat(events).last().isInstanceOf(dev.cairn.event.Event.Finished.class);
    }

    @Test
    void endsWithCancelledWhenInterrupted() throws Exception {
        StorePath stray = text("stray");
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> collect(CollectionRequest.deleteDead(Optional.empty(), false)))
                    .isInstanceOf(DaemonException.Cancelled.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
        assertThat(collect(new CollectionRequest(Action.LIST_DEAD, java.util.OptionalLong.empty(), Set.of(), false))
                        .paths())
                .contains(stray.toString());
    }

    protected CollectionResult collect(CollectionRequest request) throws DaemonException {
        return daemon.collectGarbage(request, EventSink.NONE);
    }

    protected StorePath text(String name, StorePath... references) throws DaemonException {
        return daemon.addText(name, contents(name, references), List.of(references));
    }

    private static byte[] contents(String name, StorePath... references) {
        return octets(name + " " + Arrays.toString(references));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> names(StorePath... paths) {
        return Arrays.stream(paths).sorted().map(StorePath::toString).toList();
    }
}
