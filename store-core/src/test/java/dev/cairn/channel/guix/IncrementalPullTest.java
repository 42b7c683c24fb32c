// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogFile;
import dev.cairn.event.EventSink;
import dev.cairn.http.Proxies;
import dev.cairn.testing.DataServiceStub;
import dev.cairn.testing.GuixPackages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of an earlier revision and what differs is the same as what is fetched in full, octet by octet. */
class IncrementalPullTest {
    private static final int STEPS = 6;
    private static final List<String> TABLES = List.of(
            "SELECT name, version, outputs, synopsis, on_request, hex(digest), description, licenses, home_page,"
                    + " location FROM package JOIN detail ON detail.id = package.id ORDER BY name, version",
            "SELECT name, version FROM listed JOIN package ON package.id = listed.id ORDER BY name",
            "SELECT name, version FROM package WHERE id IN"
                    + " (SELECT rowid FROM prose WHERE prose MATCH 'program OR fresh') ORDER BY name",
            "SELECT count(*) FROM detail",
            "SELECT count(*) FROM prose",
            "SELECT kind, name, hex(packages) FROM mention ORDER BY kind, name",
            "SELECT * FROM problem");

    @TempDir
    Path folder;

    private DataServiceStub stub;
    private Random random = new Random(0);
    private final List<DataServiceStub.Package> packages = new ArrayList<>();
    private int commits;

    @BeforeEach
    void open() throws Exception {
        stub = DataServiceStub.start();
    }

    @AfterEach
    void close() {
        stub.close();
    }

    private GuixChannel channel(Path place, Optional<String> commit, String system) {
        GuixSource source = new GuixSource(stub.address(), "guix", "master", commit, List.of());
        return new GuixChannel(
                "guix", 5, place, new GuixChannel.Settings(source, system, Proxies.NONE, PackageSources.NONE));
    }

    private void begin(int seed, int names) {
        random = new Random(seed);
        for (int i = 0; i < names; i++) {
            add();
        }
        commit();
    }

    private String commit() {
        String commit = "%040x".formatted(++commits);
        stub.commit(commit, "2025-06-%02d 08:00:00".formatted(commits), packages);
        return commit;
    }

    private String name() {
        String[] parts = {"a", "B", "python", "r", "lib", "x11", "c++", "zlib"};
        return parts[random.nextInt(parts.length)] + List.of("", "-", "_", "+").get(random.nextInt(4))
                + random.nextInt(60);
    }

    private void add() {
        String name = name();
        String version = random.nextInt(3) + "." + random.nextInt(4);
        List<String> outputs = List.of(
                        List.of("out"), List.of("out", "doc"), List.<String>of(), List.of("debug", "out"))
                .get(random.nextInt(4));
        boolean alias = random.nextInt(10) == 0;
        DataServiceStub.Package plain = GuixPackages.with(
                name, version, GuixPackages.outputs(random.nextInt(9) == 0 ? "odd" : name, version, outputs));
        packages.add(new DataServiceStub.Package(
                name, version, plain.synopsis(), random.nextBoolean() ? plain.description() : "", plain.homePage(),
                alias ? "guix/packages.scm" : random.nextInt(7) == 0 ? "../odd.scm" : plain.file(),
                1 + random.nextInt(500), random.nextBoolean() ? List.of("GPL 3+", "Expat") : List.of(),
                plain.outputs(), plain.derivation()));
    }

    private void edit() {
        int index = random.nextInt(packages.size());
        DataServiceStub.Package one = packages.get(index);
        switch (random.nextInt(9)) {
            case 0, 1 -> add();
            case 2 -> packages.remove(index);
            case 3 -> packages.removeIf(other -> other.name().equals(one.name()));
            case 4 -> packages.set(index, with(one, one.version() + ".1", one.synopsis(), one.file(), one.line()));
            case 5 -> packages.set(index, with(one, one.version(), "Fresh " + commits + " ü", one.file(), one.line()));
            case 6 -> packages.set(index, with(one, one.version(), one.synopsis(), one.file(), one.line() + 7));
            case 7 -> packages.set(index, GuixPackages.rebuilt(one));
            default -> packages.set(index, with(
                    one, one.version(), one.synopsis(),
                    one.file().equals("guix/packages.scm") ? "gnu/packages/a.scm" : "guix/packages.scm", 1));
        }
    }

    private static DataServiceStub.Package with(
            DataServiceStub.Package one, String version, String synopsis, String file, int line) {
        SortedMap<String, String> outputs = new TreeMap<>();
        one.outputs().forEach((output, path) ->
                outputs.put(output, path.replace("-" + one.version(), "-" + version)));
        return new DataServiceStub.Package(
                one.name(), version, synopsis, one.description(), one.homePage(), file, line, one.licenses(), outputs,
                one.derivation());
    }

