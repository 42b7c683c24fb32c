// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.channel.guix.PackageSources;
import dev.cairn.channel.guix.source.CheckoutSources;
import dev.cairn.channel.guix.source.InstalledGuix;
import dev.cairn.channel.guix.source.PackageSource;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.git.GitCache;
import java.nio.file.Path;

/**
 * What is known of Guix's packages beyond their listing: from its modules, where they were fetched, else from profiles
 * of a Guix on this machine.
 */
final class GuixKnowledge implements PackageSources {
    private final CheckoutSources modules;
    private final Path machine;

    /**
     * @param checkouts the folder of repositories that were fetched
     * @param machine the root of the machine's files
     */
    GuixKnowledge(Path checkouts, Path machine) {
        modules = new CheckoutSources(new GitCache(checkouts));
        this.machine = machine;
    }

    @Override
    public PackageSource at(String commit) throws CairnException {
        return modules.at(commit).or(InstalledGuix.of(machine));
    }

    /** Fetches the modules of a commit. @param url of Guix's repository */
    void fetch(String url, String commit, EventSink events) throws CairnException {
        modules.fetch(url, commit, events);
    }
}
