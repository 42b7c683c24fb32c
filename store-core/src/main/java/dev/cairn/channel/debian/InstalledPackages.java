// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.debian.BinaryPackage;
import dev.cairn.debian.BinaryPackageReader;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.fs.FileTrees;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a profile has of packages of archives, as the store's items say. Reads what each item holds once. For one
 * request, by one thread.
 */
final class InstalledPackages {
    /** The longest control file that is read, in octets; real ones have some thousands. */
    private static final int LONGEST_CONTROL = 1 << 20;

    private final Daemon daemon;
    private final Map<StorePath, Item> items = new LinkedHashMap<>();

    /**
     * An installed package.
     *
     * @param foreign its architecture, unless that is the machine's own or it is for all
     * @param contents the item of its contents
     */
    record Installed(String name, Optional<String> foreign, StorePath contents) {}

    private record Item(List<Installed> packages, List<StorePath> dependencies) {}

    /** @param entries those of the profile; of any that is no longer in the store nothing is known */
    InstalledPackages(Daemon daemon, Collection<ManifestEntry> entries) throws CairnException {
        this.daemon = daemon;
        closure(entries.stream().map(ManifestEntry::item).toList());
    }

    /** All of them. */
    SequencedSet<Installed> all() {
        SequencedSet<Installed> all = new LinkedHashSet<>();
        items.values().forEach(item -> all.addAll(item.packages()));
        return all;
    }

    /** Those that entries are made of, and all that these need. */
    Set<Installed> neededBy(Collection<ManifestEntry> entries) throws CairnException {
        Set<Installed> needed = new LinkedHashSet<>();
        for (StorePath item : closure(entries.stream().map(ManifestEntry::item).toList())) {
            needed.addAll(items.get(item).packages());
        }
        return needed;
    }

    private Set<StorePath> closure(Collection<StorePath> roots) throws CairnException {
        Set<StorePath> seen = new LinkedHashSet<>();
        Deque<StorePath> waiting = new ArrayDeque<>(roots);
        while (!waiting.isEmpty()) {
            StorePath item = waiting.remove();
            if (seen.add(item)) {
                Item known = items.get(item);
                if (known == null) {
                    known = read(item);
                    items.put(item, known);
                }
                waiting.addAll(known.dependencies());
            }
        }
        return seen;
    }

    private Item read(StorePath item) throws CairnException {
        Path folder = daemon.physical(item).resolve("debian");
        List<Installed> packages = new ArrayList<>();
        links(folder.resolve("contents")).forEach((label, contents) -> {
            int colon = label.indexOf(':');
            packages.add(
                    colon < 0
                            ? new Installed(label, Optional.empty(), contents)
                            : new Installed(
                                    label.substring(0, colon), Optional.of(label.substring(colon + 1)), contents));
        });
        return new Item(packages, List.copyOf(links(folder.resolve("dependencies")).values()));
    }

    /** The links of a folder by name, in order; none where there is no such folder. */
    private Map<String, StorePath> links(Path folder) throws CairnException {
        Map<String, StorePath> links = new TreeMap<>();
        try {
            for (Path entry : FileTrees.entries(folder)) {
                String target = Files.readSymbolicLink(entry).toString();
                links.put(entry.getFileName().toString(), daemon.storeDirectory().parse(target));
            }
        } catch (NoSuchFileException | NotDirectoryException _) {
            return Map.of();
        } catch (IOException e) {
            throw DaemonException.of("reading '" + folder + "'", e);
        }
        return links;
    }

    /** What the contents of a package say of it; empty where they are not there or not to be understood. */
    Optional<BinaryPackage> description(StorePath contents) throws CairnException {
        Path control = daemon.physical(contents).resolve("control/control");
        try (InputStream in = Files.newInputStream(control)) {
            byte[] octets = in.readNBytes(LONGEST_CONTROL);
            return Optional.of(BinaryPackageReader.read(octets, 0, octets.length));
        } catch (NoSuchFileException | FormatException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw DaemonException.of("reading '" + control + "'", e);
        }
    }
}
