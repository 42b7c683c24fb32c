// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.profile;

import dev.cairn.app.task.Source;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.SubstituteInfo;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.path.StorePath;
import dev.cairn.profile.Generation;
import dev.cairn.profile.GenerationTag;
import dev.cairn.profile.LockedProfile;
import dev.cairn.profile.Profile;
import dev.cairn.transaction.Comparison;
import dev.cairn.transaction.Outlook;
import dev.cairn.transaction.Plan;
import dev.cairn.transaction.Request;
import dev.cairn.transaction.Transactions;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** The profile in a store, changed by the transactions that the command line uses too. */
public final class StoreProfileActions implements ProfileActions {
    /** What is to be done after a change. */
    @FunctionalInterface
    public interface Follow {
        void run() throws CairnException;
    }

    private final Profile profile;
    private final Source<Transactions> transactions;
    private final Source<Daemon> daemon;
    private final Follow launchers;
    private final DebianFiles debian;

    /** @param launchers brings the launchers up to date after a change */
    public StoreProfileActions(
            Profile profile, Source<Transactions> transactions, Source<Daemon> daemon, Follow launchers) {
        this.profile = profile;
        this.daemon = daemon;
        this.transactions = transactions;
        this.launchers = launchers;
        this.debian = new DebianFiles(profile);
    }

    @Override
    public Installed read() throws CairnException {
        int number = profile.currentNumber();
        return new Installed(number, profile.manifest(number).entries());
    }

    @Override
    public Plan plan(List<Request> requests) throws CairnException {
        return transactions.get().plan(profile, requests);
    }

    @Override
    public Outlook upgrades() throws CairnException {
        return transactions.get().upgrades(profile);
    }

    @Override
    public int apply(Plan plan, EventSink events) throws CairnException {
        int number = transactions.get().apply(plan, BuildOptions.DEFAULT, events).number();
        launchers.run();
        return number;
    }

    @Override
    public int switchTo(int number) throws CairnException {
        Generation now = transactions.get().switchTo(profile, number);
        launchers.run();
        return now.number();
    }

    @Override
    public List<Generation> generations() throws CairnException {
        return profile.generations();
    }

    @Override
    public Comparison compare(int from, int to) throws CairnException {
        return transactions.get().compare(profile, from, to);
    }

    @Override
    public long closureSize(StorePath item) throws CairnException {
        return daemon.get().closureSize(List.of(item));
    }

    @Override
    public void tag(int number, GenerationTag.Change change) throws CairnException {
        try (LockedProfile locked = profile.lockExisting()) {
            locked.tag(number, change);
        }
    }

    @Override
    public void deleteGenerations(Collection<Integer> numbers) throws CairnException {
        try (LockedProfile locked = profile.lockExisting()) {
            locked.delete(numbers);
        }
    }

    @Override
    public Path link() {
        return profile.link();
    }

    @Override
    public List<String> programs(ManifestEntry entry) throws CairnException {
        try {
            return isDebian(entry) ? debian.programs(entry) : programs(profile.layout().physical(entry.item()));
        } catch (IOException e) {
            throw DaemonException.of("listing the programs of '" + entry.item() + "'", e);
        }
    }

    private static List<String> programs(Path item) throws IOException {
        try {
            return FileTrees.entries(item.resolve("bin")).stream()
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException _) {
            return List.of();
        }
    }

    @Override
    public PackageFacts facts(ManifestEntry entry) throws CairnException {
        if (!isDebian(entry)) {
            return PackageFacts.NONE;
        }
        try {
            return new PackageFacts(debian.licenses(entry), debian.notes(entry));
        } catch (IOException e) {
            throw DaemonException.of("reading the files of '" + entry.item() + "'", e);
        }
    }

    private static boolean isDebian(ManifestEntry entry) {
        return entry.properties().containsKey(ManifestEntry.DEBIAN);
    }

    @Override
    public PackageSizes sizes(Plan plan, ManifestEntry entry) throws CairnException {
        SubstituteInfo offer = plan.downloads().items().get(entry.item());
        if (offer == null) {
            return daemon.get().isValid(entry.item()) ? sizes(entry) : PackageSizes.UNKNOWN;
        }
        return new PackageSizes(
                offer.narSize() > 0 ? OptionalLong.of(offer.narSize()) : OptionalLong.empty(),
                plan.downloads().missing().isEmpty() && plan.toBuild().isEmpty()
                        ? OptionalLong.of(plan.downloads().closureSize(daemon.get()))
                        : OptionalLong.empty());
    }

    @Override
    public PackageSizes sizes(ManifestEntry entry) throws CairnException {
        long closure = 0;
        OptionalLong own = OptionalLong.empty();
        for (PathInfo info : daemon.get().requisites(List.of(entry.item()))) {
            closure += info.narSize();
            own = info.path().equals(entry.item()) ? OptionalLong.of(info.narSize()) : own;
        }
        return new PackageSizes(own, OptionalLong.of(closure));
    }

    @Override
    public Path launcher(String program) {
        return profile.layout().launchers().resolve(program);
    }
}
