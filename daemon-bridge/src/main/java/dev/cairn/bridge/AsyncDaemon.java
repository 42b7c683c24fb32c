// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge;

import dev.cairn.bridge.Operations.Weight;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.CollectionResult;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.Root;
import dev.cairn.daemon.StoreGraph;
import dev.cairn.daemon.VerificationReport;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.path.StorePath;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A {@link Daemon} whose calls return at once. Every call is an {@link Operation}: it can be waited for, watched and
 * cancelled. Closing cancels what runs; the daemon behind stays open. Safe for use by several threads.
 */
public final class AsyncDaemon implements AutoCloseable {
    private final Daemon daemon;
    private final Operations operations;

    /** @param heavyAtOnce how many builds, collections and the like may run at a time */
    public AsyncDaemon(Daemon daemon, int heavyAtOnce) {
        this.daemon = daemon;
        this.operations = new Operations(heavyAtOnce);
    }

    /** {@link Daemon#pathInfo}. */
    public Operation<Optional<PathInfo>> pathInfo(StorePath path) {
        return ask(_ -> daemon.pathInfo(path));
    }

    /** {@link Daemon#requisites}. */
    public Operation<List<PathInfo>> requisites(Collection<StorePath> paths) {
        return ask(_ -> daemon.requisites(paths));
    }

    /** {@link Daemon#graph}. */
    public Operation<StoreGraph> graph() {
        return ask(_ -> daemon.graph());
    }

    /** {@link Daemon#roots}. */
    public Operation<List<Root>> roots() {
        return ask(_ -> daemon.roots());
    }

    /** {@link Daemon#addText}. */
    public Operation<StorePath> addText(String name, byte[] contents, Collection<StorePath> references) {
        return ask(_ -> daemon.addText(name, contents, references));
    }

    /** {@link Daemon#addTree}. */
    public Operation<StorePath> addTree(String name, Path source, boolean recursive, HashAlgorithm algorithm) {
        return work(_ -> daemon.addTree(name, source, recursive, algorithm), EventListener.NONE);
    }

    /** {@link Daemon#build}; the result is what was to be built. */
    public Operation<List<BuildTarget>> build(
            Collection<BuildTarget> targets, BuildOptions options, EventListener listener) {
        List<BuildTarget> wanted = List.copyOf(targets);
        return work(
                events -> {
                    daemon.build(wanted, options, events);
                    return wanted;
                },
                listener);
    }

    /** {@link Daemon#collectGarbage}. */
    public Operation<CollectionResult> collectGarbage(CollectionRequest request, EventListener listener) {
        return work(events -> daemon.collectGarbage(request, events), listener);
    }

    /** {@link Daemon#verify}. */
    public Operation<VerificationReport> verify(boolean contents, EventListener listener) {
        return work(events -> daemon.verify(contents, events), listener);
    }

    /** {@link Daemon#optimise}. */
    public Operation<Long> optimise(EventListener listener) {
        return work(daemon::optimise, listener);
    }

    /** Any other work with the daemon, several calls as one operation for instance. */
    public <T> Operation<T> run(Weight weight, DaemonCall<T> call, EventListener listener) {
        return operations.start(weight, events -> call.call(daemon, events), listener);
    }

    @Override
    public void close() {
        operations.close();
    }

    /**
     * Work with a daemon.
     *
     * @param <T> its result
     */
    @FunctionalInterface
    public interface DaemonCall<T> {
        T call(Daemon daemon, EventSink events) throws CairnException, InterruptedException;
    }

    private <T> Operation<T> ask(BlockingCall<T> call) {
        return operations.start(Weight.LIGHT, call, EventListener.NONE);
    }

    private <T> Operation<T> work(BlockingCall<T> call, EventListener listener) {
        return operations.start(Weight.HEAVY, call, listener);
    }
}
