// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Channels;
import dev.cairn.app.FetchedModules;
import dev.cairn.app.ModulesWish;
import dev.cairn.app.Pulled;
import dev.cairn.app.Workspace;
import dev.cairn.channel.SourceStatus;
import dev.cairn.channel.guix.definition.ChannelDefinition;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;

/** Fetches what channels offer now. */
@Command(name = "pull")
final class PullCommand extends CairnCommand {
    @Parameters(arity = "0..*", paramLabel = "CHANNEL", descriptionKey = "pulled-channels")
    private List<String> channels = new ArrayList<>();

    @Mixin
    private RevisionFlags revisions = new RevisionFlags();

    @Mixin
    private ModuleFlags modules = new ModuleFlags();

    @Option(names = "--json", descriptionKey = "json", order = 11)
    private boolean json;

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        if (modules.swallowedChannel().isPresent()) {
            channels = new ArrayList<>(channels);
            channels.add(modules.swallowedChannel().get());
        }
        Optional<RevisionFlags.Task> task = revisions.task();
        return task.isPresent() ? revisions(task.get(), session, workspace) : fetch(session, workspace);
    }

    private int revisions(RevisionFlags.Task task, Session session, Workspace workspace)
            throws CairnException, IOException {
        boolean looks = task instanceof RevisionFlags.Task.Enumerate || task instanceof RevisionFlags.Task.News;
        if (json && !looks) {
            throw new UsageException(Texts.text("error.pull-json"));
        }
        ChannelRevisions kept = ChannelRevisions.of(workspace, channels);
        Channels list = workspace.channelList();
        Optional<ChannelDefinition> listed = task instanceof RevisionFlags.Task.Take(String file)
                ? Optional.of(ListedChannels.guix(file, session))
                : Optional.empty();
        Optional<ModulesWish> wanted = modules.wish(listed);
        if (looks && wanted.isPresent()) {
            throw new UsageException(Texts.text("error.pull-list-modules"));
        }
        String done;
        try (Progress progress = new Progress(session)) {
            workspace.tellCatalogEvents(progress);
            done = switch (task) {
                case RevisionFlags.Task.Enumerate _, RevisionFlags.Task.News _ -> "";
                case RevisionFlags.Task.RollBack _ -> kept.rollBack();
                case RevisionFlags.Task.Switch(String target) -> kept.switchTo(target, list);
                case RevisionFlags.Task.Delete(String pattern) -> kept.delete(pattern);
                case RevisionFlags.Task.Fetch(String commit) -> kept.fetch(commit, progress, list);
                case RevisionFlags.Task.Take _ -> kept.take(listed.orElseThrow(), progress, list);
            };
            if (!looks) {
                // Else the next command that asks for packages would have to wait.
                workspace.catalog();
            }
        }
        if (task instanceof RevisionFlags.Task.News) {
            NewsPrinter.print(session, kept.channel(), list, json);
            return ExitCode.OK;
        }
        if (task instanceof RevisionFlags.Task.Enumerate(String pattern)) {
            return kept.print(session.out(), pattern, json) ? ExitCode.OK : ExitCode.FAILURE;
        }
        session.out().line(done);
        fetchModules(wanted, List.of(kept.channel()), session, list);
        return ExitCode.OK;
    }

    private int fetch(Session session, Workspace workspace) throws CairnException, IOException {
        Optional<ModulesWish> wanted = modules.wish(Optional.empty());
        List<Pulled> pulled;
        int packages;
        try (Progress progress = new Progress(session)) {
            workspace.tellCatalogEvents(progress);
            pulled = workspace.channelList().pull(channels, progress);
            packages = workspace.catalog().size();
        }
        if (json) {
            Json.print(session.out(), generator -> {
                generator.writeStartArray();
                pulled.forEach(one -> json(generator, one));
                generator.writeEndArray();
            });
        } else {
            for (Pulled one : pulled) {
                text(session.out(), one);
            }
            session.out().line(Texts.text("pull.packages", packages));
        }
        if (pulled.isEmpty()) {
            session.note(Texts.text("pull.nothing"));
        } else if (pulled.stream().noneMatch(Pulled::isUsable)) {
            throw failure(pulled);
        } else {
            fetchModules(wanted, channels, session, workspace.channelList());
        }
        return ExitCode.OK;
    }

    private static void fetchModules(
            Optional<ModulesWish> wanted, List<String> channels, Session session, Channels list)
            throws CairnException {
        if (wanted.isPresent()) {
            List<FetchedModules> fetched;
            try (Progress progress = new Progress(session)) {
                fetched = list.fetchModules(channels, wanted.get(), progress);
            }
            ModuleFlags.tell(fetched, session);
            NewsPrinter.count(session, fetched, list);
        }
    }

    private static void text(Output out, Pulled one) throws IOException {
        String key = !one.isUsable() ? "pull.failed" : one.changed() ? "pull.changed" : "pull.unchanged";
        out.line(Texts.text(key, one.channel()));
        if (one.failure().isPresent()) {
            out.line("  " + Texts.text("source.problem", Printable.line(one.failure().get().getMessage())));
        }
        SourceLines.print(out, one.status());
        SourceLines.revision(out, one.status());
    }

    /** Nothing came of any of them: the reason of the first stands for all, which are printed above. */
    private static CairnException failure(List<Pulled> pulled) {
        Pulled first = pulled.getFirst();
        Optional<SourceStatus> source =
                first.status().sources().stream().filter(s -> s.problem().isPresent()).findFirst();
        String reason = first.failure()
                .map(CairnException::getMessage)
                .or(() -> source.flatMap(SourceStatus::problem))
                .orElseGet(() -> Texts.text("pull.no-sources"));
        Optional<String> hint =
                first.failure().flatMap(CairnException::hint).or(() -> source.flatMap(SourceStatus::hint));
        return new FailureException(Texts.text("pull.none", first.channel(), reason), hint);
    }

    private static void json(JsonGenerator json, Pulled one) {
        json.writeStartObject();
        json.writeStringProperty("name", one.channel());
        json.writeBooleanProperty("changed", one.changed());
        json.writeBooleanProperty("usable", one.isUsable());
        Json.optional(json, "failure", one.failure().map(CairnException::getMessage));
        SourceLines.json(json, one.status());
        json.writeEndObject();
    }
}
