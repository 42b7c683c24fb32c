// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.channel.guix.definition.ChannelMetadata;
import dev.cairn.channel.guix.definition.Introduction;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.fs.Interrupts;
import dev.cairn.git.GitHistories;
import dev.cairn.git.GitHistory;
import dev.cairn.openpgp.Keyring;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Authenticates commits of channels: every one from the channel's introduction on has to be signed by somebody whom
 * the commits before it authorise. What was found out is remembered, so that later only what is new is looked at.
 * Safe for use by several threads and processes.
 */
public final class ChannelAuthenticator {
    private static final int MAX_METADATA = 1 << 20;
    private static final int TELL_EVERY = 500;

    private final GitHistories histories;
    private final Path records;

    /** @param records the folder of what was found out; made when it is needed */
    public ChannelAuthenticator(GitHistories histories, Path records) {
        this.histories = histories;
        this.records = records;
    }

    /**
     * What is to be authenticated.
     *
     * @param channel what the user calls it
     * @param url of its repository
     * @param downgrades whether the commit may be one that does not follow the last one
     */
    public record Question(
            String channel, String url, Introduction introduction, String commit, boolean downgrades) {}

    /**
     * Makes sure that a commit is authentic, fetching the commits before it where they are missing. Interruption ends
     * it.
     *
     * @return how many commits were looked at; none where all were before
     * @throws AuthenticationException when it is not
     * @throws CairnException when the repository cannot be had or read
     */
    public int authenticate(Question question, EventSink events) throws CairnException {
        AuthenticatedCommits record =
                new AuthenticatedCommits(records, question.channel(), question.url(), question.introduction());
        try (Activities.Activity activity = new Activities(events).start(Event.Kind.DOWNLOAD, question.url())) {
            if (record.current().filter(question.commit()::equals).isPresent()) {
                activity.finish();
                return 0;
            }
            int looked;
            try (GitHistories.Fetched fetched = histories.fetch(
                    question.url(),
                    question.commit(),
                    history -> keyBranch(history, question.commit()),
                    (step, done, _) -> {
                        if (done == 0) {
                            activity.phase(step);
                        }
                    })) {
                looked = check(question, fetched, record, activity);
            }
            record.add(question.commit());
            activity.finish();
            return looked;
        } catch (IOException e) {
            throw DaemonException.of("authenticating '" + question.url() + "'", e);
        }
    }

    private static String keyBranch(GitHistory history, String commit) throws CairnException {
        Optional<byte[]> stated = history.file(commit, ChannelMetadata.FILE, MAX_METADATA);
        return (stated.isEmpty() ? ChannelMetadata.NONE : ChannelMetadata.read(new String(stated.get(), UTF_8)))
                .keyringReference();
    }

    private static int check(
            Question question, GitHistories.Fetched fetched, AuthenticatedCommits record, Activities.Activity activity)
            throws CairnException, IOException {
        GitHistory history = fetched.history();
        Introduction introduction = question.introduction();
        List<String> before = record.read();
        if (!history.isAncestor(introduction.commit(), question.commit())) {
            throw new AuthenticationException.Unrelated(question.commit(), introduction);
        }
        if (!before.isEmpty()
                && !question.downgrades()
                && !history.isAncestor(before.getLast(), question.commit())) {
            throw new AuthenticationException.Downgrade(question.commit(), before.getLast());
        }
        List<String> trusted = new ArrayList<>(before);
        trusted.add(introduction.commit());
        List<String> commits = history.since(trusted, question.commit());
        if (commits.isEmpty() && !before.isEmpty()) {
            return 0;
        }
        Keyring keys = SignerKeys.read(history, fetched.top(), question.url(), fetched.branch());
        CommitCheck check = new CommitCheck(history, keys, fetched.branch());
        if (before.isEmpty()) {
            check.introduction(introduction);
        }
        // From the oldest on, so that the first one that is wrong is told.
        for (int i = commits.size() - 1; i >= 0; i--) {
            Interrupts.check();
            check.check(commits.get(i));
            int done = commits.size() - i;
            if (done % TELL_EVERY == 0) {
                activity.phase("authenticating: " + done + " of " + commits.size() + " commits");
            }
        }
        return commits.size();
    }
}
