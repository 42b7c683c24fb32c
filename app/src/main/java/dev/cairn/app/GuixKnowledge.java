// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.channel.guix.PackageSources;
import dev.cairn.channel.guix.authentication.ChannelAuthenticator;
import dev.cairn.channel.guix.definition.ChannelHome;
import dev.cairn.channel.guix.definition.ChannelNews;
import dev.cairn.channel.guix.source.CheckoutNews;
import dev.cairn.channel.guix.source.CheckoutSources;
import dev.cairn.channel.guix.source.GuixRepl;
import dev.cairn.channel.guix.source.InstalledGuix;
import dev.cairn.channel.guix.source.PackageSource;
import dev.cairn.channel.guix.source.PackageVariables;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.git.GitCache;
import dev.cairn.git.GitHistories;
import dev.cairn.manifest.code.WantedPackage;
import dev.cairn.manifest.code.WantedPackage.Subject;
import dev.cairn.scheme.code.Form;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of Guix's packages beyond their listing: from its modules, where they were fetched, else from a Guix on
 * this machine that can be asked, else from profiles of one.
 */
final class GuixKnowledge implements PackageSources, AutoCloseable {
    /** Guix loads all of its modules before it answers for the first time. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final CheckoutSources modules;
    private final CheckoutNews news;
    private final ChannelAuthenticator authenticator;
    private final Path machine;
    private final Optional<GuixRepl> guix;

    /**
     * @param cache the folder for all that can be fetched again
     * @param machine the root of the machine's files
     * @param guix the program of that name; not started before it is asked something
     */
    GuixKnowledge(Path cache, Path machine, Optional<Path> guix) {
        GitCache checkouts = new GitCache(cache.resolve("checkouts"));
        GitHistories histories = new GitHistories(cache.resolve("histories"), GitCache.Limits.USUAL);
        modules = new CheckoutSources(checkouts);
        news = new CheckoutNews(checkouts, histories);
        authenticator = new ChannelAuthenticator(histories, cache.resolve("authentication"));
        this.machine = machine;
        this.guix = guix.map(program -> new GuixRepl(() -> GuixProgram.start(program), PATIENCE));
    }

    @Override
    public PackageSource at(String commit) throws CairnException {
        PackageSource read = modules.at(commit);
        return (guix.isPresent() ? read.or(guix.get()) : read).or(InstalledGuix.of(machine));
    }

    /** What variables that a manifest names packages by mean at a commit; empty where its modules were not fetched. */
    Optional<Map<Subject.Variable, PackageVariables.Meaning>> variables(
            String commit, List<Form> imports, List<WantedPackage> wanted) throws CairnException {
        return modules.variables(commit, imports, wanted);
    }

    /** What is new between two commits; empty where nobody knows, since their modules were not fetched. */
    Optional<List<ChannelNews.Entry>> news(ChannelHome home, String before, String now) throws CairnException {
        return news.between(home.url(), before, now);
    }

    @Override
    public void close() {
        guix.ifPresent(GuixRepl::close);
    }

    /**
     * Fetches the modules of a commit, once that is known to be authentic.
     *
     * @param channel what the user calls it
     * @param downgrades whether the commit may be one that does not follow the last one
     */
    FetchedModules fetch(String channel, ChannelHome home, String commit, boolean downgrades, EventSink events)
            throws CairnException {
        OptionalInt authenticated = OptionalInt.empty();
        if (home.introduction().isPresent()) {
            authenticated = OptionalInt.of(authenticator.authenticate(
                    new ChannelAuthenticator.Question(
                            channel, home.url(), home.introduction().get(), commit, downgrades),
                    events));
        }
        modules.fetch(home.url(), commit, events);
        return new FetchedModules(channel, home, commit, authenticated);
    }
}
