// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.catalog.ChangesSink;
import dev.cairn.catalog.ContentsSink;
import dev.cairn.channel.Channel;
import dev.cairn.channel.ChannelException;
import dev.cairn.channel.ChannelRevision;
import dev.cairn.channel.ChannelStatus;
import dev.cairn.channel.Resolver;
import dev.cairn.channel.RevisionHistory;
import dev.cairn.channel.SourceStatus;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.git.Commits;
import dev.cairn.http.Proxies;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The packages of GNU Guix as a channel. What a service listed lies in a folder of the channel's own, one sub-folder a
 * revision; every one that was pulled stays, to go back to or to look into. Safe for use by several threads and
 * processes.
 */
public final class GuixChannel implements Channel, RevisionHistory {
    /** Changes when the same files give other rows. */
    private static final int ROWS = 1;

    private static final int SHORTEST = 7;
    private static final String UNGRAFTED = "updates that Guix grafts onto packages are not applied";

    private final String name;
    private final int priority;
    private final Path folder;
    private final Settings settings;
    private final OptionalInt fixed;
    private final GuixRevisions revisions;
    private final GuixRefresh refresh;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<OpenRevision> opened = Optional.empty();

    /**
     * How a channel works.
     *
     * @param system that packages are for, such as {@code x86_64-linux}
     * @param proxies how the service is reached
     * @param knowledge what is known of packages beyond their listing
     */
    public record Settings(GuixSource source, String system, Proxies proxies, PackageSources knowledge) {}

    /** @param folder the channel's own; made when first fetched */
    public GuixChannel(String name, int priority, Path folder, Settings settings) {
        this(name, priority, folder, settings, OptionalInt.empty());
    }

    private GuixChannel(String name, int priority, Path folder, Settings settings, OptionalInt fixed) {
        this.name = name;
        this.priority = priority;
        this.folder = folder.toAbsolutePath().normalize();
        this.settings = settings;
        this.fixed = fixed;
        this.revisions = new GuixRevisions(this.folder);
        this.refresh = new GuixRefresh(this.folder, settings.source(), settings.system(), settings.proxies());
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
        return new GuixResolver(name, this::open, new GuixAdvice(settings.source()));
    }

    @Override
    public boolean fetches() {
        return true;
    }

    @Override
    public boolean prebuilt() {
        return true;
    }

    @Override
    public SortedSet<StorePath> items() throws CairnException {
        return open().items().paths();
    }

    @Override
    public String fingerprint() throws CairnException {
        return revision().map(GuixChannel::fingerprint).orElse("guix never fetched");
    }

    private static String fingerprint(GuixRevisions.Revision revision) {
        return "guix " + ROWS + " " + revision.fingerprint();
    }

    private Optional<GuixRevisions.Revision> revision() throws CairnException {
        try {
            return fixed.isPresent() ? revisions.find(fixed.getAsInt()) : revisions.current();
        } catch (IOException e) {
            throw new ChannelException.Unreadable(name, e);
        }
    }

    @Override
    public void read(ContentsSink sink, EventSink events) throws CairnException {
        Optional<GuixRevisions.Revision> revision = revision();
        if (revision.isPresent()) {
            try {
                DescriptionFile.deliver(revision.get().descriptions(), name, sink);
            } catch (IOException e) {
                throw DaemonException.of("reading the channel '" + name + "'", e);
            }
        }
    }

    @Override
    public boolean changes(String since, String until, ChangesSink sink) throws CairnException {
        try {
            List<GuixRevisions.Revision> kept = revisions.all();
            Optional<GuixRevisions.Revision> before = find(kept, since);
            Optional<GuixRevisions.Revision> after = find(kept, until);
            if (before.isEmpty() || after.isEmpty()) {
                return false;
            }
            DescriptionFile.deliverChanges(before.get().descriptions(), after.get().descriptions(), name, sink);
            return true;
        } catch (IOException e) {
            throw DaemonException.of("comparing revisions of the channel '" + name + "'", e);
        }
    }

    private static Optional<GuixRevisions.Revision> find(List<GuixRevisions.Revision> kept, String fingerprint) {
        return kept.stream().filter(one -> fingerprint(one).equals(fingerprint)).findFirst();
    }

    /** What packages can be chosen from. */
    private OpenRevision open() throws CairnException {
        GuixRevisions.Revision revision = revision().orElseThrow(() -> new ChannelException.NoRevision(
                "the channel '" + name + "' has not been fetched",
                Optional.of("Use 'cairn pull " + name + "' or Refresh.")));
        lock.lock();
        try {
            if (opened.isEmpty() || !opened.get().fingerprint().equals(revision.fingerprint())) {
                opened = Optional.of(new OpenRevision(
                        revision.fingerprint(),
                        revision.record(),
                        ItemTable.read(revision.items()),
                        settings.knowledge().at(revision.record().commit()),
                        refresh));
            }
            return opened.get();
        } catch (IOException e) {
            throw new ChannelException.Unreadable(name, e);
        } finally {
            lock.unlock();
        }
    }