    /** Asserts that the newest of a channel's revisions is as if it had been fetched in full. */
    private void assertIsWhole(Path place, String commit, String system) throws Exception {
        Path whole = Files.createTempDirectory(folder, "whole");
        channel(whole, Optional.of(commit), system).refresh(EventSink.NONE);
        Path made = place.resolve("current");
        for (String file : List.of("items.tsv", "descriptions.zst")) {
            assertThat(made.resolve(file)).hasSameBinaryContentAs(whole.resolve("current").resolve(file));
        }
        RevisionRecord record = RevisionRecord.read(made.resolve("revision.json"));
        RevisionRecord wanted = RevisionRecord.read(whole.resolve("current/revision.json"));
        assertThat(record.packages()).isEqualTo(wanted.packages());
        assertThat(record.unsupported()).isEqualTo(wanted.unsupported());
        assertThat(record.order()).isEqualTo(wanted.order());
    }

    /** Asserts that a catalog that was kept up to date is as a new one. */
    private void assertCatalogIsWhole(GuixChannel channel) throws Exception {
        Path kept = folder.resolve("catalog.sqlite");
        Path fresh = Files.createTempDirectory(folder, "fresh").resolve("catalog.sqlite");
        try (Catalog one = CatalogFile.open(kept, List.of(channel), EventSink.NONE);
                Catalog other = CatalogFile.open(fresh, List.of(channel), EventSink.NONE)) {
            assertThat(one.search("", 10_000)).isEqualTo(other.search("", 10_000));
            // What is found alike comes in the order of its rows.
            for (String word : List.of("program", "fresh")) {
                assertThat(one.search(word, 10_000)).hasSameElementsAs(other.search(word, 10_000));
            }
            assertThat(one.sizes()).isEqualTo(other.sizes());
        }
        assertThat(dump(kept)).isEqualTo(dump(fresh));
    }

    private static List<String> dump(Path file) throws Exception {
        List<String> dump = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                dump.add(table);
                try (ResultSet rows = statement.executeQuery(table)) {
                    while (rows.next()) {
                        List<String> row = new ArrayList<>();
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            row.add(String.valueOf(rows.getString(i)));
                        }
                        dump.add(String.join("|", row));
                    }
                }
            }
            // Lines name the rows that they are of, whose numbers tell the way that led to them.
            try (ResultSet rows = statement.executeQuery("SELECT lines FROM listing")) {
                new String(rows.getBytes(1), StandardCharsets.UTF_8).lines()
                        .map(line -> line.substring(line.indexOf('\t')))
                        .forEach(dump::add);
            }
        }
        return dump;
    }

    private void assertNoPages(String commit) {
        assertThat(stub.asked()).noneMatch(asked -> asked.contains(commit + "/packages.json?limit_results=1000"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void givesTheSameAsAFullPull(int seed) throws Exception {
        if (seed % 2 == 0) {
            stub.order(NameOrder.WORDS.comparator());
        }
        begin(seed, 900);
        Path place = folder.resolve("channel");
        GuixChannel channel = channel(place, Optional.empty(), "x86_64-linux");
        channel.refresh(EventSink.NONE);
        assertCatalogIsWhole(channel);
        for (int step = 0; step < STEPS; step++) {
            for (int edits = random.nextInt(12); edits >= 0; edits--) {
                edit();
            }
            String commit = commit();
            channel.refresh(EventSink.NONE);
            assertNoPages(commit);
            assertIsWhole(place, commit, "x86_64-linux");
            if (random.nextInt(3) > 0) {
                assertCatalogIsWhole(channel);
            }
            if (random.nextInt(3) == 0) {
                channel.switchTo(1 + random.nextInt(step + 2));
                assertCatalogIsWhole(channel);
            }
        }
    }

    @Test
    void goesBackToAnEarlierCommitAndToAnotherSystem() throws Exception {
        begin(7, 120);
        Path place = folder.resolve("channel");
        channel(place, Optional.empty(), "x86_64-linux").refresh(EventSink.NONE);
        String first = "%040x".formatted(1);
        for (int edits = 0; edits < 20; edits++) {
            edit();
        }
        String second = commit();
        GuixChannel other = channel(place, Optional.of(second), "aarch64-linux");
        assertThat(other.refresh(EventSink.NONE)).isTrue();
        assertIsWhole(place, second, "aarch64-linux");
        assertCatalogIsWhole(other);
        GuixChannel back = channel(place, Optional.of(first), "aarch64-linux");
        assertThat(back.refresh(EventSink.NONE)).isTrue();
        assertIsWhole(place, first, "aarch64-linux");
        GuixChannel again = channel(place, Optional.of(second), "x86_64-linux");
        assertThat(again.refresh(EventSink.NONE)).isTrue();
        assertIsWhole(place, second, "x86_64-linux");
        assertCatalogIsWhole(again);
    }

    @Test
    void fetchesAllWhereWhatIsKeptIsDamaged() throws Exception {
        begin(8, 120);
        Path place = folder.resolve("channel");
        GuixChannel channel = channel(place, Optional.empty(), "x86_64-linux");
        channel.refresh(EventSink.NONE);
        assertCatalogIsWhole(channel);
        for (String file : List.of("items.tsv", "descriptions.zst")) {
            byte[] octets = Files.readAllBytes(place.resolve("current").resolve(file));
            Files.write(place.resolve("current").resolve(file), Arrays.copyOf(octets, octets.length / 2));
            add();
            String commit = commit();
            assertThat(channel.refresh(EventSink.NONE)).isTrue();
            assertIsWhole(place, commit, "x86_64-linux");
            assertCatalogIsWhole(channel);
        }
    }
}
