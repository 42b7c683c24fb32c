// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.packages.DefinitionProblem;
import dev.cairn.packages.Specification;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What large channels, and those with the versions of Debian, ask of the catalog. */
class CatalogArchiveTest {
    @TempDir
    private Path folder;

    private Catalog open(CatalogSource... sources) throws CatalogException {
        return CatalogFile.open(folder.resolve("catalog.sqlite"), List.of(sources), EventSink.NONE);
    }

    private static TestSource archive(String name, int priority) {
        return new TestSource(name, priority).ofDebian();
    }

    private static List<String> names(List<SearchHit> hits) {
        return hits.stream().map(hit -> hit.key().name()).toList();
    }

    private static List<String> labels(List<PackageKey> keys) {
        return keys.stream().map(PackageKey::label).toList();
    }

    private static String resolve(Catalog catalog, String text) throws CairnException {
        PackageKey key = catalog.resolve(Specification.parse(text)).key();
        return key.label() + " " + key.channel();
    }

    @Test
    void meansWhatIsToBeAskedForOnlyByItsVersion() throws Exception {
        TestSource archive = archive("debian", 0)
                .add("git@2.39", "Stable", "")
                .add("git@2.45", "Backport", "").onRequest()
                .add("new@1", "Only a backport", "").onRequest();
        try (Catalog catalog = open(archive)) {
            assertThat(resolve(catalog, "git")).isEqualTo("git@2.39 debian");
            assertThat(resolve(catalog, "git@2.45")).isEqualTo("git@2.45 debian");
            assertThat(resolve(catalog, "new")).isEqualTo("new@1 debian");
            assertThat(catalog.search("git", 1).getFirst().synopsis()).isEqualTo("Stable");
        }
        TestSource again = archive("debian", 0)
                .add("git@2.45", "Backport", "").onRequest()
                .add("git@2.40", "Newer", "");
        try (Catalog catalog = open(again)) {
            assertThat(catalog.search("git", 1).getFirst().synopsis()).isEqualTo("Newer");
        }
    }

    @Test
    void looksForAnOutputInAllChannelsAndVersions() throws Exception {
        TestSource small = new TestSource("small", 50).add("hello@3", "Bundled", "").withOutputs("out");
        TestSource archive = archive("debian", 10)
                .add("hello@2.10-3", "Two architectures", "").withOutputs("out", "i386")
                .add("hello@2.10-3+b1", "Built again", "").withOutputs("out");
        try (Catalog catalog = open(small, archive)) {
            assertThat(resolve(catalog, "hello:i386")).isEqualTo("hello@2.10-3 debian");
            assertThat(resolve(catalog, "hello@2.10:i386")).isEqualTo("hello@2.10-3 debian");
            assertThatThrownBy(() -> resolve(catalog, "hello:armel")).hasMessage("'hello@3' has no output 'armel'");
        }
    }

    @Test
    void ordersVersionsAsTheirChannelDoes() throws Exception {
        TestSource archive = archive("debian", 0)
                .add("git@1.0~rc1", "Candidate", "")
                .add("git@1:0.5", "Epoch", "")
                .add("git@1.0", "Release", "");
        try (Catalog catalog = open(archive)) {
            assertThat(catalog.versions("git")).extracting(CatalogPackage::version)
                    .containsExactly("1:0.5", "1.0", "1.0~rc1");
            assertThat(catalog.search("git", 1).getFirst().synopsis()).isEqualTo("Epoch");
            assertThat(resolve(catalog, "git@1.0")).isEqualTo("git@1.0 debian");
            assertThat(resolve(catalog, "git@0.5")).isEqualTo("git@1:0.5 debian");
        }
    }

    @Test
    void takesArchivesOfEqualPriorityForOne() throws Exception {
        TestSource main = archive("main", 0).add("git@1:2.39-1", "Git", "").add("jq@1.6", "Jq", "");
        TestSource security = archive("security", 0).add("git@1:2.39-1+deb12u1", "Git, mended", "");
        TestSource backports = archive("backports", -1).add("git@1:2.45-1~bpo12+1", "New git", "");
        try (Catalog catalog = open(main, security, backports)) {
            assertThat(resolve(catalog, "git")).isEqualTo("git@1:2.39-1+deb12u1 security");
            assertThat(resolve(catalog, "git@1:2.45")).isEqualTo("git@1:2.45-1~bpo12+1 backports");
            assertThat(catalog.versions("git")).extracting(CatalogPackage::version)
                    .containsExactly("1:2.39-1+deb12u1", "1:2.39-1", "1:2.45-1~bpo12+1");
            assertThat(catalog.search("git", 9)).extracting(SearchHit::synopsis).containsExactly("Git, mended");
        }
    }

    @Test
    void knowsDependentsInAllArchives() throws Exception {
        TestSource main = archive("main", 0)
                .add("libc6@2.36", "", "")
                .add("jq@1.6", "", "", "libc6", "libjq1")
                .add("libjq1@1.6", "", "", "libc6");
        TestSource backports = archive("backports", -1).add("libc6@2.37", "", "").add("jq@1.7", "", "", "libc6");
        TestSource other = new TestSource("definitions", 0).add("tool@1", "", "", "libc6");
        try (Catalog catalog = open(main, backports, other)) {
            assertThat(labels(catalog.dependents(new PackageKey("main", "libc6", "2.36"))))
                    .containsExactly("jq@1.7", "jq@1.6", "libjq1@1.6");
            assertThat(catalog.dependents(new PackageKey("backports", "jq", "1.7"))).isEmpty();
            assertThat(catalog.dependents(new PackageKey("nowhere", "jq", "1.7"))).isEmpty();
        }
    }

