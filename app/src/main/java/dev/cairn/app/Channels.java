// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.channel.Channel;
import dev.cairn.channel.ChannelException;
import dev.cairn.channel.ChannelRevision;
import dev.cairn.channel.ChannelStatus;
import dev.cairn.channel.RevisionHistory;
import dev.cairn.channel.debian.AptConfiguration;
import dev.cairn.channel.debian.ArchiveSource;
import dev.cairn.channel.debian.ArchiveSources;
import dev.cairn.channel.debian.DebianChannel;
import dev.cairn.channel.debian.DebianResolver;
import dev.cairn.channel.guix.GuixChannel;
import dev.cairn.channel.guix.GuixSource;
import dev.cairn.channel.guix.StatedSource;
import dev.cairn.channel.guix.definition.ChannelDefinition;
import dev.cairn.channel.guix.definition.ChannelHome;
import dev.cairn.channel.guix.definition.ChannelNews;
import dev.cairn.channel.json.JsonChannel;
import dev.cairn.daemon.HostSystem;
import dev.cairn.debian.ConfigurationProblem;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.http.Proxies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * The channels that a user has: what stands in {@code channels.json}, and what is there by itself, the bundled channel
 * and the archives of the machine. The command line and the window change them here. Safe for use by several threads.
 */
public final class Channels {
    private static final String HINT_LIST = "Use 'cairn channel list' to see what there is.";

    private final ChannelList list;
    private final Optional<Path> bundled;
    private final MachineArchives machine;
    private final Path cache;
    private final Runnable changed;
    private final GuixKnowledge knowledge;

    /**
     * @param bundled the folder of the channel that comes with Cairn
     * @param cache takes what is fetched
     * @param changed is told when other packages may be on offer
     */
    Channels(ChannelList list, Optional<Path> bundled, MachineArchives machine, Path cache, Runnable changed) {
        this(
                list, bundled, machine, cache, changed,
                new GuixKnowledge(cache.toAbsolutePath().getParent(), Path.of("/"), Optional.empty()));
    }

    /** @param knowledge of packages of Guix's */
    Channels(
            ChannelList list,
            Optional<Path> bundled,
            MachineArchives machine,
            Path cache,
            Runnable changed,
            GuixKnowledge knowledge) {
        this.knowledge = knowledge;
        this.list = list;
        this.bundled = bundled;
        this.machine = machine;
        this.cache = cache;
        this.changed = changed;
    }

    /** All channels, enabled or not, that of the highest priority first. */
    public List<ChannelEntry> entries() throws CairnException {
        List<ChannelEntry> entries = new ArrayList<>();
        for (ChannelEntry entry : list.read()) {
            if (!(entry.origin() instanceof ChannelOrigin.Bundled) || bundled.isPresent()) {
                entries.add(named(entry));
            }
        }
        if (bundled.isPresent() && noneIs(ChannelOrigin.Bundled.class, entries)) {
            entries.add(ChannelEntry.usual(free(ChannelList.BUNDLED, entries), new ChannelOrigin.Bundled()));
        }
        if (noneIs(ChannelOrigin.Machine.class, entries) && machine.arePresent()) {
            entries.add(ChannelEntry.usual(free(machine.distribution(), entries), new ChannelOrigin.Machine()));
        }
        entries.sort(Comparator.comparingInt(ChannelEntry::priority).reversed());
        return List.copyOf(entries);
    }

    private static boolean noneIs(Class<? extends ChannelOrigin> kind, List<ChannelEntry> entries) {
        return entries.stream().noneMatch(entry -> kind.isInstance(entry.origin()));
    }

    /** A name that no entry has yet. */
    private static String free(String wanted, List<ChannelEntry> entries) {
        String name = wanted;
        for (int i = 2; isTaken(name, entries); i++) {
            name = wanted + "-" + i;
        }
        return name;
    }

    private static boolean isTaken(String name, List<ChannelEntry> entries) {
        return entries.stream().anyMatch(entry -> entry.name().equals(name));
    }

    /** A folder of the first format has no name of its own there; its channel has. */
    private static ChannelEntry named(ChannelEntry entry) throws CairnException {
        if (ChannelEntry.isName(entry.name()) || !(entry.origin() instanceof ChannelOrigin.Folder(Path path))) {
            return entry;
        }
        try {
            String name = JsonChannel.open(path).name();
            return new ChannelEntry(name, entry.origin(), entry.enabled(), entry.priority());
        } catch (ChannelException _) {
            // Opened again as a channel without packages, which tells why.
            return entry;
        }
    }

