// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.packages.Specification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogFileTest {
    @TempDir
    private Path folder;

    private Catalog open(CatalogSource... sources) throws CatalogException {
        return CatalogFile.open(folder.resolve("cache/catalog.sqlite"), List.of(sources), EventSink.NONE);
    }

    private static TestSource editors() {
        return new TestSource("main", 0)
                .add("vim@9.0", "Text editor", "Edits text in modes.")
                .add("vim@9.1", "Text editor", "Edits text in modes.")
                .add("vim-full@9.1", "Text editor with everything", "")
                .add("neovim@0.10", "Editor", "A fork of vim.")
                .add("emacs@29.4", "Extensible editor", "Has a mode for vim's users.")
                .add("ed@1.20", "Line editor", "The standard one.", "readline")
                .add("evim@1", "Graphical thing", "")
                .add("readline@8.2", "Edit lines while typing", "Used by shells and by vim now and then.")
                .add("readline@7.0", "Edit lines while typing", "");
    }

    private static List<String> names(List<SearchHit> hits) {
        return hits.stream().map(hit -> hit.key().name()).toList();
    }

    @Test
    void ranksNamesBeforeSynopsesBeforeDescriptions() throws Exception {
        try (Catalog catalog = open(editors())) {
            assertThat(names(catalog.search("vim", 20)))
                    .containsExactly("vim", "vim-full", "evim", "neovim", "emacs", "readline");
            assertThat(names(catalog.search("edit", 20))).startsWith("readline", "ed", "vim", "emacs", "neovim",
                    "vim-full");
            assertThat(names(catalog.search("e", 20))).startsWith("ed", "evim", "emacs");
            assertThat(names(catalog.search("VIM", 2))).containsExactly("vim", "vim-full");
        }
    }

    @Test
    void givesEachNameOnceWithItsNewestVersion() throws Exception {
        try (Catalog catalog = open(editors())) {
            assertThat(catalog.search("vim", 1)).containsExactly(
                    new SearchHit(new PackageKey("main", "vim", "9.1"), List.of("out", "doc"), "Text editor"));
            assertThat(names(catalog.search("", 100))).isSorted().doesNotHaveDuplicates().hasSize(7);
            assertThat(names(catalog.search("  ", 2))).containsExactly("ed", "emacs");
            assertThat(catalog.search("vim", 0)).isEmpty();
            assertThat(catalog.size()).isEqualTo(7);
            assertThat(catalog.sizes()).isEqualTo(Map.of("main", 7));
        }
    }

    @Test
    void requiresEveryWord() throws Exception {
        try (Catalog catalog = open(editors())) {
            assertThat(names(catalog.search("text editor", 20))).containsExactly("vim", "vim-full");
            assertThat(names(catalog.search("vim full", 20))).containsExactly("vim-full");
            assertThat(names(catalog.search("standard line", 20))).containsExactly("ed");
            assertThat(catalog.search("text zebra", 20)).isEmpty();
        }
    }

    @Test
    void forgivesTypingErrorsInNames() throws Exception {
        try (Catalog catalog = open(editors())) {
            assertThat(names(catalog.search("emcas", 20))).containsExactly("emacs");
            assertThat(names(catalog.search("raedlien", 20))).containsExactly("readline");
            assertThat(names(catalog.search("viim", 20))).startsWith("vim");
            assertThat(catalog.search("qqqqqq", 20)).isEmpty();
            assertThat(catalog.suggest("reedline", 3)).containsExactly("readline");
            assertThat(catalog.suggest("vim", 3)).startsWith("vim").contains("vim-full");
            assertThat(catalog.suggest("", 3)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\"", "'", "*", "a*", "NEAR(a b)", "a AND", "OR", "NOT a", "name:vim", "{name}:x", "^a", "a\"b'c", "(", ")",
                "-", "+",
        "--", "; DROP TABLE package", "%", "_", "\\", "\0", "a\0b", "é", "日本語", "\uD800", "🙂", "\"\"\"", "a.b.c",
                ":", "@1"
    })
    void takesAnyTextAsText(String query) throws Exception {
        try (Catalog catalog = open(editors())) {
            for (String text : List.of(query, "vim " + query, query + "vim", query.repeat(3000))) {
                assertThat(catalog.search(text, 10)).hasSizeLessThanOrEqualTo(10);
                assertThat(catalog.suggest(text, 10)).hasSizeLessThanOrEqualTo(10);
            }
            assertThat(catalog.size()).isEqualTo(7);
        }
    }

    @Test
    void findsWhatWasPutIn() throws Exception {
        TestSource source = editors();
        try (Catalog catalog = open(source)) {
            for (CatalogPackage row : source.read(EventSink.NONE).packages()) {
                assertThat(catalog.find(row.key())).contains(row);
            }
            assertThat(catalog.find(new PackageKey("main", "vim", "8"))).isEmpty();
            assertThat(catalog.find(new PackageKey("other", "vim", "9.1"))).isEmpty();
            assertThat(catalog.versions("vim")).extracting(CatalogPackage::version).containsExactly("9.1", "9.0");
            assertThat(catalog.versions("nothing")).isEmpty();
        }
    }

    @Test
    void resolvesSpecifications() throws Exception {
        try (Catalog catalog = open(editors().add("vim@10.0-1", "", "").add("vim@9.1.5", "", ""))) {
            assertThat(resolve(catalog, "vim")).isEqualTo("vim@10.0-1");
            assertThat(resolve(catalog, "vim@9")).isEqualTo("vim@9.1.5");
            assertThat(resolve(catalog, "vim@9.1")).isEqualTo("vim@9.1");
            assertThat(resolve(catalog, "vim@9.0:doc")).isEqualTo("vim@9.0");
        }
    }

    private static String resolve(Catalog catalog, String text) throws CatalogException, FormatException {
        return catalog.resolve(Specification.parse(text)).key().label();
    }

    @Test
    void saysWhatThereIsInsteadOfTheUnknown() throws Exception {
        try (Catalog catalog = open(editors())) {
            assertThatThrownBy(() -> resolve(catalog, "emcas"))
                    .isInstanceOf(CatalogException.Unknown.class)
                    .hasMessage("there is no package called 'emcas'")
                    .extracting(e -> ((CatalogException) e).hint().orElseThrow())
                    .isEqualTo("Did you mean emacs?");
            assertThatThrownBy(() -> resolve(catalog, "vim@8"))
                    .hasMessage("'vim' has no version '8'")
                    .extracting(e -> ((CatalogException.Unknown) e).nearest())
                    .isEqualTo(List.of("vim@9.1", "vim@9.0"));
            assertThatThrownBy(() -> resolve(catalog, "vim:lib"))
                    .hasMessage("'vim@9.1' has no output 'lib'")
                    .extracting(e -> ((CatalogException.Unknown) e).nearest())
                    .isEqualTo(List.of("vim:out", "vim:doc"));
        }
    }

    @Test
    void doesNotChooseBetweenEqualChannels() throws Exception {
        TestSource other = new TestSource("other", 0).add("vim@9.1", "Something else", "").add("ed@1.20",
                "Line editor", "The standard one.", "readline");
        try (Catalog catalog = open(editors(), other)) {
            assertThatThrownBy(() -> resolve(catalog, "vim"))
                    .isInstanceOf(CatalogException.Ambiguous.class)
                    .extracting(e -> ((CatalogException.Ambiguous) e).candidates())
                    .isEqualTo(List.of("vim@9.1 (channel 'main')", "vim@9.1 (channel 'other')"));
            assertThat(resolve(catalog, "vim@9.0")).isEqualTo("vim@9.0");
            assertThat(catalog.resolve(Specification.parse("ed")).key().channel()).as("alike in both")
                    .isEqualTo("main");
        }
    }

    @Test
    void prefersChannelsOfHigherPriority() throws Exception {
        TestSource preferred = new TestSource("preferred", 5).add("vim@8.0", "Old", "");
        try (Catalog catalog = open(editors(), preferred)) {
            assertThat(resolve(catalog, "vim")).isEqualTo("vim@8.0");
            assertThat(resolve(catalog, "vim@9.1")).isEqualTo("vim@9.1");
            assertThat(catalog.versions("vim")).extracting(CatalogPackage::version).containsExactly("8.0", "9.1",
                    "9.0");
            assertThat(catalog.search("vim", 1).getFirst().key()).isEqualTo(new PackageKey("preferred", "vim", "8.0"));
        }
    }

    @Test
    void knowsDependentsOfTheVersionThatIsMeant() throws Exception {
        TestSource source = editors().add("bash@5", "", "", "readline@7.0", "vim").add("zsh@5", "", "", "readline@7");
        try (Catalog catalog = open(source)) {
            assertThat(labels(catalog.dependents(new PackageKey("main", "readline", "8.2"))))
                    .containsExactly("ed@1.20");
            assertThat(labels(catalog.dependents(new PackageKey("main", "readline", "7.0"))))
                    .containsExactly("bash@5", "zsh@5");
            assertThat(labels(catalog.dependents(new PackageKey("main", "vim", "9.0")))).isEmpty();
        }
    }

    private static List<String> labels(List<PackageKey> keys) {
        return keys.stream().map(PackageKey::label).toList();
    }

    @Test
    void readsChannelsAgainOnlyWhenTheyChanged() throws Exception {
        TestSource first = editors();
        TestSource second = new TestSource("second", 0).add("nano@8", "Small editor", "");
        open(first, second).close();
        open(first, second).close();
        assertThat(first.reads()).isOne();
        second.add("pico@5", "Smaller editor", "");
        try (Catalog catalog = open(first, second)) {
            assertThat(first.reads()).isOne();
            assertThat(second.reads()).isEqualTo(2);
            assertThat(names(catalog.search("pico", 5))).containsExactly("pico");
            assertThat(names(catalog.search("small", 5))).containsExactly("nano", "pico");
        }
        try (Catalog catalog = open(second)) {
            assertThat(catalog.size()).isEqualTo(2);
            assertThat(catalog.search("vim", 5)).isEmpty();
            assertThat(names(catalog.search("editor", 5))).containsExactlyInAnyOrder("nano", "pico");
        }
    }

    @Test
    void keepsTheProblemsOfChannels() throws Exception {
        TestSource source = editors().problem("a.name").problem("b.version");
        TestSource broken = new TestSource("broken", 0).fail(new FormatException("channel", "it is broken"));
        for (int i = 0; i < 2; i++) {
            try (Catalog catalog = open(source, broken)) {
                assertThat(catalog.problems()).extracting(ChannelProblem::message).containsExactly(
                        "main: packages/a.json:1:2: a.name: found nothing, expected something",
                        "main: packages/a.json:1:2: b.version: found nothing, expected something",
                        "broken: channel.json: found channel: it is broken, expected a channel that can be read");
                assertThat(catalog.size()).isEqualTo(7);
            }
        }
    }

    @Test
    void tellsWhatItDoes() throws Exception {
        List<Event> events = new ArrayList<>();
        CatalogFile.open(folder.resolve("c"), List.of(editors()), events::add).close();
        assertThat(events).hasSize(2);
        assertThat(events.getFirst()).isInstanceOfSatisfying(Event.Started.class, started -> {
            assertThat(started.kind()).isEqualTo(Event.Kind.REFRESH);
            assertThat(started.subject()).isEqualTo("main");
        });
        assertThat(events.getLast()).isInstanceOf(Event.Finished.class);
    }

    @Test
    void makesADamagedFileAgain() throws Exception {
        Path file = folder.resolve("cache/catalog.sqlite");
        Files.createDirectories(file.getParent());
        for (String damage : List.of("", "no database", "SQLite format 3\0" + "x".repeat(5000))) {
            Files.writeString(file, damage);
            try (Catalog catalog = open(editors())) {
                assertThat(catalog.size()).as(damage).isEqualTo(7);
            }
        }
    }

    @Test
    void makesAFileOfAnotherVersionAgain() throws Exception {
        open(editors()).close();
        for (String change : List.of("PRAGMA user_version = 99", "DROP TABLE listing", "DROP TABLE channel")) {
            execute(change);
            try (Catalog catalog = open(editors().add("new@1", change, ""))) {
                assertThat(names(catalog.search("vim", 1))).as(change).containsExactly("vim");
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:"
                + folder.resolve("cache/catalog.sqlite"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void saysWhenTheFileCannotBeWritten() throws IOException {
        Path blocked = Files.writeString(folder.resolve("blocked"), "");
        assertThatThrownBy(() -> CatalogFile.open(blocked.resolve("c"), List.of(editors()), EventSink.NONE))
                .isInstanceOf(CatalogException.Unusable.class)
                .hasMessageContaining("cannot be used: '" + blocked + "' is not a folder");
    }

    @Test
    void saysWhichPermissionIsMissing() throws Exception {
        Path cache = Files.createDirectory(folder.resolve("cache"));
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("r-xr-xr-x"));
        Assumptions.assumeFalse(Files.isWritable(cache), "this user may write everywhere");
        assertThatThrownBy(() -> open(editors()))
                .isInstanceOfSatisfying(CatalogException.Unusable.class, unusable ->
                        assertThat(unusable.hint().orElseThrow()).contains("Check who owns '" + cache + "'"))
                .hasMessageContaining("no permission for '" + cache + "'");
    }

    @Test
    void isUpdatedForThoseWhoHaveItOpen() throws Exception {
        TestSource source = editors();
        try (Catalog early = open(source)) {
            assertThat(early.search("nano", 5)).isEmpty();
            open(source.add("nano@8", "Small editor", "")).close();
            assertThat(names(early.search("nano", 5))).containsExactly("nano");
            assertThat(names(early.search("small", 5))).containsExactly("nano");
        }
    }

    @Test
    void letsManyOpenAndSearchAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8);
                Catalog shared = open(editors())) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                int number = i;
                Callable<Integer> task = () -> {
                    try (Catalog own = open(editors().add("extra@" + number % 3, "Extra editor", ""))) {
                        return own.search("editor", 50).size() + shared.search("vim", 50).size();
                    }
                };
                results.add(threads.submit(task));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get()).isGreaterThanOrEqualTo(10);
            }
        }
    }
}
