// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Choices;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code cairn} itself: the options that all commands share. */
@Command(name = "cairn", synopsisSubcommandLabel = "COMMAND", versionProvider = Version.class)
final class RootCommand implements Runnable {
    private final Session session;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--store-root",
            paramLabel = "DIR",
            descriptionKey = "store-root",
            scope = ScopeType.INHERIT,
            order = 90)
    private @Nullable Path storeRoot;

    @Option(
            names = "--daemon",
            paramLabel = "ADDRESS",
            descriptionKey = "daemon",
            scope = ScopeType.INHERIT,
            order = 89)
    private @Nullable String daemon;

    @Option(
            names = {"-p", "--profile"},
            paramLabel = "PROFILE",
            descriptionKey = "profile",
            scope = ScopeType.INHERIT,
            order = 91)
    private @Nullable Path profile;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            descriptionKey = "help",
            scope = ScopeType.INHERIT,
            order = 98)
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            descriptionKey = "version",
            order = 99)
    private boolean version;

    RootCommand(Session session) {
        this.session = session;
    }

    Session session() {
        return session;
    }

    Choices choices() {
        return new Choices(
                Optional.ofNullable(storeRoot), Optional.ofNullable(profile), Optional.ofNullable(daemon));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec == null ? new CommandLine(this) : spec.commandLine(), Texts.text("error.no-command"));
    }
}