    @Test
    void leadsFromVirtualPackagesToTheirProviders() throws Exception {
        TestSource archive = archive("debian", 0)
                .add("mawk@1.3", "Small", "").providing("awk")
                .add("gawk@5", "Large", "").providing("awk gawk-doc")
                .add("hawk@1", "A bird", "");
        try (Catalog catalog = open(archive)) {
            assertThat(names(catalog.search("awk", 3))).containsExactly("mawk", "gawk", "hawk");
            assertThat(names(catalog.search("gawk-doc", 3))).containsExactly("gawk");
            assertThat(catalog.suggest("awk", 2)).containsExactly("mawk", "gawk");
            assertThatThrownBy(() -> resolve(catalog, "gawk-doc"))
                    .isInstanceOf(CatalogException.Unknown.class)
                    .extracting(e -> ((CatalogException.Unknown) e).nearest().getFirst())
                    .isEqualTo("gawk");
            assertThat(catalog.versions("mawk").getFirst().properties()).containsEntry("a\\b", "c\\nd\n");
        }
    }

    @Test
    void writesOnlyRowsThatChanged() throws Exception {
        TestSource archive = archive("debian", 0);
        for (int i = 0; i < 500; i++) {
            archive.add("package-" + i + "@1", "Number " + i, "Text " + i, "package-" + i / 2);
        }
        open(archive).close();
        long before = number("SELECT max(id) FROM package");
        archive.remove("package-7@1").remove("package-9@1");
        archive.add("package-7@2", "Lucky number", "").add("package-8@2", "Later", "");
        try (Catalog catalog = open(archive)) {
            assertThat(number("SELECT count(*) FROM package WHERE id > " + before)).isEqualTo(2);
            assertThat(number("SELECT count(*) FROM package")).isEqualTo(500);
            assertThat(catalog.size()).isEqualTo(499);
            assertThat(names(catalog.search("lucky", 5))).containsExactly("package-7");
            assertThat(names(catalog.search("later", 5))).containsExactly("package-8");
            assertThat(catalog.versions("package-9")).isEmpty();
            assertThat(labels(catalog.dependents(new PackageKey("debian", "package-4", "1"))))
                    .containsExactly("package-8@1");
        }
        assertThat(number("SELECT count(*) FROM listed")).isEqualTo(499);
        assertThat(number("SELECT count(*) FROM detail")).isEqualTo(500);
    }

    @Test
    void endsTheSameWhicheverWayItGotThere() throws Exception {
        Random random = new Random(7);
        TestSource archive = archive("debian", 0);
        for (int turn = 0; turn < 12; turn++) {
            for (int i = 0; i < 20; i++) {
                String label = "p" + random.nextInt(15) + "@" + random.nextInt(4);
                archive.remove(label);
                if (random.nextBoolean()) {
                    archive.add(label, "word" + random.nextInt(5), "text" + random.nextInt(5));
                }
            }
            try (Catalog updated = open(archive);
                    Catalog fresh = CatalogFile.open(
                            folder.resolve("fresh" + turn), List.of(archive), EventSink.NONE)) {
                assertThat(updated.size()).isEqualTo(fresh.size());
                assertThat(updated.search("", 99)).isEqualTo(fresh.search("", 99));
                for (String query : List.of("p", "p1", "word1", "word", "text3", "text")) {
                    assertThat(new TreeSet<>(names(updated.search(query, 99))))
                            .isEqualTo(new TreeSet<>(names(fresh.search(query, 99))));
                }
            }
        }
    }

    /** Offers something for ever, until its thread is interrupted. */
    private record Endless(CountDownLatch started) implements CatalogSource {
        @Override
        public String name() {
            return "endless";
        }

        @Override
        public String fingerprint() {
            return "";
        }

        @Override
        public void read(ContentsSink sink, EventSink events) throws CairnException {
            for (int i = 0; ; i++) {
                started.countDown();
                sink.problem(new DefinitionProblem("file", i, 0, "", "something", "an end"));
            }
        }
    }

    @Test
    void staysAsItIsWhenReadingIsInterrupted() throws Exception {
        TestSource archive = archive("debian", 0).add("hello@1", "Greets", "");
        open(archive).close();
        archive.add("new@1", "", "");
        Endless endless = new Endless(new CountDownLatch(1));
        AtomicReference<Throwable> thrown = new AtomicReference<>(new IllegalStateException("nothing"));
        Thread opening = Thread.ofVirtual().start(() -> {
            try {
                open(archive, endless).close();
            } catch (CatalogException e) {
                thrown.set(e);
            }
        });
        endless.started().await();
        opening.interrupt();
        opening.join();
        assertThat(thrown.get()).isInstanceOf(CatalogException.Unusable.class).hasMessageContaining("interrupted");
        assertThat(number("SELECT count(*) FROM package")).isOne();
        assertThat(number("SELECT count(*) FROM problem")).isZero();
    }

    @Test
    void doesNotHideMistakesOfASource() {
        CatalogSource broken = new CatalogSource() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public String fingerprint() {
                return "";
            }

            @Override
            public void read(ContentsSink sink, EventSink events) {
                throw new IllegalStateException("a mistake");
            }
        };
        assertThatThrownBy(() -> open(broken)).isInstanceOf(IllegalStateException.class).hasMessage("a mistake");
    }

    private long number(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("catalog.sqlite"));
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : -1;
        }
    }
}
