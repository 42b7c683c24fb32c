// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.channel.guix.definition.ChannelMetadata;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.git.GitCache;
import dev.cairn.git.GitTree;
import dev.cairn.manifest.code.WantedPackage;
import dev.cairn.manifest.code.WantedPackage.Subject;
import dev.cairn.scheme.code.Form;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the modules of a channel say at some of its commits: read from copies of repositories that lie in the cache.
 * Safe for use by several threads.
 */
public final class CheckoutSources {
    static final int MAX_METADATA = 1 << 20;

    private final GitCache cache;

    public CheckoutSources(GitCache cache) {
        this.cache = cache;
    }

    /** What is known at a commit, as soon as that was fetched; nobody is asked. */
    public PackageSource at(String commit) {
        return new Waiting(commit);
    }

    /**
     * What the variables mean that a manifest names packages by.
     *
     * @param imports modules of the commit that the manifest sees, as they stand in {@code use-modules}, in order
     * @return the meaning of each variable; empty where the modules of the commit were not fetched
     */
    public Optional<Map<Subject.Variable, PackageVariables.Meaning>> variables(
            String commit, List<Form> imports, List<WantedPackage> wanted) throws CairnException {
        Optional<GitTree> found = cache.find(commit);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (GitTree tree = found.get()) {
            PackageVariables variables = new PackageVariables(files(tree), imports);
            Map<Subject.Variable, PackageVariables.Meaning> meanings = new HashMap<>();
            for (WantedPackage each : wanted) {
                if (each.subject() instanceof Subject.Variable variable && !meanings.containsKey(variable)) {
                    meanings.put(variable, variables.find(variable, each.place()));
                }
            }
            return Optional.of(meanings);
        }
    }

    /** Fetches the modules of a commit where they were not before. @param url of the channel's repository */
    public void fetch(String url, String commit, EventSink events) throws CairnException {
        try (Activities.Activity activity = new Activities(events).start(Event.Kind.DOWNLOAD, url);
                GitTree tree = cache.fetch(url, commit, (step, done, _) -> {
                    if (done == 0) {
                        activity.phase(step);
                    }
                })) {
            files(tree);
            activity.finish();
        } catch (IOException e) {
            throw DaemonException.of("fetching '" + url + "'", e);
        }
    }

    /** The modules of a commit, which are where its {@code .guix-channel} says. */
    private static ModuleFiles files(GitTree tree) throws CairnException {
        Optional<byte[]> stated = tree.file(ChannelMetadata.FILE, MAX_METADATA);
        String folder = stated.isEmpty() ? "" : ChannelMetadata.read(ModuleFiles.decode(stated.get())).folder();
        String prefix = folder.isEmpty() ? "" : folder + "/";
        return file -> {
            Optional<byte[]> octets = tree.file(prefix + file, ModuleFiles.MAX_LENGTH);
            return octets.isEmpty() ? Optional.empty() : Optional.of(ModuleFiles.decode(octets.get()));
        };
    }

    /** Looks into the cache until the commit is there, then keeps it open. */
    private final class Waiting implements PackageSource {
        private final String commit;
        private final ReentrantLock lock = new ReentrantLock();
        private Optional<PackageSource> found = Optional.empty();

        Waiting(String commit) {
            this.commit = commit;
        }

        @Override
        public Knowledge of(String name, String version, Location location) throws CairnException {
            Optional<PackageSource> source = source();
            return source.isPresent()
                    ? source.get().of(name, version, location)
                    : new Knowledge.Unknown(
                            "the modules of commit " + commit + " were not fetched ('cairn pull --modules')");
        }

        private Optional<PackageSource> source() throws CairnException {
            lock.lock();
            try {
                if (found.isEmpty()) {
                    Optional<GitTree> tree = cache.find(commit);
                    if (tree.isPresent()) {
                        found = Optional.of(new ModuleSource(files(tree.get())));
                    }
                }
                return found;
            } finally {
                lock.unlock();
            }
        }
    }
}
