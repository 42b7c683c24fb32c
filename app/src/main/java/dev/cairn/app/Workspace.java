// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogFile;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.ChannelProblem;
import dev.cairn.channel.Channel;
import dev.cairn.channel.ChannelRevision;
import dev.cairn.channel.Selection;
import dev.cairn.channel.Wish;
import dev.cairn.channel.debian.ArchiveSource;
import dev.cairn.channel.guix.source.PackageVariables;
import dev.cairn.daemon.Client;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.Downloads;
import dev.cairn.daemon.HostSystem;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.daemon.SubstituteUrls;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.http.Proxies;
import dev.cairn.launch.Launchers;
import dev.cairn.layout.StoreLayout;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.manifest.code.WantedPackage;
import dev.cairn.manifest.code.WantedPackage.Subject;
import dev.cairn.packages.Specification;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.profile.Profile;
import dev.cairn.scheme.code.Form;
import dev.cairn.store.LocalStore;
import dev.cairn.transaction.Transactions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything a front end works with, for one user and one store. Parts are opened when first asked for, so that a
 * command that only reads a profile does not touch the database. Safe for use by several threads.
 */
public final class Workspace implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workspace.class);

    private final Map<String, String> environment;
    private final Choices choices;
    private final Installation installation;
    private final Path machineRoot;
    private final Folders folders;
    private final Optional<Path> dataHome;
    private final Optional<DaemonService> service;
    private final StoreLayout layout;
    private final Profile profile;
    private final boolean ownProfile;
    private final MachineArchives machine;
    private final GuixKnowledge knowledge;
    private final Channels channelList;

    private volatile EventSink catalogEvents = EventSink.NONE;
    private final Once<Daemon> daemon = new Once<>();
    private final Once<List<Channel>> channels = new Once<>();
    private final Once<List<ArchiveSource>> archives = new Once<>();
    private final Once<Catalog> catalog = new Once<>();
    private final Once<Transactions> transactions = new Once<>();

    /** The only channel there is, as it was at another revision. */
    private volatile Optional<Channel> past = Optional.empty();

    /** The catalog before the present one, if there was one. */
    private final AtomicReference<@Nullable Catalog> givenUp = new AtomicReference<>();

    /**
     * The user's own store and profile.
     *
     * @param environment the variables of the process: HOME, XDG_DATA_HOME, XDG_CACHE_HOME, XDG_CONFIG_HOME,
     *     XDG_STATE_HOME, USER, CAIRN_STORE_ROOT, CAIRN_DAEMON, those that name a daemon's folders
     */
    public static Workspace of(Map<String, String> environment) {
        return of(environment, Choices.NONE);
    }

    /** A store and a profile of the caller's choice. */
    public static Workspace of(Map<String, String> environment, Choices choices) {
        return of(environment, choices, Installation.here(), Path.of("/"));
    }

    /**
     * As if Cairn ran on another machine.
     *
     * @param machine the folder that stands for {@code /} where the machine's own configuration is looked for
     */
    public static Workspace of(
            Map<String, String> environment, Choices choices, Installation installation, Path machine) {
        return new Workspace(environment, choices.orEnvironment(environment), installation, machine);
    }

    private Workspace(Map<String, String> environment, Choices choices, Installation installation, Path machineRoot) {
        this.environment = Map.copyOf(environment);
        this.choices = choices;
        this.installation = installation;
        this.machineRoot = machineRoot;
        this.folders = Folders.of(environment);
        this.dataHome = dataHome(environment);
        this.service = DaemonService.of(choices, folders, environment);
        this.layout = service.map(DaemonService::layout).orElseGet(() -> choices.storeRoot()
                .map(root -> new StoreLayout(StoreDirectory.GNU, root))
                .orElseGet(() -> StoreLayout.user(environment)));
        Profile own = Profile.ofUser(layout, environment);
        this.profile = choices.profile().map(name -> Profile.named(layout, environment, name)).orElse(own);
        this.ownProfile = profile.link().equals(own.link());
        this.machine = new MachineArchives(machineRoot, environment);
        this.knowledge = new GuixKnowledge(folders.cache(), machineRoot, GuixProgram.find(environment));
        this.channelList = new Channels(
                new ChannelList(folders.configuration().resolve("channels.json")),
                installation.bundledChannel(),
                machine,
                folders.cache().resolve("channels"),
                this::channelsChanged,
                knowledge);
    }

    /**
     * The same user on another store, of which nothing is opened yet. Asks a daemon which kind it is, for two seconds
     * at most.
     *
     * @param daemon where it listens; the own store without
     */
    Workspace on(Optional<String> daemon) {
        Choices other = new Choices(
                choices.storeRoot(), choices.profile(), Optional.of(daemon.orElse(DaemonService.NONE)));
        return new Workspace(environment, other, installation, machineRoot);
    }

    /** Where menu entries go; nowhere if the process does not say whose folders are meant. */
    private static Optional<Path> dataHome(Map<String, String> environment) {
        String dataHome = environment.getOrDefault("XDG_DATA_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        if (dataHome.startsWith("/")) {
            return Optional.of(Path.of(dataHome));
        }
        return home.startsWith("/") ? Optional.of(Path.of(home, ".local", "share")) : Optional.empty();
    }

    public Folders folders() {
        return folders;
    }

    public StoreLayout layout() {
        return layout;
    }

    public Profile profile() {
        return profile;
    }

    /** Where the reading of changed channels is told; to be set before the catalog is first asked for. */
    public void tellCatalogEvents(EventSink events) {
        catalogEvents = events;
    }

    /** The store: that of this process, or the daemon that was chosen. */
    public Daemon daemon() throws CairnException {
        return daemon.get(() -> {
            if (service.isPresent()) {
                return service.get().open(proxies());
            }
            StoreSettings settings =
                    new SubstituteUrls(layout).addTo(StoreSettings.DEFAULT.change()).build();
            return LocalStore.open(layout, proxies(), settings, Client.SELF);
        });
    }

    /** How addresses are reached on this machine. */
    public Proxies proxies() {
        return machine.proxies(this::archives);
    }

    /** Other servers of substitutes were chosen: the store of this process asks them from now on. */
    void serversChanged() throws CairnException {
        Daemon opened = daemon.opened();
        if (opened != null && service.isEmpty()) {
            opened.configure(new SubstituteUrls(layout).addTo(opened.settings().change()).build());
        }
    }

    /**
     * Makes sure that the store can be worked with: opens it, or reaches for its daemon and looks where its files are.
     */
    void check() throws CairnException {
        daemon().pathFromHashPart("0".repeat(StorePath.HASH_LENGTH));
        if (service.isPresent()) {
            service.get().checkPlace();
        }
    }

    /** What the user's settings say of daemons. */
    DaemonSetting daemonSetting() {
        return new DaemonSetting(folders);
    }

    /** The variable that decides which store the next start works on, whatever the settings say. */
    Optional<String> overruling() {
        return Stream.of("CAIRN_DAEMON", "CAIRN_STORE_ROOT")
                .filter(variable -> !environment.getOrDefault(variable, "").isEmpty())
                .findFirst();
    }

    /** Where the daemon listens that is worked with, if it is not the store of this process. */
    public Optional<String> daemonAddress() {
        return service.map(DaemonService::address);
    }

    /** The list of channels, to be looked at and changed. */
    public Channels channelList() {
        return channelList;
    }

    /** The enabled channels, that of the highest priority first. */
    public List<Channel> channels() throws CairnException {
        return past.isPresent() ? List.of(past.get()) : channels.get(channelList::open);
    }

    /**
     * What variables of Guix's modules mean that a manifest names packages by, at the commit that the first channel
     * offers now of which modules were fetched; empty where there is no such channel.
     *
     * @param imports the modules that the manifest sees, as they stand in {@code use-modules}
     */
    public Optional<Map<Subject.Variable, PackageVariables.Meaning>> variables(
            List<Form> imports, List<WantedPackage> wanted) throws CairnException {
        for (Channel channel : channels()) {
            Optional<ChannelRevision> revision = channel.prebuilt() ? channel.status().revision() : Optional.empty();
            if (revision.isPresent()) {
                var meanings = knowledge.variables(revision.get().commit(), imports, wanted);
                if (meanings.isPresent()) {
                    return meanings;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Works from now on with nothing but one channel as it was at another revision, which is fetched if need be.
     *
     * @param revision the number of a revision that is kept, or a commit; {@code CHANNEL=REVISION} where several
     *     channels keep revisions
     */
    public void lookInto(String revision, EventSink events) throws CairnException {
        past = Optional.of(channelList.at(revision, events));
        channelsChanged();
    }

    /** The channel that alone is worked with, as it was at another revision. */
    Optional<Channel> past() {
        return past;
    }

    /** Works with all channels again, as they are now. */
    void lookAtPresent() {
        if (past.isPresent()) {
            past = Optional.empty();
            channelsChanged();
        }
    }

    /** The archives that packages are downloaded from; none where that cannot be found out. */
    private List<ArchiveSource> archives() {
        try {
            return archives.get(channelList::archives);
        } catch (CairnException _) {
            // Whoever needs the channels themselves is told.
            return List.of();
        }
    }

    /**
     * Has the parts that depend on the channels opened anew. A catalog that is in use is replaced once the new one is
     * ready, so that nobody who searches meanwhile waits, and stays open until the one after it is given up too.
     */
    void channelsChanged() {
        channels.forget();
        archives.forget();
        transactions.forget();
        if (catalog.opened() == null) {
            return;
        }
        Catalog old;
        try {
            old = catalog.replace(openCatalog());
        } catch (CairnException _) {
            // Whoever asks for it next is told.
            old = catalog.forget();
        }
        Catalog older = old == null ? null : givenUp.getAndSet(old);
        if (older != null) {
            close(older);
        }
    }

    public Catalog catalog() throws CairnException {
        return catalog.get(this::openCatalog);
    }

    private Catalog openCatalog() throws CairnException {
        Path file = past.isPresent()
                ? PastCatalogs.in(folders.cache().resolve("revisions")).file(past.get())
                : folders.cache().resolve("catalog.sqlite");
        return CatalogFile.open(file, channels(), catalogEvents);
    }

    /** What is wrong in the channels; empty as long as nobody asked for the catalog. */
    public List<ChannelProblem> channelProblems() throws CairnException {
        Catalog opened = catalog.opened();
        return opened == null ? List.of() : opened.problems();
    }

    public Transactions transactions() throws CairnException {
        return transactions.get(() -> new Transactions(daemon(), catalog(), channels(), HostSystem.name()));
    }

    public Launchers launchers() {
        return new Launchers(layout, dataHome);
    }

    /**
     * Brings what runs programs up to date after a change of the profile. The launchers follow the user's own profile
     * alone; of another one the programs are made ready for {@code cairn run}.
     */
    public void followProfile() throws CairnException {
        if (service.isPresent() && !Files.isWritable(layout.root())) {
            // The folder of launchers is for whoever keeps the daemon's store there.
            return;
        }
        if (ownProfile) {
            launchers().follow(profile);
        } else {
            launchers().prepare(profile);
        }
    }

    /** Adds the derivation that a specification means to the store, as for an empty profile. */
    public Selection.Origin origin(Specification specification) throws CairnException {
        Selection selection = selection(specification, catalog().resolve(specification));
        return Objects.requireNonNull(
                selection.origins().get(selection.entries().getFirst().item()));
    }

    /** The item that a specification means, if its package is one that is fetched as it is. */
    public Optional<StorePath> readyMade(Specification specification) throws CairnException {
        CatalogPackage wanted = catalog().resolve(specification);
        boolean prebuilt = channels().stream()
                .anyMatch(channel -> channel.name().equals(wanted.key().channel()) && channel.prebuilt());
        if (!prebuilt) {
            return Optional.empty();
        }
        Selection selection = selection(specification, wanted);
        StorePath item = selection.entries().getFirst().item();
        return Optional.of(item).filter(_ -> selection.origins().get(item) instanceof Selection.Origin.Fetched);
    }

    private Selection selection(Specification specification, CatalogPackage wanted) throws CairnException {
        return selection(wanted, specification.output().orElse(wanted.outputs().getFirst()));
    }

    /** What a profile of one output of a package alone would have of it; nothing is built or fetched. */
    public ManifestEntry entry(CatalogPackage wanted, String output) throws CairnException {
        return selection(wanted, output).entries().getFirst();
    }

    private Selection selection(CatalogPackage wanted, String output) throws CairnException {
        Wish wish = new Wish(List.of(new Wish.Wanted.Exactly(wanted, output)), List.of(), HostSystem.name());
        for (Channel channel : channels()) {
            if (channel.name().equals(wanted.key().channel())) {
                return channel.resolver().select(wish, daemon());
            }
        }
        throw new IllegalStateException("the catalog has a channel that is not open: " + wanted.key());
    }

    /**
     * What it would take to fetch a package now, if its packages are fetched as they are; asks servers of substitutes.
     */
    public Optional<Downloads> downloads(CatalogPackage wanted, EventSink events) throws CairnException {
        for (Channel channel : channels()) {
            if (channel.name().equals(wanted.key().channel()) && channel.prebuilt()) {
                Wish.Wanted exactly = new Wish.Wanted.Exactly(wanted, wanted.outputs().getFirst());
                Wish wish = new Wish(List.of(exactly), List.of(), HostSystem.name());
                List<StorePath> items = new ArrayList<>();
                channel.resolver().select(wish, daemon()).origins().forEach((item, origin) -> {
                    if (origin instanceof Selection.Origin.Fetched) {
                        items.add(item);
                    }
                });
                return Optional.of(Downloads.of(daemon(), items, events));
            }
        }
        return Optional.empty();
    }

    private static void close(Catalog catalog) {
        try {
            catalog.close();
        } catch (CairnException e) {
            LOG.warn("cannot close a catalog that is not needed any more: {}", e.toString());
        }
    }

    @Override
    public void close() throws CairnException {
        try (Daemon _ = daemon.opened();
                Catalog _ = catalog.opened();
                Catalog _ = givenUp.get();
                GuixKnowledge _ = knowledge) {
            // Closing them is all there is to do.
            return;
        }
    }
}
