// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.channel.guix.definition.ChannelMetadata;
import dev.cairn.channel.guix.definition.ChannelNews;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.git.GitCache;
import dev.cairn.git.GitHistories;
import dev.cairn.git.GitHistory;
import dev.cairn.git.GitTree;
import dev.cairn.scheme.code.FormReader;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** News of a channel between two of its commits, from what lies in the cache; nobody is asked for more. */
public final class CheckoutNews {
    private final GitCache cache;
    private final GitHistories histories;

    public CheckoutNews(GitCache cache, GitHistories histories) {
        this.cache = cache;
        this.histories = histories;
    }

    /**
     * What is new: entries about commits that lead to the later one and not to the earlier one. Where the history is
     * not here, and for entries about tags: those that the earlier commit's file does not have.
     *
     * @param url of the channel's repository
     * @return in the file's order; empty where the modules of the commits were not fetched, so that nobody knows
     * @throws CairnException when what is in the cache is damaged, or is no news
     */
    public Optional<List<ChannelNews.Entry>> between(String url, String before, String now) throws CairnException {
        Optional<List<ChannelNews.Entry>> all = entries(now);
        if (all.isEmpty() || all.get().isEmpty() || before.equals(now)) {
            return all.map(_ -> before.equals(now) ? List.of() : all.get());
        }
        Optional<Set<String>> told = entries(before).map(old -> old.stream()
                .map(CheckoutNews::subject)
                .collect(Collectors.toSet()));
        Optional<Set<String>> commits = commits(url, before, now);
        if (told.isEmpty() && commits.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(all.get().stream()
                .filter(entry -> entry.commit().isPresent() && commits.isPresent()
                        ? commits.get().contains(entry.commit().get())
                        : told.isPresent() && !told.get().contains(subject(entry)))
                .toList());
    }

    private static String subject(ChannelNews.Entry entry) {
        return entry.commit().orElseGet(() -> "tag " + entry.tag().orElse(""));
    }

    /** All that a commit tells; empty where its files are not here. */
    private Optional<List<ChannelNews.Entry>> entries(String commit) throws CairnException {
        Optional<GitTree> found = cache.find(commit);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (GitTree tree = found.get()) {
            Optional<byte[]> stated = tree.file(ChannelMetadata.FILE, CheckoutSources.MAX_METADATA);
            Optional<String> name = stated.isEmpty()
                    ? Optional.empty()
                    : ChannelMetadata.read(ModuleFiles.decode(stated.get())).newsFile();
            Optional<byte[]> news = name.isEmpty()
                    ? Optional.empty()
                    : tree.file(name.get().replaceAll("^/+", ""), FormReader.MAX_LENGTH);
            return Optional.of(
                    news.isEmpty() ? List.of() : ChannelNews.read(ModuleFiles.decode(news.get())).entries());
        }
    }

    /** The commits that lead to the later one and not to the earlier; empty where that cannot be told. */
    private Optional<Set<String>> commits(String url, String before, String now) throws CairnException {
        try {
            Optional<GitHistory> found = histories.find(url, now);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            try (GitHistory history = found.get()) {
                boolean known = history.isAncestor(before, before);
                return known ? Optional.of(new HashSet<>(history.since(List.of(before), now))) : Optional.empty();
            }
        } catch (IOException e) {
            throw DaemonException.of("reading the history of '" + url + "'", e);
        }
    }
}
