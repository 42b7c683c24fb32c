// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.profile;

import dev.cairn.debian.BinaryPackage;
import dev.cairn.debian.BinaryPackageReader;
import dev.cairn.debian.Relation;
import dev.cairn.error.FormatException;
import dev.cairn.layout.LogicalFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * What Cairn leaves out of what a package would do elsewhere, with what it leaves out of those packages that it needs
 * of the same source: what {@code nginx} starts is in {@code nginx-common}, which nobody asks for.
 */
public final class KinNotes {
    private static final int LONGEST_CONTROL = 1 << 20;
    private static final int LONGEST_NOTES = 4 << 20;

    /** Packages of one source that are looked at. */
    private static final int MOST = 100;

    private final LogicalFiles files;
    private final Path contents;

    private KinNotes(LogicalFiles files, Path contents) {
        this.files = files;
        this.contents = contents;
    }

    /**
     * The notes, one sentence each; those of other packages start with their names.
     *
     * @param overlay the profile's overlay item, or a link to it
     * @param key {@code NAME[:ARCHITECTURE]}
     */
    public static List<String> of(LogicalFiles files, Path overlay, String key) throws IOException {
        String text = new String(read(files, overlay.resolve("notes"), LONGEST_NOTES), StandardCharsets.UTF_8);
        List<String> notes = new ArrayList<>();
        for (String one : new KinNotes(files, overlay.resolve("contents")).kin(key)) {
            String prefix = one + ": ";
            text.lines()
                    .filter(line -> line.startsWith(prefix))
                    .map(line -> one.equals(key) ? line.substring(prefix.length()) : line)
                    .forEach(notes::add);
        }
        return notes;
    }

    /** The package, then those of its source that it needs, nearest first. */
    private SequencedSet<String> kin(String key) throws IOException {
        SequencedSet<String> kin = new LinkedHashSet<>(List.of(key));
        Optional<BinaryPackage> own = description(key);
        Deque<BinaryPackage> waiting = new ArrayDeque<>();
        own.ifPresent(waiting::add);
        String architecture = key.indexOf(':') < 0 ? "" : key.substring(key.indexOf(':'));
        while (!waiting.isEmpty() && kin.size() < MOST) {
            List<String> names = waiting.remove().depends().stream()
                    .flatMap(dependency -> dependency.alternatives().stream())
                    .map(Relation::name)
                    .toList();
            for (String name : names) {
                for (String one : architecture.isEmpty() ? List.of(name) : List.of(name + architecture, name)) {
                    Optional<BinaryPackage> other = kin.contains(one) ? Optional.empty() : description(one);
                    if (other.isPresent() && other.get().source().equals(own.orElseThrow().source())) {
                        kin.add(one);
                        waiting.add(other.get());
                    }
                }
            }
        }
        return kin;
    }

    private Optional<BinaryPackage> description(String key) throws IOException {
        byte[] octets = read(files, contents.resolve(key).resolve("control/control"), LONGEST_CONTROL);
        try {
            return octets.length == 0
                    ? Optional.empty()
                    : Optional.of(BinaryPackageReader.read(octets, 0, octets.length));
        } catch (FormatException _) {
            return Optional.empty();
        }
    }

    /** What is not there is empty. */
    private static byte[] read(LogicalFiles files, Path logical, int most) throws IOException {
        Optional<Path> file = files.resolve(logical).filter(Files::isRegularFile);
        if (file.isEmpty()) {
            return new byte[0];
        }
        try (InputStream in = Files.newInputStream(file.get())) {
            return in.readNBytes(most);
        }
    }
}
