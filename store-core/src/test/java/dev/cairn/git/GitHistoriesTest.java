// SPDX-License-Identifier: Apache-2.0
package dev.cairn.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHistoriesTest {
    @TempDir
    private Path folder;

    private GitHistories.Fetched fetch(TestRepository repository, String commit) throws Exception {
        return new GitHistories(folder.resolve("histories"), GitCache.Limits.USUAL)
                .fetch(repository.url(), commit, _ -> "keys", GitCache.Progress.NONE);
    }

    @Test
    void fetchesCommitsWithTheirTopFilesAndLeavesOutWhatLiesDeeper() throws Exception {
        try (TestRepository repository = new TestRepository(folder.resolve("origin"))) {
            repository.configure("uploadpack", "allowFilter", "true");
            String first = repository.commit("master", Map.of("top", "one", "a/b/deep", "deep"));
            String second = repository.commit("master", Map.of("top", "two", "a/b/deep", "deeper"));
            String keys = repository.commit("keys", Map.of("k", "key"));
            try (GitHistories.Fetched fetched = fetch(repository, second)) {
                GitHistory history = fetched.history();
                assertThat(history.since(List.of(), second)).containsExactly(second, first);
                assertThat(history.since(List.of(first, "0".repeat(40)), second)).containsExactly(second);
                assertThat(history.isAncestor(first, second)).isTrue();
                assertThat(history.isAncestor(second, first)).isFalse();
                assertThat(history.isAncestor("0".repeat(40), first)).isFalse();
                assertThat(history.file(first, "top", 10)).hasValueSatisfying(
                        octets -> assertThat(octets).asString(UTF_8).isEqualTo("one"));
                assertThat(history.fileId(first, "top")).isNotEqualTo(history.fileId(second, "top"));
                assertThat(history.commit(second).parents()).containsExactly(first);
                assertThat(history.commit(second).signature()).isEmpty();
                assertThat(fetched.top()).contains(keys);
                assertThat(history.names(keys)).containsExactly("k");
            }
            try (Repository copy =
                            GitCopy.repository(folder.resolve("histories").resolve(GitCache.key(repository.url())));
                    ObjectInserter.Formatter names = new ObjectInserter.Formatter()) {
                assertThat(copy.getObjectDatabase().has(names.idFor(Constants.OBJ_BLOB, "deep".getBytes(UTF_8))))
                        .isFalse();
                assertThat(copy.getObjectDatabase().has(names.idFor(Constants.OBJ_BLOB, "one".getBytes(UTF_8))))
                        .isTrue();
            }
            String third = repository.commit("master", Map.of("top", "one", "a/b/deep", "deep"));
            try (GitHistories.Fetched fetched = fetch(repository, third)) {
                assertThat(fetched.history().since(List.of(first), third)).containsExactly(third, second);
            }
        }
    }

    @Test
    void aServerCannotHaveCommitsForgottenLater() throws Exception {
        try (TestRepository repository = new TestRepository(folder.resolve("origin"))) {
            String first = repository.commit("master", Map.of("top", "one"));
            String second = repository.commit("master", Map.of("top", "two"));
            repository.commit("keys", Map.of("k", "key"));
            fetch(repository, second).close();
            // What the library writes when a server says, unasked, that this commit has none before it.
            Path cut = folder.resolve("histories").resolve(GitCache.key(repository.url())).resolve("shallow");
            Files.writeString(cut, second + "\n");
            try (GitHistories.Fetched fetched = fetch(repository, second)) {
                assertThat(fetched.history().isAncestor(first, second)).isTrue();
            }
        }
    }

    @Test
    void nobodyTidiesUpBesideWhoeverHasTheLock() throws Exception {
        try (TestRepository repository = new TestRepository(folder.resolve("origin"))) {
            fetch(repository, repository.commit("master", Map.of("top", "one"))).close();
            Path place = folder.resolve("histories").resolve(GitCache.key(repository.url()));
            try (Repository copy = GitCopy.repository(place)) {
                assertThat(copy.getConfig().getInt("gc", "auto", 1)).isZero();
                assertThat(copy.getConfig().getBoolean("gc", "autoDetach", true)).isFalse();
            }
        }
    }

    @Test
    void saysThatWhatIsNotThereWasLeftOut() throws Exception {
        try (TestRepository repository = new TestRepository(folder.resolve("origin"))) {
            repository.configure("uploadpack", "allowFilter", "true");
            String commit = repository.commit("master", Map.of("top", "one", "a/b/deep", "deep"));
            try (GitHistories.Fetched fetched = fetch(repository, commit)) {
                assertThatThrownBy(() -> fetched.history().file(commit, "a/b/deep", 10))
                        .isInstanceOfSatisfying(GitException.Withheld.class, failure -> assertThat(failure.hint())
                                .hasValueSatisfying(hint -> assertThat(hint).contains("git clone --filter")));
            }
        }
    }

    @Test
    void walksNoFurtherThanItMay() throws Exception {
        try (TestRepository repository = new TestRepository(folder.resolve("origin"))) {
            String first = repository.commit("master", Map.of("top", "one"));
            repository.commit("master", Map.of("top", "two"));
            String third = repository.commit("master", Map.of("top", "three"));
            GitCache.Limits two = new GitCache.Limits(1 << 20, 1000, 2);
            GitHistories few = new GitHistories(folder.resolve("few"), two);
            assertThatThrownBy(() -> few.fetch(repository.url(), third, _ -> "keys", GitCache.Progress.NONE))
                    .isInstanceOf(GitException.TooLarge.class)
                    .hasMessageContaining("more than 2 commits");
            fetch(repository, third).close();
            GitHistories known = new GitHistories(folder.resolve("histories"), two);
            try (GitHistory history = known.find(repository.url(), third).orElseThrow()) {
                assertThatThrownBy(() -> history.since(List.of(), third)).isInstanceOf(GitException.TooLarge.class);
                assertThatThrownBy(() -> history.isAncestor(first, third)).isInstanceOf(GitException.TooLarge.class);
                assertThat(history.file(third, "top", 10)).isPresent();
            }
        }
    }

    @Test
    void refusesAHistoryThatDoesNotFitIntoMemoryBeforeItIsFull() throws Exception {
        String url = "file://" + folder.resolve("origin");
        Path place = Files.createDirectories(folder.resolve("histories")).resolve(GitCache.key(url));
        String last;
        try (TestRepository repository = new TestRepository(place)) {
            last = repository.chain(200_000);
        }
        Process walk = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx40m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Walk.class.getName(),
                        place.getParent().toString(),
                        url,
                        last)
                .redirectErrorStream(true)
                .start();
        assertThat(walk.inputReader().lines().toList())
                .singleElement()
                .asString()
                .startsWith("TooLarge: ");
        assertThat(walk.waitFor()).isZero();
    }

    /** The main class of a process that has little memory. */
    static final class Walk {
        public static void main(String[] arguments) throws Exception {
            GitHistories histories = new GitHistories(Path.of(arguments[0]), GitCache.Limits.USUAL);
            try (GitHistory history = histories.find(arguments[1], arguments[2]).orElseThrow()) {
                System.out.println(history.since(List.of(), arguments[2]).size() + " commits");
            } catch (GitException.TooLarge e) {
                System.out.println("TooLarge: " + e.getMessage());
            }
        }
    }

    @Test
    void interruptionEndsTheWalk() throws Exception {
        try (TestRepository repository = new TestRepository(folder.resolve("origin"))) {
            String first = repository.commit("master", Map.of("top", "one"));
            try (GitHistories.Fetched fetched = fetch(repository, first)) {
                assertThat(fetched.top()).isEmpty();
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> fetched.history().since(List.of(), first))
                        .isInstanceOf(InterruptedIOException.class);
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }

    @Test
    void tellsWhatIsSignedFromTheSignature() throws Exception {
        String text = "tree 1\nauthor a\ngpgsig -----BEGIN\n \n abc\n -----END\nencoding x\n\ngpgsig no\n more\n";
        SignedCommit commit = SignedCommit.of("1", List.of(), text.getBytes(UTF_8));
        assertThat(commit.signed()).asString(UTF_8).isEqualTo("tree 1\nauthor a\nencoding x\n\ngpgsig no\n more\n");
        assertThat(commit.signature().orElseThrow()).asString(UTF_8).isEqualTo("-----BEGIN\n\nabc\n-----END\n");
        assertThat(SignedCommit.of("1", List.of(), "gpgsig-sha256 x\n y\n\nm".getBytes(UTF_8)).signature()).isEmpty();
        assertThatThrownBy(() -> SignedCommit.of("1", List.of(), "gpgsig a\ngpgsig b\n\n".getBytes(UTF_8)))
                .isInstanceOf(FormatException.class);
    }
}