    /** Opens the enabled channels; one that cannot be is there as a channel without packages. */
    List<Channel> open() throws CairnException {
        DebianResolver resolver = new DebianResolver();
        List<Channel> channels = new ArrayList<>();
        List<DebianChannel> archives = new ArrayList<>();
        for (ChannelEntry entry : entries()) {
            if (entry.enabled()) {
                Channel channel = open(entry, resolver);
                channels.add(channel);
                if (channel instanceof DebianChannel archive) {
                    archives.add(archive);
                }
            }
        }
        resolver.use(archives);
        resolver.recommend(machine::recommending);
        return List.copyOf(channels);
    }

    private Channel open(ChannelEntry entry, DebianResolver resolver) throws CairnException {
        return switch (entry.origin()) {
            case ChannelOrigin.Bundled _ -> open(entry, bundled.orElseThrow());
            case ChannelOrigin.Folder(Path path) -> open(entry, path);
            case ChannelOrigin.Machine _ -> archive(entry, resolver);
            case ChannelOrigin.Archive _ -> archive(entry, resolver);
            case ChannelOrigin.Guix(GuixSource source) -> guix(entry, source);
        };
    }

    private static Channel open(ChannelEntry entry, Path folder) throws CairnException {
        try {
            return JsonChannel.open(folder, entry.name(), entry.priority());
        } catch (ChannelException e) {
            return UnusableChannel.of(entry, e);
        }
    }

    private DebianChannel archive(ChannelEntry entry, DebianResolver resolver) {
        ArchiveSources sources = new ArchiveSources() {
            @Override
            public List<ArchiveSource> read() {
                return configuration(entry).sources();
            }

            @Override
            public List<ConfigurationProblem> problems() {
                return configuration(entry).problems();
            }
        };
        return new DebianChannel(entry.name(), entry.priority(), folder(entry), sources, resolver);
    }

    private GuixChannel guix(ChannelEntry entry, GuixSource source) {
        GuixChannel.Settings settings = new GuixChannel.Settings(
                source, HostSystem.name(), Proxies.environment(), knowledge);
        return new GuixChannel(entry.name(), entry.priority(), folder(entry), settings);
    }

    private Path folder(ChannelEntry entry) {
        return cache.resolve(entry.name());
    }

    private AptConfiguration.Result configuration(ChannelEntry entry) {
        return entry.origin() instanceof ChannelOrigin.Archive(List<String> lines)
                ? machine.read("channel '" + entry.name() + "'", lines)
                : machine.read();
    }

    /** All archives that enabled channels name, to know how to reach them. */
    List<ArchiveSource> archives() throws CairnException {
        List<ArchiveSource> sources = new ArrayList<>();
        for (ChannelEntry entry : entries()) {
            switch (entry.origin()) {
                case ChannelOrigin.Machine _, ChannelOrigin.Archive _ when entry.enabled() ->
                    sources.addAll(configuration(entry).sources());
                case ChannelOrigin _ -> { }
            }
        }
        return sources;
    }

    /** All channels and how it stands with them, that of the highest priority first; goes to no network. */
    public List<ChannelInfo> list() throws CairnException {
        List<ChannelInfo> all = new ArrayList<>();
        for (ChannelEntry entry : entries()) {
            all.add(info(entry));
        }
        return List.copyOf(all);
    }

    private ChannelInfo info(ChannelEntry entry) throws CairnException {
        Channel channel = open(entry, new DebianResolver());
        Optional<String> problem = channel instanceof UnusableChannel unusable
                ? Optional.of(unusable.problem().message())
                : Optional.empty();
        ChannelStatus status = ChannelStatus.NOTHING;
        try {
            status = channel.status();
        } catch (ChannelException e) {
            problem = Optional.of(e.getMessage());
        }
        return new ChannelInfo(entry, location(entry), status, problem.or(() -> configurationProblem(entry)));
    }

    private Optional<String> configurationProblem(ChannelEntry entry) {
        return switch (entry.origin()) {
            case ChannelOrigin.Bundled _, ChannelOrigin.Folder _, ChannelOrigin.Guix _ -> Optional.empty();
            case ChannelOrigin.Machine _, ChannelOrigin.Archive _ -> {
                AptConfiguration.Result result = configuration(entry);
                yield result.sources().isEmpty()
                        ? MachineArchives.firstProblem(result).or(() -> Optional.of("no archive is configured"))
                        : Optional.empty();
            }
        };
    }

    private String location(ChannelEntry entry) {
        return switch (entry.origin()) {
            case ChannelOrigin.Bundled _ -> "comes with Cairn";
            case ChannelOrigin.Folder(Path path) -> path.toString();
            case ChannelOrigin.Machine _ -> "the archives of this machine";
            // Without names and passwords that addresses may hold.
            case ChannelOrigin.Archive(List<String> lines) ->
                String.join("; ", lines).replaceAll("://[^/\\s]*@", "://");
            case ChannelOrigin.Guix(GuixSource source) -> source.service() + " " + source.branch()
                    + source.commit().map(commit -> " " + commit).orElse("");
        };
    }

