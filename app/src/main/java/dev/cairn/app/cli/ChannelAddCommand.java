// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.ChannelEntry;
import dev.cairn.app.ChannelOrigin;
import dev.cairn.app.GuixPreset;
import dev.cairn.app.Workspace;
import dev.cairn.channel.guix.GuixSource;
import dev.cairn.channel.guix.StatedSource;
import dev.cairn.channel.guix.definition.ChannelDefinition;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a channel: a folder of definitions, or an archive of Debian's kind. */
@Command(name = "add")
final class ChannelAddCommand extends CairnCommand {
    @Parameters(index = "0", paramLabel = "NAME", descriptionKey = "new-channel-name")
    private String name = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "FOLDER|LINE|URL", descriptionKey = "channel-source")
    private List<String> source = new ArrayList<>();

    @Option(names = "--priority", paramLabel = "NUMBER", descriptionKey = "new-channel-priority", order = 10)
    private @Nullable Integer priority;

    @Option(
            names = {"--type", "--kind"},
            paramLabel = "TYPE",
            descriptionKey = "new-channel-type",
            order = 11)
    private String type = "";

    @Option(names = "--branch", paramLabel = "BRANCH", descriptionKey = "new-channel-branch", order = 12)
    private @Nullable String branch;

    @Option(names = "--commit", paramLabel = "COMMIT", descriptionKey = "new-channel-commit", order = 13)
    private @Nullable String commit;

    @Option(names = "--repository", paramLabel = "LABEL", descriptionKey = "new-channel-repository", order = 14)
    private @Nullable String repository;

    @Option(
            names = {"-C", "--channels"},
            paramLabel = "FILE",
            descriptionKey = "new-channel-channels",
            order = 15)
    private @Nullable String channels;

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        OptionalInt chosen = priority == null ? OptionalInt.empty() : OptionalInt.of(priority);
        boolean guix = isGuix();
        ChannelEntry added = guix
                ? workspace.channelList().add(name, new ChannelOrigin.Guix(listed(guix(), session)), chosen)
                : workspace.channelList().add(name, absolute(source), chosen);
        session.out().line(Texts.text("channel.added", name, added.priority()));
        if (added.origin() instanceof ChannelOrigin.Guix(GuixSource known)) {
            advise(session.out(), known);
        }
        if (!(added.origin() instanceof ChannelOrigin.Folder)) {
            session.out().line(Texts.text("channel.pull", name));
        }
        return ExitCode.OK;
    }

    private boolean isGuix() throws UsageException {
        boolean preset = source.isEmpty() && name.equals(GuixPreset.NAME);
        switch (type) {
            case "guix" -> {
                return true;
            }
            case "", "folder", "debian" -> {
                if (source.isEmpty() && !(preset && type.isEmpty())) {
                    throw new UsageException(Texts.text("error.no-source"));
                }
                if (!preset && (branch != null || commit != null || repository != null || channels != null)) {
                    throw new UsageException(Texts.text("error.guix-only"));
                }
                return preset;
            }
            default -> throw new UsageException(Texts.text("error.channel-type", type));
        }
    }

    /** The preset, changed as the options say. */
    private GuixSource guix() throws UsageException {
        GuixSource preset = GuixPreset.source();
        try {
            URI service = source.isEmpty() ? preset.service() : URI.create(String.join(" ", source).strip());
            boolean known = service.equals(preset.service());
            return new GuixSource(
                    service,
                    repository == null ? preset.repository() : repository,
                    branch == null ? preset.branch() : branch,
                    Optional.ofNullable(commit),
                    known ? preset.servers() : List.of());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** The same as a list of channels has it, where one is given. */
    private GuixSource listed(GuixSource source, Session session) throws CairnException {
        if (channels == null) {
            return source;
        }
        if (branch != null || commit != null) {
            throw new UsageException(Texts.text("error.channels-and-commit"));
        }
        ChannelDefinition guix = ListedChannels.guix(channels, session);
        return StatedSource.ofNew(source, guix, !this.source.isEmpty());
    }

    /** Says where packages can be fetched from, and whom to trust for that: nothing of it is done by itself. */
    private static void advise(Output out, GuixSource source) throws IOException {
        if (source.servers().isEmpty()) {
            out.line(Texts.text("channel.guix-servers-unknown"));
            return;
        }
        out.line(Texts.text("channel.guix-servers", String.join(" ", source.servers())));
        for (GuixPreset.Farm farm : GuixPreset.FARMS) {
            out.line(Texts.text("channel.guix-key", farm.url()));
            out.line("    " + farm.key());
        }
        out.line(Texts.text("channel.guix-derivations", source.service()));
    }

    /** A line may be one word or several; a folder may be named from where the user is. */
    private static String absolute(List<String> words) {
        try {
            String line = String.join(" ", words).strip();
            return line.matches("deb(-src)?\\s.*") ? line : Path.of(line).toAbsolutePath().toString();
        } catch (InvalidPathException _) {
            return String.join(" ", words);
        }
    }
}
