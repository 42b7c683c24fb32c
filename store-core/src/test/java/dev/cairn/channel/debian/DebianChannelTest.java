// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.ChannelContents;
import dev.cairn.channel.ChannelException;
import dev.cairn.channel.SourceStatus;
import dev.cairn.debian.BinaryPackage;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.packages.Specification;
import dev.cairn.packages.VersionScheme;
import dev.cairn.testing.debian.DebWriter;
import dev.cairn.testing.debian.MiniArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianChannelTest {
    private static final ArchiveSource SOURCE = new ArchiveSource(
            URI.create("https://deb.example.org/debian/"),
            "stable",
            List.of("main"),
            List.of("amd64", "i386"),
            List.of(),
            Optional.empty(),
            List.of(),
            ArchiveSource.Relaxed.NOTHING,
            Optional.empty(),
            "sources.list:1");

    @TempDir
    private Path folder;

    /** What the archive has, in indices by architecture. */
    private PackagesFile packages = new PackagesFile();

    private Optional<PackagesFile> foreign = Optional.empty();
    private Optional<String> translation = Optional.empty();
    private boolean changed = true;
    private boolean notAutomatic;

    private FetchReport fetch(
            List<ArchiveSource> sources, Path lists, Optional<ArchiveFetch.Previous> previous, EventSink events) {
        try {
            List<FetchedIndex> indices = new ArrayList<>();
            FetchedIndex own = packages.write(lists.resolve("amd64"));
            if (translation.isPresent()) {
                Path file = Files.writeString(lists.resolve("Translation-en"), translation.get());
                own = new FetchedIndex(
                        own.archive(), own.suite(), own.component(), own.architecture(), own.packages(),
                        Optional.of(file), own.origin());
            }
            indices.add(
                    notAutomatic
                            ? new FetchedIndex(
                                    own.archive(), own.suite(), own.component(), own.architecture(), own.packages(),
                                    own.translation(), own.origin(), Standing.REQUESTED)
                            : own);
            if (foreign.isPresent()) {
                indices.add(foreign.get().write(lists.resolve("i386"), SOURCE.archive().toString(), "i386"));
            }
            SourceStatus status = new SourceStatus(
                    SOURCE.label(), SOURCE.origin(), Optional.empty(), Optional.empty(), List.of("ABCD"), List.of(),
                    Optional.empty(), Optional.empty());
            return new FetchReport(indices, List.of(status), changed || previous.isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DebianChannel channel() {
        return channel(this::fetch);
    }

    private DebianChannel channel(ArchiveRefresh.Fetch fetch) {
        return new DebianChannel("debian", 3, folder.resolve("channel"), () -> List.of(SOURCE), new DebianResolver(),
                fetch);
    }

    private static List<String> labels(DebianChannel channel) throws CairnException {
        return channel.read(EventSink.NONE).packages().stream().map(row -> row.key().label()).toList();
    }

    private List<String> revisions() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("channel/revisions"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void tellsArchitecturesFromTheMachinesOwnEvenWhereItHasNoPackagesForThat() throws Exception {
        packages = new PackagesFile().addFor("mips", "hello", "2.10");
        ArchiveSource other = new ArchiveSource(
                SOURCE.archive(), SOURCE.suite(), SOURCE.components(), List.of("mips"), List.of(), Optional.empty(),
                List.of(), ArchiveSource.Relaxed.NOTHING, Optional.empty(), SOURCE.origin());
        DebianChannel channel = new DebianChannel(
                "other", 3, folder.resolve("channel"), () -> List.of(other), new DebianResolver(), this::fetch);
        channel.refresh(EventSink.NONE);
        assertThat(channel.read(EventSink.NONE).packages()).singleElement()
                .extracting(CatalogPackage::outputs)
                .isEqualTo(List.of("mips"));
    }

    @Test
    void remembersWhatIsToBeAskedFor() throws Exception {
        packages = new PackagesFile().add("git", "2.45~bpo");
        notAutomatic = true;
        channel().refresh(EventSink.NONE);
        assertThat(channel().read(EventSink.NONE).packages()).singleElement().matches(CatalogPackage::onRequest);
        assertThat(new ArchiveCandidates(List.of(channel().offer().orElseThrow()), "amd64").named("git"))
                .singleElement()
                .matches(candidate -> candidate.standing() == Standing.REQUESTED);
    }

    @Test
    void offersNothingBeforeItIsFetched() throws Exception {
        DebianChannel channel = channel();
        ChannelContents contents = channel.read(EventSink.NONE);
        assertThat(contents.packages()).isEmpty();
        assertThat(contents.problems()).isEmpty();
        assertThat(channel.offer()).isEmpty();
        assertThat(channel.status().fetches()).isTrue();
        assertThat(channel.status().fetched()).isEmpty();
        assertThat(channel.status().sources()).singleElement().satisfies(source -> {
            assertThat(source.label()).isEqualTo(SOURCE.label());
            assertThat(source.problem()).isEmpty();
        });
        assertThat(folder.resolve("channel")).doesNotExist();
        assertThat(channel.versionScheme()).isEqualTo(VersionScheme.DEBIAN);
        assertThat(channel.priority()).isEqualTo(3);
    }

    @Test
    void showsWhatItFetched() throws Exception {
        packages.add("git", "1:2.39-1",
                "Maintainer: Somebody <somebody@example.org>", "Section: vcs", "Homepage: https://git.example.org",
                "Source: git-src (1:2.39)", "Installed-Size: 10", "Essential: yes", "Provides: git-core, git-x (= 1)",
                "Pre-Depends: libc6 (>= 2.3)", "Depends: perl | perl-base, libc6, zlib1g (>= 1:1)",
                "Description-md5: 0123456789abcdef0123456789abcdef");
        packages.addFor("all", "git-doc", "1:2.39-1");
        foreign = Optional.of(new PackagesFile().addFor("i386", "git", "1:2.39-1").addFor("i386", "wine32", "8"));
        translation = Optional.of("Package: git\nDescription-md5: 0123456789abcdef0123456789abcdef\n"
                + "Description-en: x\n It keeps\n versions.\n .\n  * a list\n  * of two\n Ends.\n\n");
        DebianChannel channel = channel();
        assertThat(channel.refresh(EventSink.NONE)).isTrue();
        List<CatalogPackage> rows = channel.read(EventSink.NONE).packages();
        assertThat(rows).extracting(CatalogPackage::name).containsExactly("git", "git-doc", "wine32");
        CatalogPackage git = rows.getFirst();
        assertThat(git.version()).isEqualTo("1:2.39-1");
        assertThat(git.outputs()).containsExactly("out", "i386");
        assertThat(git.synopsis()).isEqualTo("what git does");
        assertThat(git.description()).isEqualTo("It keeps versions.\n\n * a list\n * of two\nEnds.");
        assertThat(git.homePage()).contains("https://git.example.org");
        assertThat(git.inputs()).extracting(Specification::name)
                .containsExactly("libc6", "perl", "perl-base", "zlib1g");
        assertThat(git.properties())
                .containsEntry(ManifestEntry.DEBIAN, "\"amd64\"")
                .containsEntry("architecture", "amd64")
                .containsEntry("section", "vcs")
                .containsEntry("maintainer", "Somebody <somebody@example.org>")
                .containsEntry("source", "git-src")
                .containsEntry("size", "1234")
                .containsEntry("installed-size", "10240")
                .containsEntry("essential", "yes")
                .containsEntry(CatalogPackage.PROVIDES, "git-core git-x");
        assertThat(rows.get(1).outputs()).containsExactly("out");
        assertThat(rows.get(2).outputs()).containsExactly("i386");
        assertThat(channel.status().fetched()).isPresent();
        assertThat(channel.status().sources()).singleElement()
                .satisfies(source -> assertThat(source.signers()).containsExactly("ABCD"));
        assertThat(channel.offer().orElseThrow().index().named("git").sound()).hasSize(2);
    }

    @Test
    void tellsWhatCannotBeRead() throws Exception {
        packages.add("good", "1").raw("Package: bad\nVersion: 1\nArchitecture: amd64\nDepends: (\n\n");
        DebianChannel channel = channel();
        channel.refresh(EventSink.NONE);
        assertThat(labels(channel)).containsExactly("good@1");
        assertThat(channel.read(EventSink.NONE).problems()).singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("bad").contains("amd64"));
    }

    @Test
    void keepsTheRevisionBeforeAndNoOlderOnes() throws Exception {
        packages.add("hello", "1");
        DebianChannel channel = channel();
        channel.refresh(EventSink.NONE);
        ArchiveCandidates.Offer before = channel.offer().orElseThrow();
        List<String> fingerprints = new ArrayList<>();
        for (int version = 2; version < 6; version++) {
            fingerprints.add(channel.fingerprint());
            packages.add("hello", Integer.toString(version));
            assertThat(channel.refresh(EventSink.NONE)).isTrue();
        }
        assertThat(fingerprints).doesNotHaveDuplicates().doesNotContain(channel.fingerprint());
        assertThat(revisions()).containsExactly("4", "5");
        assertThat(labels(channel)).containsExactly("hello@1", "hello@2", "hello@3", "hello@4", "hello@5");
        assertThat(before.index().named("hello").sound()).as("still readable").hasSize(1);
        assertThat(channel.offer().orElseThrow().index().named("hello").sound()).hasSize(5);
    }

    @Test
    void staysAsItIsWhereNothingChanged() throws Exception {
        packages.add("hello", "1");
        DebianChannel channel = channel();
        channel.refresh(EventSink.NONE);
        String fingerprint = channel.fingerprint();
        changed = false;
        assertThat(channel.refresh(EventSink.NONE)).isFalse();
        assertThat(channel.fingerprint()).isEqualTo(fingerprint);
        assertThat(channel().fingerprint()).isEqualTo(fingerprint);
        assertThat(revisions()).containsExactly("1");
        assertThat(labels(channel)).containsExactly("hello@1");
    }

    @Test
    void survivesWhateverACrashLeaves() throws Exception {
        packages.add("hello", "1");
        channel().refresh(EventSink.NONE);
        Path channel = folder.resolve("channel");
        // Killed while it fetched, while it wrote, and while it renamed the link.
        Files.createDirectories(channel.resolve("revisions/2/lists"));
        Files.writeString(channel.resolve("revisions/2/lists/amd64"), "Pack");
        Files.createDirectories(channel.resolve("revisions/something"));
        Files.createSymbolicLink(channel.resolve("current.new"), Path.of("revisions/2"));
        assertThat(labels(channel())).containsExactly("hello@1");
        packages.add("hello", "2");
        assertThat(channel().refresh(EventSink.NONE)).isTrue();
        assertThat(labels(channel())).containsExactly("hello@1", "hello@2");
        assertThat(revisions()).containsExactly("1", "2");
        assertThat(Files.readSymbolicLink(channel.resolve("current"))).hasToString("revisions/2");
        assertThat(channel.resolve("current.new")).doesNotExist();
    }

    @Test
    void discardsWhatCouldNotBeFetched() throws Exception {
        packages.add("hello", "1");
        channel().refresh(EventSink.NONE);
        DebianChannel failing = channel((_, lists, _, _) -> {
            try {
                Files.writeString(lists.resolve("half"), "x");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            throw new FormatException("index", "it ends early");
        });
        assertThatThrownBy(() -> failing.refresh(EventSink.NONE)).isInstanceOf(FormatException.class);
        assertThat(revisions()).containsExactly("1");
        assertThat(labels(failing)).containsExactly("hello@1");
    }

    @Test
    void fetchesAgainWhatIsDamaged() throws Exception {
        packages.add("hello", "1");
        channel().refresh(EventSink.NONE);
        Path record = folder.resolve("channel/revisions/1/revision.json");
        for (String damage : List.of("", "{", "[]", "{\"format\":2}", "{\"format\":1}",
                Files.readString(record).replace("\"packages\":\"amd64", "\"packages\":\"../../../x"))) {
            Files.writeString(record, damage);
            assertThatThrownBy(() -> labels(channel())).as(damage).isInstanceOf(ChannelException.Unreadable.class);
        }
        assertThat(channel().refresh(EventSink.NONE)).isTrue();
        assertThat(labels(channel())).containsExactly("hello@1");
        Files.writeString(folder.resolve("channel/revisions/2/lists/amd64"), "");
        assertThatThrownBy(() -> labels(channel())).hasMessageContaining("another size");
        assertThat(channel().refresh(EventSink.NONE)).isTrue();
        Files.delete(folder.resolve("channel/revisions/3/packages.index"));
        assertThat(labels(channel())).containsExactly("hello@1");
        Files.delete(folder.resolve("channel/current"));
        assertThat(labels(channel())).isEmpty();
        assertThat(channel().refresh(EventSink.NONE)).isTrue();
        assertThat(labels(channel())).containsExactly("hello@1");
    }

    @Test
    void canBeReadWhileOthersRefresh() throws Exception {
        packages.add("hello", "1");
        channel().refresh(EventSink.NONE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                work.add(threads.submit(() -> {
                    for (int turn = 0; turn < 10; turn++) {
                        channel().refresh(EventSink.NONE);
                    }
                    return null;
                }));
                work.add(threads.submit(() -> {
                    DebianChannel own = channel();
                    for (int turn = 0; turn < 60; turn++) {
                        assertThat(labels(own)).containsExactly("hello@1");
                        assertThat(own.offer().orElseThrow().index().named("hello").sound()).hasSize(1);
                        assertThat(own.fingerprint()).isNotEmpty();
                        assertThat(own.status().fetched()).isPresent();
                    }
                    return null;
                }));
            }
            for (Future<?> one : work) {
                one.get();
            }
        }
        assertThat(revisions()).containsExactly("30", "31");
    }

    @Test
    void fetchesASignedArchive() throws Exception {
        MiniArchive archive = MiniArchive.in(folder.resolve("archive"));
        archive.suite("bookworm").add("main", DebWriter.of("hello", "2.10-3"));
        archive.write();
        ArchiveSource source = archive.source("bookworm", "main");
        DebianChannel channel = new DebianChannel(
                "mini", 0, folder.resolve("channel"), () -> List.of(source), new DebianResolver());
        assertThat(channel.refresh(EventSink.NONE)).isTrue();
        assertThat(labels(channel)).containsExactly("hello@2.10-3");
        assertThat(channel.read(EventSink.NONE).packages().getFirst().description())
                .isEqualTo("It is there to be installed.");
        assertThat(channel.refresh(EventSink.NONE)).as("nothing new").isFalse();
        archive.suite("bookworm").add("main", DebWriter.of("hello", "2.11-1"));
        archive.write();
        assertThat(channel.refresh(EventSink.NONE)).isTrue();
        assertThat(labels(channel)).containsExactly("hello@2.10-3", "hello@2.11-1");
        FileTrees.delete(folder.resolve("archive/dists"));
        assertThat(channel.refresh(EventSink.NONE)).as("what was fetched stays").isFalse();
        assertThat(channel.status().sources().getFirst().problem()).isPresent();
        assertThat(labels(channel)).containsExactly("hello@2.10-3", "hello@2.11-1");
    }

    @Test
    void saysWhenASourceWasAddedLater() throws Exception {
        packages.add("hello", "1");
        channel().refresh(EventSink.NONE);
        ArchiveSource added = new ArchiveSource(
                SOURCE.archive(), "backports", SOURCE.components(), SOURCE.architectures(), List.of(),
                Optional.empty(), List.of(), ArchiveSource.Relaxed.NOTHING, Optional.empty(), "sources.list:2");
        DebianChannel channel = new DebianChannel(
                "debian", 0, folder.resolve("channel"), () -> List.of(SOURCE, added), new DebianResolver());
        assertThat(channel.status().sources()).extracting(source -> source.problem().isPresent())
                .containsExactly(false, true);
        assertThat(channel.status().description()).isEqualTo("Packages of stable, backports");
    }

    @Test
    void flowsParagraphs() {
        assertThat(DebianRows.flowing("a\nb\n\nc\n d\n e\nf\ng")).isEqualTo("a b\n\nc\n d\n e\nf g");
        assertThat(DebianRows.flowing("")).isEmpty();
        assertThat(new DebianRows("c", "amd64", _ -> Optional.empty()).of(List.<BinaryPackage>of())).isEmpty();
    }
}