    /**
     * Adds a channel and enables it.
     *
     * @param source the absolute name of a folder, or a line as {@code sources.list} has it
     * @param priority the usual one where empty
     * @throws ChannelListException when the name is taken or none, or the source is neither
     * @throws ChannelException when the folder is no channel
     */
    public ChannelEntry add(String name, String source, OptionalInt priority) throws CairnException {
        return add(name, new SourceArgument(machine).origin(source), priority);
    }

    /** Adds a channel from an origin that is known to be one, and enables it. */
    public ChannelEntry add(String name, ChannelOrigin origin, OptionalInt priority) throws CairnException {
        ChannelEntry added =
                new ChannelEntry(name, origin, true, priority.orElse(origin.usualPriority()));
        if (!ChannelEntry.isName(name)) {
            throw new ChannelListException(
                    "a channel cannot be called '" + name + "'",
                    "Use up to 64 letters, digits and _ . -, first a letter or digit.");
        }
        change(entries -> {
            if (isTaken(name, entries)) {
                throw new ChannelListException(
                        "there is a channel '" + name + "' already", "Choose another name. " + HINT_LIST);
            }
            deleteFetched(added);
            List<ChannelEntry> more = new ArrayList<>(entries);
            more.add(added);
            return more;
        });
        return added;
    }

    public void setEnabled(String name, boolean enabled) throws CairnException {
        replace(name, entry -> entry.withEnabled(enabled));
    }

    public void setPriority(String name, int priority) throws CairnException {
        replace(name, entry -> entry.withPriority(priority));
    }

    private void replace(String name, UnaryOperator<ChannelEntry> replacement) throws CairnException {
        change(entries -> {
            ChannelEntry old = find(name, entries);
            return entries.stream()
                    .map(entry -> entry.equals(old) ? replacement.apply(entry) : entry)
                    .toList();
        });
    }

    /** Takes a channel off the list. What is installed from it stays. */
    public void remove(String name) throws CairnException {
        change(entries -> {
            ChannelEntry old = find(name, entries);
            if (old.origin().isGiven()) {
                throw new ChannelListException(
                        "the channel '" + name + "' is there by itself and cannot be removed",
                        "Use 'cairn channel disable " + name + "' to have it offer nothing.");
            }
            deleteFetched(old);
            return entries.stream().filter(entry -> !entry.equals(old)).toList();
        });
    }

    /** How the list changes. */
    @FunctionalInterface
    private interface Change {
        List<ChannelEntry> apply(List<ChannelEntry> entries) throws CairnException, IOException;
    }

    private void change(Change change) throws CairnException {
        list.exclusively(() -> list.write(change.apply(entries())));
        changed.run();
    }

    private void deleteFetched(ChannelEntry entry) throws IOException {
        if (Files.exists(folder(entry))) {
            FileTrees.delete(folder(entry));
        }
    }

