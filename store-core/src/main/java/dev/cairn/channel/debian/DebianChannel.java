// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.catalog.ContentsSink;
import dev.cairn.channel.Channel;
import dev.cairn.channel.ChannelException;
import dev.cairn.channel.ChannelStatus;
import dev.cairn.channel.Resolver;
import dev.cairn.channel.SourceStatus;
import dev.cairn.daemon.DaemonException;
import dev.cairn.debian.ConfigurationProblem;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.event.EventSink;
import dev.cairn.packages.VersionScheme;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One or more suites of archives as a channel. What was fetched and verified lies in a folder of the channel's own, one
 * sub-folder a revision; the current one is replaced as a whole. Safe for use by several threads and processes.
 */
public final class DebianChannel implements Channel {
    /** Changes when the same files give other rows. */
    private static final int ROWS = 4;

    /** Attempts to open a revision, each after another process has replaced it. */
    private static final int ATTEMPTS = 5;

    private final String name;
    private final int priority;
    private final Path folder;
    private final ArchiveSources sources;
    private final DebianResolver resolver;
    private final ArchiveRefresh refresh;
    private final Revisions revisions;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<OpenRevision> opened = Optional.empty();

    /**
     * @param folder the channel's own; made when first fetched
     * @param resolver shared by all channels of this kind
     */
    public DebianChannel(
            String name, int priority, Path folder, ArchiveSources sources, DebianResolver resolver) {
        this(name, priority, folder, sources, resolver, ArchiveFetch::fetch);
    }

    /** @param fetch how indices are fetched */
    DebianChannel(
            String name,
            int priority,
            Path folder,
            ArchiveSources sources,
            DebianResolver resolver,
            ArchiveRefresh.Fetch fetch) {
        this.name = name;
        this.priority = priority;
        this.folder = folder.toAbsolutePath().normalize();
        this.sources = sources;
        this.resolver = resolver;
        this.refresh = new ArchiveRefresh(this.folder, fetch);
        this.revisions = new Revisions(this.folder);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int priority() {
        return priority;
    }

    @Override
    public Resolver resolver() {
        return resolver;
    }

    @Override
    public boolean fetches() {
        return true;
    }

    @Override
    public VersionScheme versionScheme() {
        return VersionScheme.DEBIAN;
    }

    /** The revision's number and time; one that is made again after the folder was deleted has another time. */
    @Override
    public String fingerprint() throws CairnException {
        try {
            Optional<Revisions.Revision> current = revisions.current();
            return "debian " + ROWS + " " + (current.isEmpty() ? "never fetched" : current.get().fingerprint());
        } catch (IOException e) {
            throw new ChannelException.Unreadable(name, e);
        }
    }

    /** Maps the indices for itself, so that they do not stay in memory. */
    @Override
    public void read(ContentsSink sink, EventSink events) throws CairnException {
        try (Arena arena = Arena.ofConfined()) {
            Optional<OpenRevision> current = open(revision -> OpenRevision.open(revision, arena));
            if (current.isPresent()) {
                current.get().deliver(name, sink);
            }
        } catch (IOException e) {
            throw DaemonException.of("reading the channel '" + name + "'", e);
        }
    }

    @Override
    public boolean refresh(EventSink events) throws CairnException {
        try {
            return refresh.run(sources.read(), events);
        } catch (IOException e) {
            throw DaemonException.of("refreshing the channel '" + name + "'", e);
        }
    }

    /** What can be chosen of this channel; empty for one that was never fetched. */
    Optional<ArchiveCandidates.Offer> offer() throws CairnException {
        lock.lock();
        try {
            opened = open(this::reopen);
            return opened.map(revision -> new ArchiveCandidates.Offer(name, priority, revision.packages()));
        } finally {
            lock.unlock();
        }
    }

    private OpenRevision reopen(Revisions.Revision revision) throws IOException, FormatException {
        String fingerprint = revision.fingerprint();
        return opened.isPresent() && opened.get().fingerprint().equals(fingerprint)
                ? opened.get()
                : OpenRevision.open(revision, Arena.ofAuto());
    }

    @FunctionalInterface
    private interface Opening<T> {
        T open(Revisions.Revision revision) throws IOException, FormatException;
    }

    /** The current revision, even when others are refreshing. */
    private <T> Optional<T> open(Opening<T> opening) throws CairnException {
        try {
            for (int attempt = 1; ; attempt++) {
                Optional<Revisions.Revision> current = revisions.current();
                try {
                    return current.isEmpty() ? Optional.empty() : Optional.of(opening.open(current.get()));
                } catch (IOException e) {
                    if (attempt == ATTEMPTS || current.equals(revisions.current())) {
                        throw e;
                    }
                }
            }
        } catch (IOException | FormatException e) {
            throw new ChannelException.Unreadable(name, e);
        }
    }

    /**
     * The sources as they are configured now, each with what is known from when it was last fetched, and what of the
     * configuration cannot be followed.
     */
    @Override
    public ChannelStatus status() throws CairnException {
        Optional<RevisionRecord> record = open(RevisionRecord::read);
        List<SourceStatus> statuses = new ArrayList<>();
        Set<String> suites = new LinkedHashSet<>();
        for (ArchiveSource source : sources.read()) {
            suites.add(source.suite());
            statuses.add(status(source, record));
        }
        for (ConfigurationProblem problem : sources.problems()) {
            statuses.add(status(problem));
        }
        return new ChannelStatus(
                "Packages of " + String.join(", ", suites),
                record.filter(r -> !r.indices().isEmpty()).map(RevisionRecord::checked),
                true,
                statuses);
    }

    private static SourceStatus status(ConfigurationProblem problem) {
        String place = problem.file() + (problem.line() > 0 ? ":" + problem.line() : "");
        return new SourceStatus(
                place,
                place,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of(problem.text()),
                Optional.empty());
    }

    private static SourceStatus status(ArchiveSource source, Optional<RevisionRecord> record) {
        return record.stream()
                .flatMap(r -> r.sources().stream())
                .filter(known -> known.label().equals(source.label()) && known.origin().equals(source.origin()))
                .findFirst()
                .orElseGet(() -> new SourceStatus(
                        source.label(),
                        source.origin(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        record.map(_ -> "it was added after the channel was last refreshed"),
                        record.map(_ -> "Refresh the channel.")));
    }
}
