// SPDX-License-Identifier: Apache-2.0
package dev.cairn.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.fs.CanonicalMetadata;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Octets;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.testing.Trees;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedTreeTest {
    @TempDir
    Path folder;

    private final List<Part> parts = new ArrayList<>();
    private final List<Diversion> diversions = new ArrayList<>();
    private Optional<Path> overlay = Optional.empty();

    @Test
    void linksFilesIntoDirectoriesOfItsOwn() throws Exception {
        part("hello").file("usr/bin/hello", "hi").file("usr/share/doc/hello/copyright", "c");
        part("bye").file("usr/bin/bye", "bye").link("usr/bin/ciao", "bye").file("etc/bye.conf", "x");
        Path tree = make();
        assertThat(Trees.list(tree).keySet())
                .containsExactly(
                        "etc", "etc/bye.conf", "usr", "usr/bin", "usr/bin/bye", "usr/bin/ciao", "usr/bin/hello",
                        "usr/share", "usr/share/doc", "usr/share/doc/hello", "usr/share/doc/hello/copyright");
        assertThat(Files.isSameFile(tree.resolve("usr/bin/hello"), source("hello", "usr/bin/hello"))).isTrue();
        assertThat(Files.readSymbolicLink(tree.resolve("usr/bin/ciao"))).isEqualTo(Path.of("bye"));
        assertThat(Files.getLastModifiedTime(tree.resolve("usr/bin"))).isEqualTo(CanonicalMetadata.MTIME);
        assertThat(Files.getPosixFilePermissions(tree.resolve("usr")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void takesOnlyWhatBelongsToPrograms() throws Exception {
        part("base-files").file("usr/lib/os-release", "x").file("var/lib/x", "x").file("root/.profile", "x");
        part("big").file("opt/big/bin/big", "x");
        assertThat(Trees.list(make()).keySet()).contains("opt/big/bin/big").doesNotContain("var", "root");
    }

    @Test
    void takesEqualFilesAndLinksOfTwoPackagesAsOne() throws Exception {
        part("libfoo").file("usr/share/doc/libfoo/copyright", "same").link("usr/lib/x.so", "y.so");
        part("libfoo:i386").file("usr/share/doc/libfoo/copyright", "same").link("usr/lib/x.so", "y.so");
        assertThat(Trees.list(make())).containsEntry("usr/lib/x.so", "-> y.so");
    }

    @Test
    void refusesDifferentFilesOfOneNameAndNamesBothPackages() {
        part("one").file("usr/bin/x", "1");
        part("two").file("usr/bin/x", "2");
        TreeCollisionException failure =
                catchThrowableOfType(TreeCollisionException.class, this::make);
        assertThat(failure)
                .hasMessage("the packages 'one' and 'two' cannot be in one profile: both have '/usr/bin/x'");
        assertThat(failure.path()).isEqualTo(Path.of("usr/bin/x"));
    }

    @Test
    void refusesAFileWhereAnotherPackageHasADirectory() {
        part("one").file("usr/lib/x", "1");
        part("two").file("usr/lib/x/y", "2");
        assertThatThrownBy(this::make).isInstanceOf(TreeCollisionException.class).hasMessageContaining("/usr/lib/x'");
    }

    @Test
    void letsThePackageWinThatReplacesTheOther() throws Exception {
        part("old").file("usr/bin/x", "old");
        part("new").control("Replaces: other, old").file("usr/bin/x", "new");
        assertThat(make().resolve("usr/bin/x")).hasContent("new");
    }

    @Test
    void letsThePackageWinThatReplacesWhicheverComesFirst() throws Exception {
        part("new").control("Replaces: other,\n old").file("usr/bin/x", "new");
        part("old").file("usr/bin/x", "old");
        assertThat(make().resolve("usr/bin/x")).hasContent("new");
    }

    @Test
    void replacesOnlyTheVersionsThatAreMeant() {
        part("old").file("usr/bin/x", "old");
        part("new").control("Replaces: old (<< 1.0)").file("usr/bin/x", "new");
        assertThatThrownBy(this::make).isInstanceOf(TreeCollisionException.class);
    }

    @Test
    void seesADirectoryThroughTheSymlinkOfAnotherPackage() throws Exception {
        part("a").file("usr/share/doc/libx/changelog", "log");
        part("b").file("usr/share/doc/x-dev/README", "read").file("usr/share/doc/x-dev/sub/more", "m");
        part("c").link("usr/share/doc/x-dev", "libx");
        Path tree = make();
        assertThat(Trees.list(tree))
                .containsEntry("usr/share/doc/x-dev", "-> libx")
                .containsEntry("usr/share/doc/libx/README", "file")
                .containsEntry("usr/share/doc/libx/sub/more", "file")
                .containsEntry("usr/share/doc/libx/changelog", "file");
    }

    @Test
    void seesADirectoryThroughAnAbsoluteSymlinkIntoTheMergedUsr() throws Exception {
        part("a").file("usr/lib/data/one", "1");
        part("b").link("usr/share/data", "/lib/data");
        part("c").file("usr/share/data/two", "2");
        assertThat(Trees.list(make()))
                .containsEntry("usr/lib/data/two", "file")
                .containsEntry("usr/lib/data/one", "file");
    }

    @Test
    void keepsTheDirectoryWhereTheSymlinkOfAnotherPackageLeadsNowhere() throws Exception {
        part("a").link("usr/share/x", "/nowhere");
        part("b").file("usr/share/x/y", "y");
        assertThat(Trees.list(make())).containsEntry("usr/share/x/y", "file");
    }

    @Test
    void findsDirectoriesBehindSymlinksInsideOthers() throws Exception {
        part("a").file("usr/d/sub/one", "1").file("usr/f/there", "x");
        part("b").link("usr/d/sub", "/usr/f");
        part("c").link("usr/d", "e").file("usr/e/two", "2");
        Path tree = make();
        assertThat(Trees.list(tree))
                .containsEntry("usr/d", "-> e")
                .containsEntry("usr/e/sub", "-> /usr/f")
                .containsEntry("usr/f/one", "file");
    }

    @Test
    void endsWhereSymlinksLeadInCircles() throws Exception {
        part("a").link("usr/a", "b").link("usr/b", "a");
        part("b").file("usr/a/x", "x").file("usr/b/y", "y");
        part("c").link("usr/c/up", "..");
        part("d").file("usr/c/up/c/up/z", "z");
        assertThat(Trees.list(make())).containsEntry("usr/a/x", "file");
    }

    @Test
    void laysTheOverlayOverEverything() throws Exception {
        part("a").file("usr/bin/x", "package").file("etc/x", "package");
        overlay = Optional.of(folder.resolve("overlay"));
        Files.createDirectories(folder.resolve("overlay/usr/bin"));
        Files.writeString(folder.resolve("overlay/usr/bin/x"), "overlay");
        Files.createDirectories(folder.resolve("overlay/var/cache/fontconfig"));
        Path tree = make();
        assertThat(tree.resolve("usr/bin/x")).hasContent("overlay");
        assertThat(tree.resolve("etc/x")).hasContent("package");
        assertThat(tree.resolve("var/cache/fontconfig")).isDirectory();
    }

    @Test
    void putsDivertedFilesElsewhere() throws Exception {
        part("dash").file("usr/bin/sh", "dash");
        part("bash").file("usr/bin/sh", "bash");
        diversions.add(new Diversion("bash", Path.of("usr/bin/sh"), Path.of("usr/bin/sh.distrib")));
        Path tree = make();
        assertThat(tree.resolve("usr/bin/sh")).hasContent("bash");
        assertThat(tree.resolve("usr/bin/sh.distrib")).hasContent("dash");
    }

    @Test
    void keepsNamesThatAreNoText() throws Exception {
        byte[] name = {'a', (byte) 0xff, 'b'};
        part("odd").file("usr/share/x", "x");
        Path source = folder.resolve("odd/tree/usr/share");
        Files.writeString(Octets.resolve(source, name), "odd");
        Path tree = make();
        assertThat(Files.readString(Octets.resolve(tree.resolve("usr/share"), name))).isEqualTo("odd");
    }

    @Test
    void copiesWhereLinksCannotBeMade() throws Exception {
        Path elsewhere = Path.of("/dev/shm");
        assumeTrue(
                Files.isWritable(elsewhere) && !Files.getFileStore(elsewhere).equals(Files.getFileStore(folder)),
                "/dev/shm is no file system of its own");
        for (int i = 0; i < 40; i++) {
            part("p" + i).file("usr/bin/x" + i, "x" + i).link("usr/bin/l" + i, "x" + i);
        }
        Path target = Files.createTempDirectory(elsewhere, "tree").resolve("t");
        try {
            MergedTree.of(parts, diversions, overlay).make(target);
            assertThat(target.resolve("usr/bin/x7")).hasContent("x7");
            assertThat(Files.readSymbolicLink(target.resolve("usr/bin/l39"))).isEqualTo(Path.of("x39"));
        } finally {
            FileTrees.delete(target.getParent());
        }
    }

    @Test
    void readsAnOverlayItem() throws Exception {
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, folder);
        Path store = layout.physicalStore();
        Files.createDirectories(store.resolve("o/contents"));
        Files.createDirectories(store.resolve("o/tree/etc"));
        Files.createDirectories(store.resolve("c/tree/usr/bin"));
        Files.writeString(store.resolve("c/tree/usr/bin/x"), "x");
        Files.writeString(store.resolve("o/tree/etc/made"), "y");
        Files.createSymbolicLink(store.resolve("o/contents/x"), Path.of("/gnu/store/c"));
        Files.writeString(
                store.resolve("o/diversions"),
                Diversion.text(List.of(new Diversion("y", Path.of("usr/bin/x"), Path.of("usr/bin/x.old")))));
        MergedTree tree = MergedTree.ofOverlay(layout, Path.of("/gnu/store/o"));
        assertThat(tree.file("usr/bin/x.old")).contains(store.resolve("c/tree/usr/bin/x"));
        assertThat(tree.has("usr/bin/x")).isFalse();
        assertThat(tree.has("etc/made")).isTrue();
    }

    @Test
    void tellsWhatIsInTheTree() throws Exception {
        part("a").file("usr/bin/x", "x").link("usr/bin/y", "/bin/x").link("etc/z", "../usr/bin/y");
        MergedTree tree = MergedTree.of(parts, diversions, overlay);
        assertThat(tree.has("bin/y")).isTrue();
        assertThat(tree.has("usr/bin/w")).isFalse();
        assertThat(tree.file("etc/z")).contains(source("a", "usr/bin/x"));
        assertThat(tree.names("bin")).containsExactly(Path.of("x"), Path.of("y"));
        assertThat(tree.names("usr/bin/x")).isEmpty();
    }

    @Test
    void endsWhenInterrupted() {
        part("a").file("usr/bin/x", "x");
        Thread.currentThread().interrupt();
        assertThatThrownBy(this::make).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void becomesAnotherTree() throws Exception {
        part("base").file("usr/bin/x", "x").link("usr/bin/y", "x").file("usr/share/base/x", "1");
        part("old").file("usr/bin/old", "o").file("usr/share/old/data", "d").file("etc/conf", "1").link("etc/dir", "a");
        part("turned").file("usr/lib/a/file", "a").file("usr/lib/b", "b").link("usr/lib/c", "b");
        Path tree = make();
        Object directory = Files.getAttribute(tree.resolve("usr/share/base"), "unix:ctime");
        parts.removeLast();
        parts.removeLast();
        part("new").file("usr/bin/new", "n").file("etc/conf", "2").file("etc/dir/file", "f");
        part("turned2").file("usr/lib/a", "a").file("usr/lib/b/file", "b").file("usr/lib/c", "b");
        // What is not of the tree goes as well.
        Files.writeString(tree.resolve("usr/share/stray"), "");
        make();
        Path anew = folder.resolve("anew");
        MergedTree.of(parts, diversions, overlay).make(anew);
        assertThat(Trees.list(tree)).isEqualTo(Trees.list(anew));
        assertThat(tree.resolve("etc/conf")).hasContent("2");
        assertThat(Files.isSameFile(tree.resolve("usr/bin/new"), source("new", "usr/bin/new"))).isTrue();
        assertThat(Files.getLastModifiedTime(tree.resolve("usr/share"))).isEqualTo(CanonicalMetadata.MTIME);
        assertThat(Files.getLastModifiedTime(tree.resolve("usr/lib/b"))).isEqualTo(CanonicalMetadata.MTIME);
        assertThat(Files.getAttribute(tree.resolve("usr/share/base"), "unix:ctime")).isEqualTo(directory);
    }

    @Test
    void saysWhichFileCannotBeMade() throws Exception {
        part("a").file("usr/bin/x", "x");
        MergedTree tree = MergedTree.of(parts, diversions, overlay);
        Files.delete(source("a", "usr/bin/x"));
        assertThatThrownBy(() -> tree.make(folder.resolve("made")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("usr/bin/x");
    }

    private Path make() throws Exception {
        Path tree = folder.resolve("made");
        MergedTree.of(parts, diversions, overlay).make(tree);
        return tree;
    }

    private Path source(String name, String file) {
        return folder.resolve(name).resolve("tree").resolve(file);
    }

    private PartMaker part(String name) {
        Part part = new Part(name, folder.resolve(name));
        parts.add(part);
        return new PartMaker(part).control("");
    }

    private record PartMaker(Part part) {
        PartMaker control(String more) {
            String name = part.name().replaceFirst(":.*", "");
            String end = more.isEmpty() ? "" : "\n";
            return write("control/control", "Package: " + name + "\nVersion: 1.0\n" + more + end);
        }

        PartMaker file(String path, String contents) {
            return write("tree/" + path, contents);
        }

        PartMaker link(String path, String target) {
            try {
                Path link = part.contents().resolve("tree").resolve(path);
                Files.createDirectories(link.getParent());
                Files.createSymbolicLink(link, Path.of(target));
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private PartMaker write(String path, String contents) {
            try {
                Path file = part.contents().resolve(path);
                Files.createDirectories(file.getParent());
                Files.writeString(file, contents);
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
