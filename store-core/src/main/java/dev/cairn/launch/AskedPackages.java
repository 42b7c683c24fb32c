// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import dev.cairn.debian.BinaryPackage;
import dev.cairn.debian.BinaryPackageReader;
import dev.cairn.debian.ControlReader;
import dev.cairn.debian.Dependency;
import dev.cairn.debian.PackageName;
import dev.cairn.debian.Relation;
import dev.cairn.error.FormatException;
import dev.cairn.layout.LogicalFiles;
import dev.cairn.manifest.ManifestEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The Debian packages of a profile whose programs their user gets launchers and menu entries for. A tree has every
 * essential package and all dependencies; were their programs on the PATH of the host, its own {@code ls} and {@code
 * python3} would be hidden by whatever somebody installs. So these count:
 *
 * <ul>
 *   <li>the packages that were asked for,
 *   <li>what they depend on of the same source package: {@code imagemagick} is documentation, its programs are in
 *       another package,
 *   <li>where this finds nothing to start at once, as with {@code build-essential}, whatever they depend on; the
 *       same once more, unless that is a library.
 * </ul>
 *
 * <p>Essential packages count only when they themselves were asked for.
 */
final class AskedPackages {
    /** How far the dependencies of packages are followed that have nothing to start. */
    private static final int DEEPEST = 2;

    private static final List<Path> FOLDERS_OF_INTEREST =
            List.of(Path.of("usr/bin"), Path.of("usr/sbin"), Path.of("usr/games"), Path.of("usr/share/applications"));

    private final LogicalFiles files;
    private final Path contents;
    private final Map<String, Optional<BinaryPackage>> read = new HashMap<>();

    /** The contents folders of what counts, by {@code NAME[:ARCHITECTURE]}, as {@link #find} finds them. */
    private final SequencedMap<String, Path> asked = new LinkedHashMap<>();

    private AskedPackages(LogicalFiles files, Path contents) {
        this.files = files;
        this.contents = contents;
    }

    /**
     * The trees of the packages that count.
     *
     * @param entries top-level entries of a profile's manifest
     * @param overlay its overlay item
     */
    static List<Path> find(LogicalFiles files, List<ManifestEntry> entries, Path overlay) throws IOException {
        AskedPackages packages = new AskedPackages(files, overlay.resolve("contents"));
        for (ManifestEntry entry : entries) {
            if (entry.properties().containsKey(ManifestEntry.DEBIAN) && PackageName.isValid(entry.name())) {
                String key = entry.output().equals("out") ? entry.name() : entry.name() + ":" + entry.output();
                packages.add(key, 0);
            }
        }
        List<Path> trees = new ArrayList<>();
        packages.asked.values().forEach(folder -> trees.add(folder.resolve("tree")));
        return trees;
    }

    private void add(String key, int depth) throws IOException {
        Optional<Path> folder = files.resolve(contents.resolve(key));
        Optional<BinaryPackage> own = read(key);
        if (folder.isEmpty() || own.isEmpty() || asked.putIfAbsent(key, folder.get()) != null) {
            return;
        }
        List<String> kin = new ArrayList<>();
        List<String> others = new ArrayList<>();
        boolean startable = canBeStarted(folder.get());
        for (String needed : dependencies(key, own.get())) {
            BinaryPackage other = read(needed).orElseThrow();
            if (!other.essential()) {
                boolean related = other.source().equals(own.get().source());
                (related ? kin : others).add(needed);
                startable |= related && canBeStarted(files.resolve(contents.resolve(needed)).orElseThrow());
            }
        }
        if (!startable && depth < DEEPEST && (depth == 0 || !key.startsWith("lib"))) {
            for (String other : others) {
                add(other, depth + 1);
            }
        }
        for (String related : kin) {
            add(related, DEEPEST);
        }
    }

    private static boolean canBeStarted(Path folder) throws IOException {
        for (Path of : FOLDERS_OF_INTEREST) {
            if (Files.isDirectory(folder.resolve("tree").resolve(of), LinkOption.NOFOLLOW_LINKS)) {
                return true;
            }
        }
        return false;
    }

    /** Those of the named packages that are there. */
    private List<String> dependencies(String key, BinaryPackage own) throws IOException {
        int colon = key.indexOf(':');
        String architecture = colon < 0 ? "" : key.substring(colon);
        List<String> there = new ArrayList<>();
        for (Dependency dependency : own.depends()) {
            for (Relation relation : dependency.alternatives()) {
                // Of a foreign architecture first, if it is one.
                if (read(relation.name() + architecture).isPresent()) {
                    there.add(relation.name() + architecture);
                    break;
                } else if (read(relation.name()).isPresent()) {
                    there.add(relation.name());
                    break;
                }
            }
        }
        return there;
    }

    private Optional<BinaryPackage> read(String key) throws IOException {
        Optional<BinaryPackage> known = read.get(key);
        if (known == null) {
            known = readControl(key);
            read.put(key, known);
        }
        return known;
    }

    private Optional<BinaryPackage> readControl(String key) throws IOException {
        Optional<Path> folder = files.resolve(contents.resolve(key));
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        Path control = folder.get().resolve("control").resolve("control");
        if (!Files.isRegularFile(control, LinkOption.NOFOLLOW_LINKS)
                || Files.size(control) > ControlReader.LONGEST_PARAGRAPH) {
            return Optional.empty();
        }
        byte[] octets = Files.readAllBytes(control);
        try {
            return Optional.of(BinaryPackageReader.read(octets, 0, octets.length));
        } catch (FormatException _) {
            // The channel refuses such packages; one that got here otherwise just has nothing to say.
            return Optional.empty();
        }
    }
}