    private static ChannelEntry find(String name, List<ChannelEntry> entries) throws ChannelListException {
        return entries.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ChannelListException("there is no channel '" + name + "'", HINT_LIST));
    }

    /**
     * Fetches what channels offer now, one after the other; a failure of one holds up no other.
     *
     * @param names of enabled channels; without any, all that have to be fetched
     */
    public List<Pulled> pull(Collection<String> names, EventSink events) throws CairnException {
        List<ChannelEntry> wanted = new ArrayList<>();
        List<ChannelEntry> entries = entries();
        for (String name : names) {
            wanted.add(enabled(find(name, entries)));
        }
        if (names.isEmpty()) {
            entries.stream().filter(ChannelEntry::enabled).forEach(wanted::add);
        }
        List<Pulled> pulled = new ArrayList<>();
        try {
            for (ChannelEntry entry : wanted) {
                Channel channel = open(entry, new DebianResolver());
                if (channel.fetches() || !names.isEmpty()) {
                    pulled.add(pull(channel, events));
                }
            }
        } finally {
            changed.run();
        }
        return pulled;
    }

    /**
     * Has a channel of Guix offer what a list of channels names, this once: pulled again, it follows its own branch.
     *
     * @return the revision, which is the current one now
     * @throws ChannelException when the channel's service cannot be asked for that
     */
    public ChannelRevision take(String name, ChannelDefinition guix, EventSink events) throws CairnException {
        ChannelEntry entry = enabled(find(name, entries()));
        if (!(entry.origin() instanceof ChannelOrigin.Guix(GuixSource own))) {
            throw noRevisions(name);
        }
        GuixChannel channel = guix(entry, StatedSource.of(own, guix));
        try {
            channel.refresh(events);
        } finally {
            changed.run();
        }
        return channel.status().revision().orElseThrow();
    }

    private static ChannelListException noRevisions(String name) {
        return new ChannelListException(
                "the channel '" + name + "' keeps no revisions", "Only channels of GNU Guix do. " + HINT_LIST);
    }

    /**
     * Fetches Guix's modules at the commits that channels offer now, to know what packages bring along. Where it is
     * known from where on commits are authenticated, they are.
     *
     * @param names of channels; without any, all enabled ones of Guix
     * @param asked where the modules are, and what is believed of it
     */
    public List<FetchedModules> fetchModules(Collection<String> names, ModulesWish asked, EventSink events)
            throws CairnException {
        List<FetchedModules> fetched = new ArrayList<>();
        for (ChannelEntry entry : entries()) {
            boolean meant = names.isEmpty() ? entry.enabled() : names.contains(entry.name());
            if (meant && entry.origin() instanceof ChannelOrigin.Guix(GuixSource source)) {
                ChannelHome from = asked.home(source.home()).orElseThrow(() -> new ChannelListException(
                        "where the modules of the channel '" + entry.name() + "' are cannot be told",
                        "Name the address of the Git repository: --modules=URL."));
                for (ChannelRevision revision : revisions(entry.name())) {
                    if (revision.current()) {
                        fetched.add(knowledge.fetch(
                                entry.name(), from, revision.commit(), asked.downgrades(), events));
                    }
                }
            }
        }
        return fetched;
    }

    /**
     * What those who look after a channel tell of what came between the revision before the current one and that.
     *
     * @return the newest first; empty where nobody knows: there is no revision before, or modules were not fetched
     */
    public Optional<List<ChannelNews.Entry>> news(String name) throws CairnException {
        Optional<ChannelRevision> before = Optional.empty();
        for (ChannelRevision revision : revisions(name)) {
            if (revision.current()) {
                return before.isPresent() ? news(name, before.get(), revision) : Optional.empty();
            }
            before = Optional.of(revision);
        }
        return Optional.empty();
    }

    private Optional<List<ChannelNews.Entry>> news(String name, ChannelRevision before, ChannelRevision now)
            throws CairnException {
        return find(name, entries()).origin() instanceof ChannelOrigin.Guix(GuixSource source)
                        && source.home().isPresent()
                ? knowledge.news(source.home().get(), before.commit(), now.commit())
                : Optional.empty();
    }

    /** The revisions that a channel keeps, by ascending number; empty for one that keeps none. */
    public List<ChannelRevision> revisions(String name) throws CairnException {
        Optional<RevisionHistory> history = open(find(name, entries()), new DebianResolver()).history();
        return history.isPresent() ? history.get().revisions() : List.of();
    }

    /** The revisions of a channel. @throws ChannelListException when it keeps none */
    public RevisionHistory history(String name) throws CairnException {
        return open(find(name, entries()), new DebianResolver())
                .history()
                .orElseThrow(() -> noRevisions(name));
    }

    /**
     * A channel as it was at another revision.
     *
     * @param revision as {@link RevisionHistory#at} takes it; {@code CHANNEL=REVISION} where several keep revisions
     * @throws ChannelListException when no enabled channel, or more than one, can be meant
     */
    Channel at(String revision, EventSink events) throws CairnException {
        int equals = revision.indexOf('=');
        List<String> names = new ArrayList<>();
        for (Channel channel : open()) {
            if (channel.history().isPresent() && (equals < 0 || channel.name().equals(revision.substring(0, equals)))) {
                names.add(channel.name());
            }
        }
        if (names.size() != 1) {
            throw new ChannelListException(
                    names.isEmpty()
                            ? "there is no enabled channel that keeps revisions"
                                    + (equals < 0 ? "" : " and is called '" + revision.substring(0, equals) + "'")
                            : "several channels keep revisions: " + String.join(", ", names),
                    names.isEmpty() ? HINT_LIST : "Say which one, as in " + names.getFirst() + "=" + revision + ".");
        }
        return history(names.getFirst()).at(revision.substring(equals + 1), events);
    }

    /** Has a channel offer what it offered at another time. */
    public void switchRevision(String name, int number) throws CairnException {
        history(name).switchTo(number);
        changed.run();
    }

    private static ChannelEntry enabled(ChannelEntry entry) throws ChannelListException {
        if (!entry.enabled()) {
            throw new ChannelListException(
                    "the channel '" + entry.name() + "' is disabled",
                    "Use 'cairn channel enable " + entry.name() + "' first.");
        }
        return entry;
    }

    private static Pulled pull(Channel channel, EventSink events) throws CairnException {
        boolean changed = false;
        Optional<CairnException> failure = Optional.empty();
        try {
            changed = channel.refresh(events);
        } catch (CairnException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            failure = Optional.of(e);
        }
        return new Pulled(channel.name(), changed, channel.status(), failure);
    }
}
