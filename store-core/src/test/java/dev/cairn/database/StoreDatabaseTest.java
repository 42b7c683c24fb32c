// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.StoreGraph;
import dev.cairn.hash.Hash;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.testing.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.JDBC;

class StoreDatabaseTest {
    @TempDir
    Path folder;

    @Test
    void hasTheFilesAndTablesThatGuixExpects() throws Exception {
        open().close();
        assertThat(folder.resolve("schema")).hasBinaryContent(new byte[] {'7'});
        assertThat(folder.resolve("reserved")).hasSize(8 * 1024 * 1024);
        assertThat(folder.resolve("big-lock")).isEmptyFile();
        for (String name : new String[] {"reserved", "big-lock"}) {
            assertThat((Integer) Files.getAttribute(folder.resolve(name), "unix:mode") & 07777).isEqualTo(0600);
        }
        try (Connection connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select group_concat(name) from"
                        + " (select name from sqlite_master where name not like 'sqlite%' order by name)")) {
            assertThat(rows.getString(1))
                    .isEqualTo("DeleteSelfRefs,DerivationOutputs,FailedPaths,IndexDerivationOutputs,IndexReference,"
                            + "IndexReferrer,Refs,ValidPaths");
        }
    }

    @Test
    void findsPagesThatAreDamaged() throws Exception {
        try (StoreDatabase database = open()) {
            database.register(List.of(info("dep")), Map.of());
            database.checkIntegrity();
        }
        Path file = folder.resolve("db.sqlite");
        byte[] octets = Files.readAllBytes(file);
        Arrays.fill(octets, octets.length - 8192, octets.length, (byte) 0xFF);
        Files.write(file, octets);

        try (StoreDatabase database = open()) {
            assertThatThrownBy(database::checkIntegrity)
                    .isInstanceOf(DaemonException.DatabaseUnusable.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void givesBackWhatWasRegistered() throws Exception {
        PathInfo dep = info("dep");
        PathInfo self = info("selfref", path("dep"), path("selfref"));
        PathInfo derivation = info("self.drv");
        try (StoreDatabase database = open()) {
            database.register(
                    List.of(self, dep, derivation),
                    Map.of(derivation.path(), new TreeMap<>(Map.of("out", self.path()))));
        }
        try (StoreDatabase database = open()) {
            assertThat(database.pathInfo(self.path())).contains(self);
            assertThat(database.isValid(dep.path())).isTrue();
            assertThat(database.pathInfo(path("other"))).isEmpty();
            assertThat(database.valid(List.of(dep.path(), path("other")))).containsExactly(dep.path());
            assertThat(database.referrers(self.path())).containsExactly(self.path());
            assertThat(database.referrers(dep.path())).containsExactly(self.path());
            assertThat(database.requisites(List.of(self.path()))).containsExactly(dep, self);
            assertThat(database.validDerivers(self.path())).containsExactly(derivation.path());
            assertThat(database.derivationOutputs(derivation.path())).containsEntry("out", self.path());
            assertThat(database.pathFromHashPart(dep.path().hashPart())).contains(dep.path());
            assertThat(database.pathFromHashPart(path("other").hashPart())).isEmpty();
            assertThat(database.allPaths()).containsExactlyElementsOf(new TreeSet<>(database.allPaths()));
        }
    }

    @Test
    void writesRowsAsGuixDoes() throws Exception {
        // Row 1 of store-layout.json, database_rows_example, observed in guix-daemon's database.
        StorePath path = StoreDirectory.GNU.parse("/gnu/store/rhvgnwdhfpdb481y8lis23g1yv7y1y3h-dep");
        String hash = "sha256:37b0fc83db34f208530f8f757e24ccc0008aee90247d6406cf79b4c507fc668b";
        try (StoreDatabase database = open()) {
            database.register(
                    List.of(new PathInfo(
                            path, Hash.parse(hash), 288, new TreeSet<>(), Optional.empty(), Instant.ofEpochSecond(1795312425))),
                    Map.of());
        }
        try (Connection connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select * from ValidPaths")) {
            rows.next();
            assertThat(rows.getInt("id")).isEqualTo(1);
            assertThat(rows.getString("path")).isEqualTo(path.toString());
            assertThat(rows.getString("hash")).isEqualTo(hash);
            assertThat(rows.getLong("registrationTime")).isEqualTo(1795312425);
            assertThat(rows.getString("deriver")).isNull();
            assertThat(rows.getLong("narSize")).isEqualTo(288);
        }
    }

    @Test
    void registersAllOrNothing() throws Exception {
        try (StoreDatabase database = open()) {
            assertThatThrownBy(() -> database.register(List.of(info("a"), info("b", path("missing"))), Map.of()))
                    .isInstanceOf(DaemonException.NotValid.class)
                    .hasMessageContaining("missing");
            assertThat(database.allPaths()).isEmpty();
        }
    }

    @Test
    void refusesItemsThatReferToEachOtherInACircle() throws Exception {
        try (StoreDatabase database = open()) {
            assertThatThrownBy(() -> database.register(
                            List.of(info("a", path("b")), info("b", path("c")), info("c", path("a"))), Map.of()))
                    .isInstanceOf(DaemonException.Refused.class)
                    .hasMessageContaining("circle");
            assertThat(database.allPaths()).isEmpty();
        }
    }

    @Test
    void keepsTimeAndDeriverWhenRegisteredAgain() throws Exception {
        PathInfo first = info("a");
        PathInfo again = new PathInfo(
                first.path(), Hash.sha256(new byte[] {9}), 99, new TreeSet<>(), Optional.of(path("x.drv")), Instant.EPOCH);
        try (StoreDatabase database = open()) {
            database.register(List.of(first), Map.of());
            database.register(List.of(again), Map.of());
            PathInfo stored = database.pathInfo(first.path()).orElseThrow();
            assertThat(stored.narSize()).isEqualTo(99);
            assertThat(stored.registered()).isEqualTo(first.registered());
            assertThat(stored.deriver()).isEmpty();
        }
    }

    @Test
    void invalidatesOnlyWhatNothingRefersTo() throws Exception {
        try (StoreDatabase database = open()) {
            database.register(List.of(info("dep"), info("self", path("dep"), path("self"))), Map.of());
            assertThat(database.invalidate(path("dep"))).isFalse();
            assertThat(database.invalidate(path("self"))).isTrue();
            assertThat(database.invalidate(path("dep"))).isTrue();
            assertThat(database.allPaths()).isEmpty();
        }
    }

    @Test
    void readsTheWholeGraph() throws Exception {
        PathInfo built = new PathInfo(
                path("built"),
                Hash.sha256(new byte[0]),
                5,
                new TreeSet<>(List.of(path("dep"))),
                Optional.of(path("built.drv")),
                Instant.ofEpochSecond(1));
        try (StoreDatabase database = open()) {
            database.register(
                    List.of(info("dep"), built, info("built.drv", path("dep"))),
                    Map.of(path("built.drv"), new TreeMap<>(Map.of("doc", path("never"), "out", path("built")))));
            StoreGraph graph = database.graph();
            int item = graph.paths().indexOf(path("built"));
            int derivation = graph.paths().indexOf(path("built.drv"));
            assertThat(graph.paths()).isSorted().hasSize(3);
            assertThat(graph.narSizes()[item]).isEqualTo(5);
            assertThat(Arrays.copyOfRange(graph.targets(), graph.offsets()[item], graph.offsets()[item + 1]))
                    .containsExactly(graph.paths().indexOf(path("dep")));
            assertThat(graph.derivers()[item]).isEqualTo(derivation);
            assertThat(graph.derivers()[derivation]).isEqualTo(-1);
            assertThat(database.outputEdges(graph)).containsExactly(derivation, item);
        }
    }

    @ParameterizedTest
    @CsvSource({"8, version 8", "6, older", "'7\n', damaged", "'', damaged", "seven, damaged"})
    void refusesOtherVersions(String schema, String problem) throws Exception {
        open().close();
        Files.writeString(folder.resolve("schema"), schema);
        assertThatThrownBy(this::open)
                .isInstanceOf(DaemonException.DatabaseUnusable.class)
                .hasMessageContaining(problem);
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws Exception {
        Files.writeString(folder.resolve("db.sqlite"), "This is no database. ".repeat(500));
        assertThatThrownBy(this::open)
                .isInstanceOf(DaemonException.DatabaseUnusable.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("db.sqlite");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 9_000_000_000L})
    void saysWhenAnItemHasANumberThatCannotBe(long id) throws Exception {
        open().close();
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.executeUpdate("insert into ValidPaths (id, path, hash, registrationTime) values (" + id + ", '"
                    + path("odd") + "', 'sha256:" + "0".repeat(64) + "', 1)");
        }
        try (StoreDatabase database = open()) {
            assertThatThrownBy(database::graph)
                    .isInstanceOf(DaemonException.DatabaseUnusable.class)
                    .hasMessageContaining(Long.toString(id));
        }
    }

    @Test
    void refusesTablesThatAreNotOurs() throws Exception {
        open().close();
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.executeUpdate("alter table ValidPaths rename column narSize to somethingElse");
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(DaemonException.DatabaseUnusable.class)
                .hasMessageContaining("not those of a store");
    }

    @Test
    void takesWritesFromManyThreadsAndSessions() throws Exception {
        try (StoreDatabase one = open();
                StoreDatabase two = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new java.util.ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int number = i;
                StoreDatabase database = i % 2 == 0 ? one : two;
                all.add(threads.submit(() -> {
                    database.register(List.of(info("item" + number)), Map.of());
                    assertThat(database.isValid(path("item" + number))).isTrue();
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
            assertThat(one.allPaths()).hasSize(40).isEqualTo(two.allPaths());
        }
    }

    @Test
    void opensTheDatabaseOfARealDaemon() throws Exception {
        Files.copy(SharedData.unpacked("data/guix-db.sqlite.zst"), folder.resolve("db.sqlite"));
        try (StoreDatabase database = open()) {
            StoreGraph graph = database.graph();
            assertThat(graph.paths()).hasSize(46_267);
            assertThat(graph.targets()).hasSize(1_330_510);
            int some = graph.paths().size() / 2;
            PathInfo info = database.pathInfo(graph.paths().get(some)).orElseThrow();
            assertThat(Arrays.stream(graph.targets(), graph.offsets()[some], graph.offsets()[some + 1])
                            .mapToObj(graph.paths()::get))
                    .containsExactlyInAnyOrderElementsOf(info.references());
        }
    }

    private StoreDatabase open() throws DaemonException {
        return StoreDatabase.open(folder, StoreDirectory.GNU);
    }

    private static PathInfo info(String name, StorePath... references) throws Exception {
        return new PathInfo(
                path(name),
                Hash.sha256(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                100,
                new TreeSet<>(List.of(references)),
                Optional.empty(),
                Instant.ofEpochSecond(1_700_000_000));
    }

    private static StorePath path(String name) throws Exception {
        String hash = Hash.sha256(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)).base32().substring(0, 32);
        return StoreDirectory.GNU.item(hash + "-" + name);
    }

    private Connection connect() throws SQLException {
        return JDBC.createConnection("jdbc:sqlite:" + folder.resolve("db.sqlite"), new Properties());
    }
}
