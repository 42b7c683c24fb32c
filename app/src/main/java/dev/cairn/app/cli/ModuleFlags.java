// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.FetchedModules;
import dev.cairn.app.ModulesWish;
import dev.cairn.channel.guix.definition.ChannelDefinition;
import dev.cairn.channel.guix.definition.ChannelHome;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code pull} that fetch the modules that packages of Guix are made from. */
final class ModuleFlags {
    @Option(
            names = "--modules",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "URL",
            descriptionKey = "pull-modules",
            order = 30)
    private @Nullable String modules;

    @Option(names = "--allow-downgrades", descriptionKey = "pull-downgrades", order = 31)
    private boolean downgrades;

    @Option(names = "--disable-authentication", descriptionKey = "pull-unauthenticated", order = 32)
    private boolean unauthenticated;

    /** The name of a channel that stands behind the option, which takes no address then. */
    Optional<String> swallowedChannel() {
        return Optional.ofNullable(modules).filter(value -> !value.isEmpty() && !value.contains("/"));
    }

    /** What is to be fetched. @param listed what a list of channels says of Guix, where one is given */
    Optional<ModulesWish> wish(Optional<ChannelDefinition> listed) throws UsageException {
        if (modules == null) {
            if (downgrades || unauthenticated) {
                throw new UsageException(Texts.text("error.modules-only"));
            }
            return Optional.empty();
        }
        Optional<ChannelHome> named = Optional.of(modules)
                .filter(value -> value.contains("/"))
                .map(ChannelHome::at)
                .or(() -> listed.map(ChannelHome::of));
        return Optional.of(new ModulesWish(named, downgrades, unauthenticated));
    }

    /** Tells whether what was fetched is known to be by those who may make it. */
    static void tell(List<FetchedModules> all, Session session) {
        for (FetchedModules one : all) {
            session.note(text(one));
        }
    }

    private static String text(FetchedModules one) {
        if (one.authenticated().isEmpty()) {
            return Texts.text("modules.unauthenticated", one.channel(), one.commit(), one.home().url());
        }
        int looked = one.authenticated().getAsInt();
        return looked == 0
                ? Texts.text("modules.known", one.channel(), one.commit())
                : Texts.text("modules.authenticated", one.channel(), one.commit(), looked);
    }
}
