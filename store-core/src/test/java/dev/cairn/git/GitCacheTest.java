// SPDX-License-Identifier: Apache-2.0
package dev.cairn.git;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.testing.SharedData;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class GitCacheTest {
    private static final String NOWHERE = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    private Path folder;

    private TestRepository repository;
    private GitCache cache;
    private String first;
    private String second;

    @BeforeEach
    void makeRepository() throws IOException {
        repository = new TestRepository(folder.resolve("origin"));
        cache = new GitCache(folder.resolve("cache"));
        first = repository.commit("master", Map.of("a/b.scm", "first", "c", "x".repeat(1000)));
        second = repository.commit("master", Map.of("a/b.scm", "second", "link", "->a/b.scm"));
    }

    @AfterEach
    void close() {
        repository.close();
    }

    private static Optional<String> text(GitTree tree, String name) throws Exception {
        return tree.file(name, 100).map(octets -> new String(octets, UTF_8));
    }

    @Test
    void readsTheFilesOfACommitWithoutAWorkTree() throws Exception {
        try (GitTree tree = cache.fetch(repository.url(), second, GitCache.Progress.NONE)) {
            assertThat(tree.commit()).isEqualTo(second);
            assertThat(text(tree, "a/b.scm")).contains("second");
            assertThat(text(tree, "a")).isEmpty();
            assertThat(text(tree, "link")).isEmpty();
            assertThat(text(tree, "a/none")).isEmpty();
            assertThat(text(tree, "c")).isEmpty();
        }
        assertThat(files("cache").filter(name -> name.contains("b.scm") || name.contains("incoming"))).isEmpty();
    }

    @Test
    void fetchesOneCommitAloneAndLaterAnother() throws Exception {
        repository.configure("uploadpack", "allowAnySHA1InWant", "true");
        cache.fetch(repository.url(), second, GitCache.Progress.NONE).close();
        assertThat(cache.find(repository.url(), first)).isEmpty();
        try (GitTree tree = cache.fetch(repository.url(), first, GitCache.Progress.NONE)) {
            assertThat(text(tree, "a/b.scm")).contains("first");
            assertThatThrownBy(() -> tree.file("c", 999)).isInstanceOf(FormatException.class);
        }
        try (GitTree tree = cache.find(repository.url(), second).orElseThrow()) {
            assertThat(text(tree, "a/b.scm")).contains("second");
        }
    }

    @Test
    void fetchesEverythingWhereTheServerGivesNoSingleCommits() throws Exception {
        repository.configure("uploadpack", "allowTipSHA1InWant", "false");
        repository.configure("uploadpack", "allowAnySHA1InWant", "false");
        repository.configure("uploadpack", "allowReachableSHA1InWant", "false");
        repository.configure("protocol", "version", "0");
        try (GitTree tree = cache.fetch(repository.url(), first, GitCache.Progress.NONE)) {
            assertThat(text(tree, "a/b.scm")).contains("first");
        }
    }

    @Test
    void asksNobodyForWhatItHas() throws Exception {
        cache.fetch(repository.url(), second, GitCache.Progress.NONE).close();
        Files.move(folder.resolve("origin"), folder.resolve("gone"));
        try (GitTree tree = cache.fetch(repository.url(), second, GitCache.Progress.NONE)) {
            assertThat(text(tree, "a/b.scm")).contains("second");
        }
        assertThatThrownBy(() -> cache.fetch(repository.url(), first, GitCache.Progress.NONE))
                .isInstanceOf(GitException.Unreachable.class);
    }

    @Test
    void saysWhenACommitCannotBeMarkedAsFetched() throws Exception {
        cache.fetch(repository.url(), first, GitCache.Progress.NONE).close();
        Path inTheWay = copy().resolve("refs/cairn").resolve(second);
        Files.createDirectories(inTheWay.resolve("folder"));
        Files.writeString(inTheWay.resolve("folder/file"), "");
        assertThatThrownBy(() -> cache.fetch(repository.url(), second, GitCache.Progress.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("refs/cairn/" + second)
                .hasMessageContaining("could not be written");
    }

    @Test
    void isNotHeldUpByLocksOfSomebodyWhoWasStopped() throws Exception {
        cache.fetch(repository.url(), first, GitCache.Progress.NONE).close();
        Files.writeString(copy().resolve("refs/cairn").resolve(second + ".lock"), "");
        Files.writeString(copy().resolve("shallow.lock"), "");
        try (GitTree tree = cache.fetch(repository.url(), second, GitCache.Progress.NONE)) {
            assertThat(tree.commit()).isEqualTo(second);
        }
    }

    private Path copy() {
        return folder.resolve("cache").resolve(GitCache.key(repository.url()));
    }

    @Test
    void saysThatThereIsNoSuchCommit() {
        assertThatThrownBy(() -> cache.fetch(repository.url(), NOWHERE, GitCache.Progress.NONE))
                .isInstanceOf(GitException.class)
                .hasMessageContaining(repository.url());
        assertThatThrownBy(() -> cache.fetch(repository.url(), "master", GitCache.Progress.NONE))
                .isInstanceOf(GitException.UnusableAddress.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext::sh -c id", "git@example.org:x", "-u", "ssh://x/y", "ftp://x", "relative/folder", ""})
    void refusesAddressesThatItWouldNotFetchFrom(String url) {
        assertThatThrownBy(() -> cache.fetch(url, first, GitCache.Progress.NONE))
                .isInstanceOf(GitException.UnusableAddress.class);
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void takesNoMoreThanItsLimits() throws IOException {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 3000; i++) {
            many.put("file-" + i, "contents " + i * 7919L);
        }
        String large = repository.commit("master", many);
        GitCache few = new GitCache(folder.resolve("few"), new GitCache.Limits(1 << 30, 1000, 1000));
        assertThatThrownBy(() -> few.fetch(repository.url(), large, GitCache.Progress.NONE))
                .isInstanceOf(GitException.TooLarge.class)
                .hasMessageContaining("more than 1000 objects");
        GitCache little = new GitCache(folder.resolve("little"), new GitCache.Limits(10_000, 100_000, 1000));
        assertThatThrownBy(() -> little.fetch(repository.url(), large, GitCache.Progress.NONE))
                .isInstanceOf(GitException.TooLarge.class)
                .hasMessageContaining("larger than 10000 octets");
        assertThat(files("little").filter(name -> name.contains("incoming") || name.endsWith(".pack"))).isEmpty();
        assertThat(files("few").filter(name -> name.contains("incoming") || name.endsWith(".pack"))).isEmpty();
    }

    @Test
    void interruptionEndsAFetch() {
        List<String> steps = new ArrayList<>();
        assertThatThrownBy(() -> cache.fetch(repository.url(), second, (step, _, _) -> {
                    steps.add(step);
                    Thread.currentThread().interrupt();
                }))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(steps).isNotEmpty();
    }

    /** A server that says only the beginning of an answer, and then nothing more. */
    @ParameterizedTest
    @Timeout(value = 50, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\n\r\n001e#"})
    void interruptionEndsTheWaitingForAServerThatStandsStillOnAnyThread(String beginning) throws Exception {
        for (Thread.Builder kind : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
            try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
                String url = "http://127.0.0.1:" + server.getLocalPort() + "/repository.git";
                CompletableFuture<Boolean> ended = new CompletableFuture<>();
                Thread fetching = kind.start(() -> {
                    try (GitTree _ = cache.fetch(url, second, GitCache.Progress.NONE)) {
                        ended.complete(false);
                    } catch (InterruptedIOException _) {
                        ended.complete(Thread.currentThread().isInterrupted());
                    } catch (Exception e) {
                        ended.completeExceptionally(e);
                    }
                });
                try (Socket connection = server.accept()) {
                    connection.getInputStream().read();
                    connection.getOutputStream().write(beginning.getBytes(US_ASCII));
                    fetching.interrupt();
                    assertThat(ended.get(25, TimeUnit.SECONDS)).isTrue();
                }
            }
        }
    }

    @Test
    void saysThatARepositoryKeepsFilesBack() throws Exception {
        cache.fetch(repository.url(), second, GitCache.Progress.NONE).close();
        for (String name : files("cache").filter(name -> name.contains("/pack/")).toList()) {
            Files.delete(Path.of(name));
        }
        try (Repository origin = GitCopy.repository(folder.resolve("origin"));
                Repository there = GitCopy.repository(copy());
                ObjectReader from = origin.newObjectReader();
                ObjectInserter to = there.newObjectInserter()) {
            // What is left when a server keeps back what the commit consists of.
            to.insert(Constants.OBJ_COMMIT, from.open(ObjectId.fromString(second)).getBytes());
            to.flush();
        }
        try (GitTree tree = cache.find(repository.url(), second).orElseThrow()) {
            assertThatThrownBy(() -> tree.file("a/b.scm", 100))
                    .isInstanceOf(GitException.Withheld.class)
                    .hasMessageContaining("keeps a part of its files back");
        }
    }

    @Test
    void saysThatACopyIsDamaged() throws Exception {
        cache.fetch(repository.url(), second, GitCache.Progress.NONE).close();
        for (String name : files("cache")
                .filter(name -> name.contains("/pack/") || name.matches(".*/[0-9a-f]{38}"))
                .toList()) {
            Files.delete(Path.of(name));
            Files.write(Path.of(name), new byte[0]);
        }
        assertThatThrownBy(() -> {
                    Optional<GitTree> tree = cache.find(repository.url(), second);
                    assertThat(tree).isPresent();
                    tree.get().file("a/b.scm", 100);
                })
                .isInstanceOf(GitException.Damaged.class)
                .hasMessageContaining(GitCache.key(repository.url()));
    }

    @Test
    void namesFoldersAsGuixDoes() throws IOException {
        assertThat(GitCache.key("https://example.org/guix.git"))
                .isEqualTo("aldozpemclcnc55fslota2jwiocrmdt5bcjx7x4elfehzqu5qrva");
        Path vectors = SharedData.require("spec/vectors/services/git-checkout-cache-keys.json");
        for (var entry : JsonMapper.shared().readTree(Files.readString(vectors)).get("entries").values()) {
            String prefix = entry.get("recursive").asBoolean() ? "R:" : "";
            assertThat(GitCache.key(prefix + entry.get("url").asString()))
                    .isEqualTo(entry.get("directory").asString());
        }
    }

    private Stream<String> files(String name) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve(name))) {
            return all.filter(Files::isRegularFile).map(Path::toString).toList().stream();
        }
    }
}
