// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.channel.SourceStatus;
import dev.cairn.channel.debian.ArchiveReading.ByHash;
import dev.cairn.channel.debian.ArchiveSource.Relaxed;
import dev.cairn.daemon.DaemonException;
import dev.cairn.event.Event;
import dev.cairn.http.Login;
import dev.cairn.http.Patience;
import dev.cairn.testing.Sockets;
import dev.cairn.testing.Trees;
import dev.cairn.testing.debian.DebWriter;
import dev.cairn.testing.debian.MiniArchive;
import dev.cairn.testing.debian.MiniServer;
import dev.cairn.testing.debian.MiniSuite;
import dev.cairn.testing.debian.MiniSuite.Flaw;
import dev.cairn.testing.debian.Packing;
import dev.cairn.testing.debian.SigningKey;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveFetchTest {
    private static final Patience SHORT = new Patience(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(1), 2, Duration.ofMillis(1));
    private static final Instant NOW = Instant.now();

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private Path root;
    private MiniArchive archive;
    private MiniSuite suite;
    private int calls;

    @BeforeEach
    void makeArchive(@TempDir Path folder) throws Exception {
        root = folder;
        archive = MiniArchive.in(folder.resolve("archive"));
        suite = archive.suite("bookworm")
                .add("main", DebWriter.of("hello", "2.10-3"), DebWriter.of("libc6", "2.36-9"))
                .add("contrib", DebWriter.of("extra", "1").architecture("all"));
        archive.write();
        Files.createDirectories(root.resolve("apt/trusted.gpg.d"));
    }

    @Test
    void fetchesWhatIsAskedFor() throws Exception {
        FetchReport report = fetch(archive.source("bookworm", "main", "contrib"));
        SourceStatus status = report.sources().getFirst();
        assertThat(status.problem()).isEmpty();
        assertThat(status.signers()).containsExactly(SigningKey.first().fingerprint());
        assertThat(status.date()).isPresent();
        assertThat(status.relaxed()).isEmpty();
        assertThat(report.changed()).isTrue();
        assertThat(report.indices()).extracting(FetchedIndex::component).containsExactly("main", "contrib");
        FetchedIndex main = report.indices().getFirst();
        assertThat(main.origin()).isEqualTo("Mini");
        assertThat(main.architecture()).isEqualTo("amd64");
        assertThat(main.packages()).content().contains("Package: hello\n", "Package: libc6\n", "Filename: pool/main/");
    }

    @Test
    void readsEveryCompressionByHashAndByName() throws Exception {
        for (Packing packing : Packing.values()) {
            suite.packings(packing);
            archive.write();
            assertSound(fetch(archive.source("bookworm", "main")));
            try (MiniServer server = archive.serve()) {
                assertSound(fetch(archive.source(server.address(), "bookworm", "main")));
                assertThat(server.names())
                        .hasSize(2)
                        .anyMatch(name -> name.startsWith("dists/bookworm/main/binary-amd64/by-hash/SHA256/"));
            }
        }
        suite.withoutByHash().packings(Packing.XZ);
        archive.write();
        try (MiniServer server = archive.serve()) {
            assertSound(fetch(archive.source(server.address(), "bookworm", "main")));
            assertThat(server.names())
                    .containsExactly("dists/bookworm/InRelease", "dists/bookworm/main/binary-amd64/Packages.xz");
        }
    }

    @Test
    void takesTheNextFormWhereOneIsMissing() throws Exception {
        Files.delete(archive.file("dists/bookworm/main/binary-amd64/Packages.xz"));
        try (MiniServer server = archive.serve()) {
            Path hashes = archive.file("dists/bookworm/main/binary-amd64/by-hash/SHA256");
            for (String name : Trees.list(hashes).keySet()) {
                Files.delete(hashes.resolve(name));
            }
            assertSound(fetch(archive.source(server.address(), "bookworm", "main")));
            assertThat(server.names()).endsWith("dists/bookworm/main/binary-amd64/Packages.gz");
        }
    }

    @Test
    void takesDescriptionsWhereTheyAreApart() throws Exception {
        suite.translated();
        archive.write();
        FetchReport report = fetch(archive.source("bookworm", "main", "contrib"));
        assertSound(report);
        assertThat(report.indices().getFirst().translation().orElseThrow())
                .content()
                .contains("Package: hello\n", "Description-en: ");
    }

    @Test
    void verifiesReleasesWithDetachedSignatures() throws Exception {
        suite.flaw(Flaw.NO_INRELEASE);
        archive.write();
        assertSound(fetch(archive.source("bookworm", "main")));
        suite.flaw(Flaw.BAD_SIGNATURE);
        archive.write();
        assertRefused("was changed after it was signed");
    }

    @Test
    void fetchesOnlyTheReleaseWhenNothingChanged() throws Exception {
        suite.translated();
        archive.write();
        try (MiniServer server = archive.serve()) {
            ArchiveSource source = archive.source(server.address(), "bookworm", "main", "contrib");
            FetchReport first = fetch(source);
            server.forget();
            FetchReport second = fetchAgain(first, source);
            assertThat(second.changed()).isFalse();
            assertThat(second.sources()).isEqualTo(first.sources());
            assertThat(server.requests()).containsExactly(
                    new MiniServer.Request("dists/bookworm/InRelease", Optional.empty(), 304));
            assertThat(Files.isSameFile(
                            first.indices().getFirst().packages(), second.indices().getFirst().packages()))
                    .isTrue();
        }
    }

    @Test
    void fetchesOnlyWhatChanged() throws Exception {
        try (MiniServer server = archive.serve()) {
            ArchiveSource source = archive.source(server.address(), "bookworm", "main", "contrib");
            FetchReport first = fetch(source);
            server.forget();
            suite.add("contrib", DebWriter.of("more", "1")).date(NOW);
            archive.write();
            Files.setLastModifiedTime(
                    archive.file("dists/bookworm/InRelease"),
                    FileTime.from(NOW.plusSeconds(5)));
            FetchReport second = fetchAgain(first, source);
            assertThat(second.changed()).isTrue();
            assertThat(server.names()).hasSize(2).anyMatch(name -> name.contains("contrib/binary-amd64/by-hash"));
            assertThat(second.indices().get(1).packages()).content().contains("Package: more");
        }
    }

    @Test
    void takesPatchesWhereTheyAreLessThanTheWhole() throws Exception {
        for (boolean merged : List.of(true, false)) {
            String name = merged ? "merged" : "chained";
            MiniSuite patched = archive.suite(name).patches(merged).packings(Packing.GZIP);
            for (int i = 0; i < 200; i++) {
                patched.add("main", DebWriter.of("p" + i + "-" + Integer.toHexString(i * 7919), "1." + i * 31));
            }
            archive.write();
            try (MiniServer server = archive.serve()) {
                ArchiveSource source = archive.source(server.address(), name, "main");
                FetchReport first = fetch(source);
                update(patched, "newest", 1);
                update(patched, "newer", 2);
                server.forget();
                FetchReport second = fetchAgain(first, source);
                assertSound(second);
                assertThat(second.changed()).isTrue();
                assertThat(second.indices().getFirst().packages())
                        .content()
                        .contains("Package: newest\n", "Package: newer\n");
                String folder = "dists/" + name + "/main/binary-amd64/Packages.diff/";
                assertThat(server.names()).containsExactlyElementsOf(
                        merged
                                ? List.of("dists/merged/InRelease", folder + "Index", folder + "P-0.gz")
                                : List.of("dists/chained/InRelease", folder + "Index", folder + "P-0.gz",
                                        folder + "P-1.gz"));

                // Whatever is wrong with them, the whole is there.
                update(patched, "last", 3);
                Files.write(archive.file(folder + "P-2.gz"), new byte[] {1, 2, 3});
                FetchReport third = fetchAgain(second, source);
                assertSound(third);
                assertThat(third.indices().getFirst().packages()).content().contains("Package: last\n");
                assertThat(server.names()).anyMatch(file -> file.contains("by-hash"));
                assertThat(Trees.list(third.indices().getFirst().packages().getParent()).keySet())
                        .containsExactlyInAnyOrder("InRelease", "main_amd64_Packages");
            }
        }
    }

    private void update(MiniSuite patched, String added, int hour) throws Exception {
        patched.add("main", DebWriter.of(added, "1")).date(NOW.minus(Duration.ofHours(12 - hour)));
        archive.write();
        Files.setLastModifiedTime(
                archive.file("dists/" + patched.name() + "/InRelease"), FileTime.from(NOW.plusSeconds(5 * hour)));
    }

    @Test
    void refusesReleasesThatNobodyVouchesFor() throws Exception {
        suite.flaw(Flaw.BAD_SIGNATURE);
        archive.write();
        assertRefused("was changed after it was signed with key " + SigningKey.first().fingerprint());
        suite.sound().flaw(Flaw.NOT_SIGNED);
        archive.write();
        assertRefused("neither InRelease nor Release.gpg");
        suite.sound().flaw(Flaw.WEAK_DIGEST);
        archive.write();
        assertRefused("over SHA-1, which is no longer safe");
        suite.sound().signedBy(SigningKey.second());
        archive.write();
        SourceStatus unknown = assertRefused(
                "is signed with key " + SigningKey.second().fingerprint() + ", which is in none of the keyrings");
        assertThat(unknown.hint().orElseThrow()).contains(archive.keyring().toString()).contains("signed-by");
        SigningKey old = SigningKey.with().life(Duration.ofDays(700)).make();
        suite.signedBy(old);
        archive.write();
        Files.write(archive.keyring(), old.keyring());
        assertRefused("which expired at");
    }

    @Test
    void takesKeysFromWhereTheSourceSays() throws Exception {
        ArchiveSource plain = archive.source("bookworm", "main");
        assertSound(fetch(with(plain, List.of(archive.armouredKeyring()), Optional.empty(), List.of())));
        String armoured = new String(SigningKey.first().armouredKeyring(), US_ASCII);
        assertSound(fetch(with(plain, List.of(), Optional.of(armoured), List.of())));
        assertProblem(fetch(with(plain, List.of(), Optional.empty(), List.of())), "in none of the keyrings");
        Files.copy(archive.keyring(), root.resolve("apt/trusted.gpg.d/mini.gpg"));
        assertSound(fetch(with(plain, List.of(), Optional.empty(), List.of())));
        String own = SigningKey.first().fingerprint();
        assertSound(fetch(with(plain, List.of(), Optional.empty(), List.of(own))));
        assertProblem(
                fetch(with(plain, List.of(), Optional.empty(), List.of(SigningKey.second().fingerprint()))),
                "not one of those that may sign");
    }

    @Test
    void namesKeyringsThatCannotBeRead() throws Exception {
        byte[] keybox = new byte[32];
        System.arraycopy("KBXf".getBytes(US_ASCII), 0, keybox, 8, 4);
        List<Path> keyrings = List.of(root.resolve("missing.gpg"), Files.write(root.resolve("x.kbx"), keybox));
        ArchiveSource source = with(archive.source("bookworm", "main"), keyrings, Optional.empty(), List.of());
        SourceStatus status = assertProblem(fetch(source), "in none of the keyrings");
        assertThat(status.hint().orElseThrow()).contains("missing.gpg' cannot be read").contains("keybox");
    }

    @Test
    void refusesReleasesOfOtherSuites() throws Exception {
        suite.field("Suite", "testing").field("Codename", "trixie");
        archive.write();
        assertRefused("that of testing or trixie, not of bookworm");
        suite.field("Suite", "bookworm");
        archive.write();
        assertSound(fetch(archive.source("bookworm", "main")));
        archive.suite("bookworm/updates").field("Codename", "bookworm").field("Suite", "stable")
                .add("main", DebWriter.of("safe", "1"));
        archive.suite("project/experimental").field("Codename", "rc").field("Suite", "experimental")
                .add("main", DebWriter.of("new", "1"));
        archive.suite("trixie/updates").field("Codename", "trixie-security").field("Suite", "stable-security")
                .add("main", DebWriter.of("safer", "1"));
        archive.write();
        assertProblem(fetch(archive.source("trixie/updates", "main")), "not of trixie/updates");
        for (String name : List.of("bookworm/updates", "project/experimental")) {
            assertSound(fetch(archive.source(name, "main")));
        }
    }

    @Test
    void followsDatesUnlessToldNotTo() throws Exception {
        suite.validUntil(NOW.minusSeconds(60));
        archive.write();
        assertRefused("expired at");
        FetchReport relaxed = fetch(relaxed(new Relaxed(false, true, false)));
        assertSound(relaxed);
        assertThat(relaxed.sources().getFirst().relaxed()).hasSize(1).first().asString().contains("have expired");
        suite.validUntil(NOW.plusSeconds(6000)).date(NOW.plusSeconds(3600));
        archive.write();
        assertRefused("is in the future");
        assertSound(fetch(relaxed(new Relaxed(false, false, true))));
    }

    @Test
    void followsBoundsOfTheConfigurationForDates() throws Exception {
        suite.validUntil(NOW.minusSeconds(60)).date(NOW.minus(Duration.ofDays(3)));
        archive.write();
        assertSound(
                fetch(reading(ByHash.OFFERED, Optional.empty(), Optional.of(Duration.ofDays(4)), Optional.empty())));
        suite.validUntil(NOW.plusSeconds(6000));
        archive.write();
        FetchReport late =
                fetch(reading(ByHash.OFFERED, Optional.empty(), Optional.empty(), Optional.of(Duration.ofDays(2))));
        assertProblem(late, "expired at " + NOW.minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void readsTheReleaseWhereItIsSaidToBe() throws Exception {
        Path release = archive.file("dists/bookworm/InRelease");
        Files.createDirectories(release.resolveSibling("old"));
        Files.move(release, release.resolveSibling("old/InRelease-1"));
        assertSound(fetch(reading(ByHash.OFFERED, Optional.of("old/InRelease-1"), Optional.empty(), Optional.empty())));
        assertProblem(
                fetch(reading(ByHash.OFFERED, Optional.of("old/other"), Optional.empty(), Optional.empty())),
                "there is no suite");
    }

    @Test
    void asksByDigestAsTheConfigurationSays() throws Exception {
        for (ByHash byHash : ByHash.values()) {
            try (MiniServer server = archive.serve()) {
                ArchiveSource plain = reading(byHash, Optional.empty(), Optional.empty(), Optional.empty());
                assertSound(fetch(with(plain, server.address(), ArchiveAccess.DIRECT)));
                assertThat(server.names().getLast().contains("by-hash")).isEqualTo(byHash != ByHash.NEVER);
            }
        }
        suite.withoutByHash();
        archive.write();
        assertSound(fetch(reading(ByHash.ALWAYS, Optional.empty(), Optional.empty(), Optional.empty())));
    }

    @Test
    void goesThroughMirrorsUntilOneGivesAll() throws Exception {
        try (MiniServer broken = archive.serve();
                MiniServer sound = archive.serve()) {
            broken.answer("dists/bookworm/main/binary-amd64/Packages.xz", 503);
            suite.withoutByHash().packings(Packing.XZ);
            archive.write();
            Path list = Files.writeString(
                    root.resolve("mirrors"), broken.address() + "\tpriority:1\n" + sound.address() + "\n");
            ArchiveAccess mirrors = new ArchiveAccess(Optional.empty(), Optional.empty(), true);
            ArchiveSource source = with(archive.source("bookworm", "main"), list.toUri(), mirrors);
            FetchReport first = fetch(source);
            assertSound(first);
            assertThat(first.sources().getFirst().label()).isEqualTo("mirror+" + list.toUri() + " bookworm main");
            assertThat(first.indices().getFirst().archive()).isEqualTo(sound.address());
            Files.writeString(list, "# none\n");
            FetchReport second = fetchAgain(first, source);
            assertProblem(second, "names no mirror");
            assertThat(second.indices()).hasSize(1);
            Files.delete(list);
            assertProblem(fetchAgain(second, source), "there is no list of mirrors");
        }
    }

    @Test
    void tellsALoginToTheArchive() throws Exception {
        try (MiniServer server = archive.serve()) {
            server.demand("dists/bookworm/InRelease", "reader", "secret");
            ArchiveSource plain = archive.source(server.address(), "bookworm", "main");
            assertProblem(fetch(plain), "answered 401");
            Login login = new Login("reader", "secret");
            ArchiveAccess access = new ArchiveAccess(Optional.empty(), Optional.of(login), false);
            assertSound(fetch(with(plain, server.address(), access)));
            assertThat(events.toString()).doesNotContain("secret");
        }
    }

    private ArchiveSource reading(
            ByHash byHash, Optional<String> inRelease, Optional<Duration> least, Optional<Duration> most) {
        ArchiveSource plain = archive.source("bookworm", "main");
        return new ArchiveSource(
                plain.archive(), plain.suite(), plain.components(), plain.architectures(), plain.keyrings(),
                plain.keys(), plain.fingerprints(), plain.relaxed(), plain.access(),
                new ArchiveReading(byHash, true, true, inRelease, least, most, Duration.ofMinutes(5)), plain.origin());
    }

    private static ArchiveSource with(ArchiveSource plain, URI address, ArchiveAccess access) {
        return new ArchiveSource(
                address, plain.suite(), plain.components(), plain.architectures(), plain.keyrings(), plain.keys(),
                plain.fingerprints(), plain.relaxed(), access, plain.reading(), plain.origin());
    }

    @Test
    void refusesOldReleasesInPlaceOfNewOnes() throws Exception {
        FetchReport first = fetch(archive.source("bookworm", "main"));
        suite.date(NOW.minus(Duration.ofDays(2)));
        archive.write();
        FetchReport second = fetchAgain(first, archive.source("bookworm", "main"));
        assertProblem(second, "older than that");
        assertThat(second.indices()).hasSize(1);
        assertThat(second.indices().getFirst().packages()).exists().isNotEqualTo(first.indices().getFirst().packages());
        assertThat(second.changed()).isFalse();
        // Nor does the old one come in by the way of a source that could not be read in between.
        FetchReport third = fetchAgain(second, archive.source("bookworm", "main"));
        assertProblem(third, "older than that");
        assertThat(third.sources().getFirst().date()).isEqualTo(first.sources().getFirst().date());
    }

    @Test
    void doesNotLookAtSignaturesWhereItIsToldNotTo() throws Exception {
        ArchiveSource trusted = relaxed(new Relaxed(true, false, false));
        for (Flaw flaw : List.of(Flaw.BAD_SIGNATURE, Flaw.NOT_SIGNED, Flaw.WEAK_DIGEST)) {
            suite.sound().flaw(flaw);
            archive.write();
            FetchReport report = fetch(trusted);
            assertSound(report);
            assertThat(report.sources().getFirst().signers()).isEmpty();
            assertThat(report.sources().getFirst().relaxed())
                    .containsExactly("Signatures are not looked at (trusted=yes).");
        }
        suite.sound().flaw(Flaw.WRONG_HASH);
        archive.write();
        assertProblem(fetch(trusted), "other contents than the release promises");
    }

    @Test
    void readsFoldersWithoutComponents() throws Exception {
        archive.suite("local/").add("", DebWriter.of("mine", "1"));
        archive.write();
        FetchReport signed = fetch(archive.source("local/"));
        assertSound(signed);
        assertThat(signed.indices().getFirst().packages()).content().contains("Package: mine");
        for (String name : List.of("InRelease", "Release", "Release.gpg")) {
            Files.delete(archive.file("local/" + name));
        }
        SourceStatus unsigned = assertProblem(fetch(archive.source("local/")), "nothing is signed in 'local/'");
        assertThat(unsigned.hint().orElseThrow()).contains("trusted=yes");
        ArchiveSource trusted = with(archive.source("local/"), new Relaxed(true, false, false));
        FetchReport first = fetch(trusted);
        assertSound(first);
        assertThat(fetchAgain(first, trusted).changed()).isFalse();
    }

    @Test
    void readsArchivesThatAreOneFolder() throws Exception {
        archive.suite("./").add("", DebWriter.of("mine", "1"));
        archive.write();
        try (MiniServer server = archive.serve()) {
            assertSound(fetch(archive.source("./"), archive.source("/"), archive.source(server.address(), "/")));
            assertThat(server.names()).startsWith("InRelease");
            assertProblem(fetch(archive.source("a b%+~?#\u00e4", "main:x")), "there is no suite 'a b%+~?#\u00e4'");
        }
    }

    @Test
    void refusesListsThatAreNotAsPromised() throws Exception {
        suite.flaw(Flaw.WRONG_HASH);
        archive.write();
        assertRefused("other contents than the release promises");
        suite.sound().flaw(Flaw.TRUNCATED_INDEX);
        archive.write();
        assertRefused("other contents than the release promises");
        suite.sound().flaw(Flaw.OVERSIZED_INDEX);
        archive.write();
        assertRefused("longer than the release says");
        suite.sound();
        archive.write();
        assertSound(fetch(archive.source("bookworm", "main")));
    }

    @Test
    void passesOverWhatCannotBeReached() throws Exception {
        try (Socket silent = Sockets.withoutListener();
                MiniServer server = archive.serve()) {
            URI closed = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
            archive.suite("sid").add("main", DebWriter.of("new", "1"));
            archive.suite("stalled").add("main", DebWriter.of("slow", "1"));
            archive.write();
            server.answer("dists/sid/InRelease", 403);
            server.stall("dists/stalled/InRelease", 100);
            FetchReport report = fetch(
                    archive.source(closed, "bookworm", "main"),
                    archive.source(server.address(), "nowhere", "main"),
                    archive.source(server.address(), "sid", "main"),
                    archive.source(server.address(), "stalled", "main"),
                    archive.source(server.address(), "bookworm", "main"));
            assertThat(report.sources()).extracting(status -> status.problem().orElse("none")).satisfiesExactly(
                    text -> assertThat(text).startsWith("cannot be reached"),
                    text -> assertThat(text).startsWith("there is no suite 'nowhere'"),
                    text -> assertThat(text).contains("answered 403"),
                    text -> assertThat(text).contains("nothing more came"),
                    text -> assertThat(text).isEqualTo("none"));
            assertThat(report.sources()).allMatch(status -> status.problem().isEmpty() || status.hint().isPresent());
            assertThat(report.indices()).hasSize(1);
            assertThat(Trees.list(root.resolve("fetched-1")).keySet().stream().filter(name -> !name.contains("/")))
                    .hasSize(1);
        }
    }

    @Test
    void keepsWhatItHadOfSourcesWithProblems() throws Exception {
        try (MiniServer server = archive.serve()) {
            ArchiveSource source = archive.source(server.address(), "bookworm", "main", "contrib");
            FetchReport first = fetch(source);
            server.answer("dists/bookworm/InRelease", 503);
            FetchReport second = fetchAgain(first, source);
            assertProblem(second, "answered 503");
            assertThat(second.changed()).isFalse();
            assertThat(second.indices()).hasSize(2).allSatisfy(index -> {
                assertThat(index.packages()).exists();
                assertThat(index.packages()).startsWith(root.resolve("fetched-2"));
            });
            assertThat(second.sources().getFirst().signers()).isNotEmpty();
            // It goes on from what was kept.
            server.behave("dists/bookworm/InRelease").forget();
            FetchReport third = fetchAgain(second, source);
            assertSound(third);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void saysWhatIsMissingAndTakesTheRest() throws Exception {
        ArchiveSource source = archive.source("bookworm", "main", "non-free");
        FetchReport report = fetch(source);
        assertThat(report.sources().getFirst().problem().orElseThrow()).contains("'non-free'");
        assertThat(report.indices()).hasSize(1);
    }

    @Test
    void takesSeveralArchitectures() throws Exception {
        suite.add("main", DebWriter.of("hello", "2.10-3").architecture("i386"));
        archive.write();
        ArchiveSource plain = archive.source("bookworm", "main");
        ArchiveSource both = new ArchiveSource(
                plain.archive(), plain.suite(), plain.components(), List.of("amd64", "i386", "riscv64"),
                plain.keyrings(), plain.keys(), plain.fingerprints(), plain.relaxed(), plain.proxy(), plain.origin());
        FetchReport report = fetch(both);
        assertThat(report.sources().getFirst().problem()).isEmpty();
        assertThat(report.indices()).extracting(FetchedIndex::architecture).containsExactly("amd64", "i386");
    }

    @Test
    void keepsSourcesOfOneSuiteApart() throws Exception {
        FetchReport report = fetch(archive.source("bookworm", "main"), archive.source("bookworm", "contrib"));
        assertThat(report.sources()).allMatch(status -> status.problem().isEmpty());
        assertThat(report.indices()).extracting(FetchedIndex::component).containsExactly("main", "contrib");
        assertThat(fetchAgain(report, archive.source("bookworm", "main"), archive.source("bookworm", "contrib"))
                        .changed())
                .isFalse();
        assertThat(fetchAgain(report, archive.source("bookworm", "main")).changed()).isTrue();
    }

    @Test
    void reportsDownloads() throws Exception {
        try (MiniServer server = archive.serve()) {
            fetch(archive.source(server.address(), "bookworm", "main"));
        }
        assertThat(events.stream().filter(Event.Started.class::isInstance)).hasSize(2);
        assertThat(events.stream().filter(Event.Finished.class::isInstance)).hasSize(2);
        assertThat(events).anyMatch(Event.Progressed.class::isInstance);
    }

    @Test
    void stopsWhenInterrupted() throws Exception {
        try (MiniServer server = archive.serve()) {
            server.stall("dists/bookworm/InRelease", 100);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> fetch(archive.source(server.address(), "bookworm", "main")))
                    .isInstanceOf(DaemonException.Cancelled.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private FetchReport fetch(ArchiveSource... sources) throws Exception {
        return fetch(Optional.empty(), sources);
    }

    private FetchReport fetchAgain(FetchReport before, ArchiveSource... sources) throws Exception {
        Path folder = root.resolve("fetched-" + calls);
        return fetch(Optional.of(new ArchiveFetch.Previous(folder, before)), sources);
    }

    private FetchReport fetch(Optional<ArchiveFetch.Previous> previous, ArchiveSource... sources) throws Exception {
        calls++;
        Path folder = root.resolve("fetched-" + calls);
        FetchOptions options = new FetchOptions(root.resolve("apt"), SHORT, NOW.plusSeconds(60));
        return ArchiveFetch.fetch(List.of(sources), folder, previous, events::add, options);
    }

    private ArchiveSource relaxed(Relaxed relaxed) {
        return with(archive.source("bookworm", "main"), relaxed);
    }

    private static ArchiveSource with(ArchiveSource plain, Relaxed relaxed) {
        return new ArchiveSource(
                plain.archive(), plain.suite(), plain.components(), plain.architectures(), plain.keyrings(),
                plain.keys(), plain.fingerprints(), relaxed, plain.proxy(), plain.origin());
    }

    private static ArchiveSource with(
            ArchiveSource plain, List<Path> keyrings, Optional<String> keys, List<String> fingerprints) {
        return new ArchiveSource(
                plain.archive(), plain.suite(), plain.components(), plain.architectures(), keyrings,
                keys, fingerprints, plain.relaxed(), plain.proxy(), plain.origin());
    }

    private static void assertSound(FetchReport report) throws Exception {
        assertThat(report.sources()).allSatisfy(status -> assertThat(status.problem()).isEmpty());
        assertThat(report.indices()).isNotEmpty().allSatisfy(index -> assertThat(index.packages()).isNotEmptyFile());
    }

    private SourceStatus assertRefused(String problem) throws Exception {
        FetchReport report = fetch(archive.source("bookworm", "main"));
        assertThat(report.indices()).isEmpty();
        return assertProblem(report, problem);
    }

    private static SourceStatus assertProblem(FetchReport report, String problem) {
        SourceStatus status = report.sources().getFirst();
        assertThat(status.problem()).hasValueSatisfying(text -> assertThat(text).contains(problem));
        assertThat(status.hint()).isPresent();
        return status;
    }
}
