// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code pull} that look at, or choose among, revisions that are kept. */
final class RevisionFlags {
    @Option(
            names = {"-l", "--list-generations"},
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "PATTERN",
            descriptionKey = "pull-list",
            order = 20)
    private @Nullable String list;

    @Option(names = "--roll-back", descriptionKey = "pull-roll-back", order = 21)
    private boolean rollBack;

    @Option(
            names = {"-S", "--switch-generation"},
            paramLabel = "NUMBER",
            descriptionKey = "pull-switch",
            order = 22)
    private @Nullable String target;

    @Option(
            names = {"-d", "--delete-generations"},
            paramLabel = "PATTERN",
            descriptionKey = "pull-delete",
            order = 23)
    private @Nullable String delete;

    @Option(names = "--commit", paramLabel = "COMMIT", descriptionKey = "pull-commit", order = 24)
    private @Nullable String commit;

    @Option(
            names = {"-C", "--channels"},
            paramLabel = "FILE",
            descriptionKey = "pull-channels",
            order = 25)
    private @Nullable String channels;

    @Option(
            names = {"-N", "--news"},
            descriptionKey = "pull-news",
            order = 26)
    private boolean news;

    /** What is to be done with revisions; fetching, where nothing is said. */
    sealed interface Task {
        /** Lists them. @param pattern which; empty for all */
        record Enumerate(String pattern) implements Task {}

        record RollBack() implements Task {}

        record Switch(String target) implements Task {}

        record Delete(String pattern) implements Task {}

        /** Fetches one, and has the channel offer it. */
        record Fetch(String commit) implements Task {}

        /** Has the channel offer what a list of channels names. */
        record Take(String file) implements Task {}

        /** Tells what is new. */
        record News() implements Task {}
    }

    /** @throws UsageException when several are asked for at once */
    Optional<Task> task() throws UsageException {
        List<Task> tasks = new ArrayList<>();
        if (list != null) {
            tasks.add(new Task.Enumerate(list));
        }
        if (rollBack) {
            tasks.add(new Task.RollBack());
        }
        if (target != null) {
            tasks.add(new Task.Switch(target));
        }
        if (delete != null) {
            tasks.add(new Task.Delete(delete));
        }
        if (commit != null) {
            tasks.add(new Task.Fetch(commit));
        }
        if (channels != null) {
            tasks.add(new Task.Take(channels));
        }
        if (news) {
            tasks.add(new Task.News());
        }
        if (tasks.size() > 1) {
            throw new UsageException(Texts.text("error.pull-one-task"));
        }
        return tasks.stream().findFirst();
    }
}