    /** Fetches what the branch's newest processed commit has, unless that is there already, and offers it. */
    @Override
    public boolean refresh(EventSink events) throws CairnException {
        if (fixed.isPresent()) {
            return false;
        }
        try {
            return refresh.run(events);
        } catch (IOException e) {
            throw DaemonException.of("refreshing the channel '" + name + "'", e);
        }
    }

    @Override
    public ChannelStatus status() throws CairnException {
        Optional<GuixRevisions.Revision> revision = revision();
        GuixSource source = settings.source();
        SourceStatus place = new SourceStatus(
                source.service() + " " + source.repository() + " " + source.branch()
                        + revision.map(r -> " " + r.record().commit()).orElse(""),
                source.service().toString(),
                revision.flatMap(r -> r.record().date()),
                Optional.empty(),
                List.of(),
                List.of(UNGRAFTED),
                Optional.empty(),
                Optional.empty());
        return new ChannelStatus(
                "Packages of GNU Guix, branch " + source.branch(),
                revision.map(r -> r.record().checked()),
                true,
                List.of(place),
                revision.map(r -> r.record().revision(r.number(), true)));
    }

    @Override
    public Optional<RevisionHistory> history() {
        return Optional.of(this);
    }

    @Override
    public List<ChannelRevision> revisions() throws CairnException {
        try {
            int current = revisions.current().map(GuixRevisions.Revision::number).orElse(0);
            return revisions.all().stream()
                    .map(one -> one.record().revision(one.number(), one.number() == current))
                    .toList();
        } catch (IOException e) {
            throw new ChannelException.Unreadable(name, e);
        }
    }

    @Override
    public void switchTo(int number) throws CairnException {
        changing("switching the channel '" + name + "'", () -> {
            if (revisions.find(number).isEmpty()) {
                throw none(Integer.toString(number));
            }
            revisions.makeCurrent(number);
            return number;
        });
    }

    @Override
    public ChannelRevision rollBack() throws CairnException {
        return changing("rolling the channel '" + name + "' back", () -> {
            int current = revisions.current().map(GuixRevisions.Revision::number).orElse(0);
            GuixRevisions.Revision before = revisions.all().stream()
                    .filter(one -> one.number() < current)
                    .reduce((_, later) -> later)
                    .orElseThrow(() -> new ChannelException.NoRevision(
                            "the channel '" + name + "' has no revision before the current one",
                            Optional.of("Use 'cairn pull --list-generations' to see which there are.")));
            revisions.makeCurrent(before.number());
            return before.record().revision(before.number(), true);
        });
    }

    @Override
    public void delete(Collection<Integer> numbers) throws CairnException {
        changing("deleting revisions of the channel '" + name + "'", () -> {
            int current = revisions.current().map(GuixRevisions.Revision::number).orElse(0);
            for (int number : numbers) {
                if (number == current) {
                    throw new ChannelException.NoRevision(
                            "revision " + number + " of the channel '" + name + "' is the current one",
                            Optional.of("Switch to another one first."));
                }
                if (revisions.find(number).isEmpty()) {
                    throw none(Integer.toString(number));
                }
            }
            for (int number : numbers) {
                revisions.delete(number);
            }
            return numbers.size();
        });
    }

    private <T> T changing(String what, GuixRefresh.Work<T> work) throws CairnException {
        try {
            return refresh.locked(work);
        } catch (IOException e) {
            throw DaemonException.of(what, e);
        }
    }

    private ChannelException none(String revision) {
        return new ChannelException.NoRevision(
                "the channel '" + name + "' keeps no revision '" + revision + "'",
                Optional.of("Use 'cairn pull --list-generations' to see which there are, or give all 40 digits of a"
                        + " commit to fetch it."));
    }

    @Override
    public Channel at(String revision, EventSink events) throws CairnException {
        try {
            return new GuixChannel(name, priority, folder, settings, OptionalInt.of(number(revision, events)));
        } catch (IOException e) {
            throw DaemonException.of("looking into revision '" + revision + "' of the channel '" + name + "'", e);
        }
    }

    private int number(String revision, EventSink events) throws CairnException, IOException {
        boolean commit = revision.matches("[0-9a-f]{" + SHORTEST + ",40}");
        if (!commit && revision.matches("[1-9][0-9]{0,8}")) {
            return revisions.find(Integer.parseInt(revision)).orElseThrow(() -> none(revision)).number();
        }
        if (!commit) {
            throw none(revision);
        }
        List<GuixRevisions.Revision> kept = revisions.all().stream()
                .filter(one -> one.record().commit().startsWith(revision)
                        && one.record().isFor(settings.source(), one.record().commit(), settings.system()))
                .toList();
        List<String> commits = kept.stream().map(one -> one.record().commit()).distinct().toList();
        if (commits.size() > 1) {
            throw new ChannelException.NoRevision(
                    "'" + revision + "' can mean several commits: " + String.join(", ", commits),
                    Optional.of("Give more digits."));
        }
        if (!kept.isEmpty()) {
            return kept.getLast().number();
        }
        if (!Commits.isFull(revision)) {
            throw none(revision);
        }
        return refresh.fetch(revision, events).number();
    }
}
