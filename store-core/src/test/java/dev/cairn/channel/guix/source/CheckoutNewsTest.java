// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.channel.guix.definition.ChannelNews;
import dev.cairn.event.EventSink;
import dev.cairn.git.GitCache;
import dev.cairn.git.GitHistories;
import dev.cairn.git.TestRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutNewsTest {
    private static final String CHANNEL = "(channel (version 0) (news-file \"etc/news.scm\"))";

    @TempDir
    private Path folder;

    private TestRepository repository;
    private GitHistories histories;
    private CheckoutSources sources;
    private CheckoutNews news;

    @BeforeEach
    void open() throws Exception {
        repository = new TestRepository(folder.resolve("origin"));
        GitCache cache = new GitCache(folder.resolve("cache"));
        histories = new GitHistories(folder.resolve("histories"), GitCache.Limits.USUAL);
        sources = new CheckoutSources(cache);
        news = new CheckoutNews(cache, histories);
    }

    @AfterEach
    void close() throws Exception {
        repository.close();
    }

    private String commit(String... entries) throws Exception {
        return repository.commit("master", Map.of(
                ".guix-channel", CHANNEL,
                "etc/news.scm", "(channel-news (version 0) " + String.join(" ", entries) + ")"));
    }

    private static String entry(String subject, String title) {
        return "(entry (" + (subject.length() == 40 ? "commit" : "tag") + " \"" + subject + "\") (title (en \"" + title
                + "\")) (body (en \"\")))";
    }

    private void fetch(String commit) throws Exception {
        sources.fetch(repository.url(), commit, EventSink.NONE);
    }

    private Optional<List<String>> titles(String before, String now) throws Exception {
        return news.between(repository.url(), before, now)
                .map(found -> found.stream().map((ChannelNews.Entry entry) -> entry.title("en")).toList());
    }

    @Test
    void tellsWhatTheEarlierCommitDidNotTell() throws Exception {
        String first = commit();
        String second = commit(entry(first, "about first"));
        String third = commit(entry(second, "about second"), entry("v1", "a tag"), entry(first, "about first"));
        assertThat(titles(second, third)).isEmpty();
        fetch(third);
        assertThat(titles(second, third)).as("the earlier files are not here").isEmpty();
        fetch(second);
        assertThat(titles(second, third)).contains(List.of("about second", "a tag"));
        assertThat(titles(third, third)).contains(List.of());
        assertThat(titles(third, second)).contains(List.of());
    }

    @Test
    void goesByTheHistoryWhereThatIsHere() throws Exception {
        String first = commit();
        String second = commit();
        String third = commit(entry(second, "new"), entry(first, "told late"));
        fetch(third);
        histories.fetch(repository.url(), third, _ -> "master", (_, _, _) -> {}).close();
        assertThat(titles(second, third)).contains(List.of());
        assertThat(titles(first, third)).contains(List.of("new"));
    }

    @Test
    void hasNoneWhereTheChannelNamesNoFile() throws Exception {
        String first = repository.commit("master", Map.of("a.scm", ""));
        String second = repository.commit("master", Map.of("b.scm", ""));
        fetch(second);
        assertThat(titles(first, second)).contains(List.of());
    }
}
