// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.channel.guix.PackageSources;
import dev.cairn.channel.guix.source.CheckoutSources;
import dev.cairn.channel.guix.source.GuixRepl;
import dev.cairn.channel.guix.source.InstalledGuix;
import dev.cairn.channel.guix.source.PackageSource;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.git.GitCache;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known of Guix's packages beyond their listing: from its modules, where they were fetched, else from a Guix on
 * this machine that can be asked, else from profiles of one.
 */
final class GuixKnowledge implements PackageSources, AutoCloseable {
    /** Guix loads all of its modules before it answers for the first time. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final CheckoutSources modules;
    private final Path machine;
    private final Optional<GuixRepl> guix;

    /**
     * @param checkouts the folder of repositories that were fetched
     * @param machine the root of the machine's files
     * @param guix the program of that name; not started before it is asked something
     */
    GuixKnowledge(Path checkouts, Path machine, Optional<Path> guix) {
        modules = new CheckoutSources(new GitCache(checkouts));
        this.machine = machine;
        this.guix = guix.map(program -> new GuixRepl(() -> GuixProgram.start(program), PATIENCE));
    }

    @Override
    public PackageSource at(String commit) throws CairnException {
        PackageSource read = modules.at(commit);
        return (guix.isPresent() ? read.or(guix.get()) : read).or(InstalledGuix.of(machine));
    }

    @Override
    public void close() {
        guix.ifPresent(GuixRepl::close);
    }

    /** Fetches the modules of a commit. @param url of Guix's repository */
    void fetch(String url, String commit, EventSink events) throws CairnException {
        modules.fetch(url, commit, events);
    }
}
