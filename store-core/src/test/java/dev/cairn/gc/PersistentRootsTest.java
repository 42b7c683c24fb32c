// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.daemon.Root;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.fs.FileTrees;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cases of store-layout.json, gc_roots, which were observed with guix-daemon. */
class PersistentRootsTest {
    private static final String ITEM = "/gnu/store/0123456789abcdfghijklmnpqrsvwxyz-t";

    private final List<Event> events = new ArrayList<>();

    @TempDir
    Path folder;

    private StoreLayout layout;
    private Path gcRoots;
    private Path outside;

    @BeforeEach
    void makeFolders() throws IOException {
        layout = new StoreLayout(StoreDirectory.GNU, folder.resolve("root"));
        gcRoots = Files.createDirectories(layout.gcRoots().resolve("auto")).getParent();
        Files.createDirectories(layout.profiles());
        outside = Files.createDirectories(folder.resolve("outside"));
    }

    @Test
    void findsLinksIntoTheStore() throws Exception {
        link(gcRoots.resolve("name"), ITEM);
        assertThat(find()).containsExactly(root(Root.Kind.LINK, gcRoots.resolve("name")));
    }

    @Test
    void entersFolders() throws Exception {
        Path nested = Files.createDirectories(gcRoots.resolve("a/b")).resolve("name");
        link(nested, ITEM);
        assertThat(find()).containsExactly(root(Root.Kind.LINK, nested));
    }

    @Test
    void cutsTheTextAfterTheItem() throws Exception {
        link(gcRoots.resolve("name"), ITEM + "/some/file");
        assertThat(find()).extracting(Root::item).containsExactly(item());
    }

    @Test
    void takesTheNameOfARegularFile() throws Exception {
        Files.createFile(gcRoots.resolve(item().baseName()));
        Files.createFile(gcRoots.resolve("some-other-file"));
        assertThat(find()).extracting(Root::item).containsExactly(item());
    }

    @Test
    void followsALinkOneHopOutside() throws Exception {
        link(gcRoots.resolve("auto/x"), outside.resolve("link").toString());
        link(outside.resolve("link"), ITEM);
        assertThat(find()).containsExactly(root(Root.Kind.LINK, outside.resolve("link")));
    }

    @Test
    void doesNotFollowTwoHops() throws Exception {
        link(gcRoots.resolve("auto/x"), outside.resolve("a").toString());
        link(outside.resolve("a"), outside.resolve("b").toString());
        link(outside.resolve("b"), ITEM);
        assertThat(find()).isEmpty();
    }

    @Test
    void deletesStaleLinksOnlyInAuto() throws Exception {
        link(gcRoots.resolve("auto/x"), outside.resolve("missing").toString());
        link(gcRoots.resolve("y"), outside.resolve("missing").toString());
        assertThat(new PersistentRoots(layout, Optional.empty()).find()).isEmpty();
        assertThat(FileTrees.exists(gcRoots.resolve("auto/x"))).isTrue();
        assertThat(find()).isEmpty();
        assertThat(FileTrees.exists(gcRoots.resolve("auto/x"))).isFalse();
        assertThat(FileTrees.exists(gcRoots.resolve("y"))).isTrue();
    }

    @Test
    void takesNoRelativeLinkForARoot() throws Exception {
        Files.createDirectories(layout.physicalStore());
        link(gcRoots.resolve("name"), "../../../gnu/store/" + item().baseName());
        assertThat(find()).isEmpty();
        assertThat(FileTrees.exists(gcRoots.resolve("name"))).isTrue();
    }

    @Test
    void findsProfilesAndTheirGenerations() throws Exception {
        Path user = Files.createDirectories(layout.profiles().resolve("per-user/me"));
        link(user.resolve("guix-profile"), "guix-profile-1-link");
        link(user.resolve("guix-profile-1-link"), ITEM);
        assertThat(find())
                .hasSize(2)
                .allSatisfy(root -> assertThat(root).isEqualTo(
                        root(Root.Kind.PROFILE, user.resolve("guix-profile-1-link"))));
    }

    @Test
    void findsManifests() throws Exception {
        link(Files.createDirectories(layout.state().resolve("manifests")).resolve("name"), ITEM);
        assertThat(find()).hasSize(1);
    }

    @Test
    void doesNotEnterFoldersOutside() throws Exception {
        link(gcRoots.resolve("x"), outside.toString());
        link(outside.resolve("link"), ITEM);
        assertThat(find()).isEmpty();
    }

    @Test
    void knowsThePhysicalNameAsWell() throws Exception {
        link(gcRoots.resolve("name"), layout.physical(item()).toString());
        assertThat(find()).extracting(Root::item).containsExactly(item());
    }

    private List<Root> find() throws IOException {
        return new PersistentRoots(layout, Optional.of(new Activities(events::add).start(Event.Kind.COLLECT, "store")))
                .find();
    }

    private static Root root(Root.Kind kind, Path name) {
        return new Root(kind, name.toString(), item());
    }

    private static StorePath item() {
        try {
            return StoreDirectory.GNU.parse(ITEM);
        } catch (dev.cairn.error.FormatException e) {
            throw new AssertionError(e);
        }
    }

    private static void link(Path link, String target) throws IOException {
        Files.createSymbolicLink(link, Path.of(target));
    }
}
