// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.hook;

import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import dev.cairn.fs.Octets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which icons all packages have for each theme: {@code share/icons/THEME/icon-theme.cache}. GTK looks for no icon that
 * this file lacks, so that a package's own, of its icons alone, would hide those of the others.
 */
final class IconThemes {
    private static final String FOLDER = "share/icons";

    /** More than themes have; symlinks that lead upwards can make a small theme look like one without end. */
    private static final int MAX_DEPTH = 10;

    private static final int MAX_FOLDERS = 10_000;

    private static final Map<String, Integer> KINDS = Map.of(
            ".xpm", IconCache.XPM, ".svg", IconCache.SVG, ".png", IconCache.PNG, ".icon", IconCache.DESCRIPTION);

    private final HookInputs inputs;
    private final SortedMap<String, SequencedMap<String, Integer>> icons = new TreeMap<>();
    private int folders;
    private boolean endless;

    /**
     * Something in a theme.
     *
     * @param name its logical one
     * @param file where it is; all folders above are real ones
     */
    private record Entry(Path name, Path file) {}

    private IconThemes(HookInputs inputs) {
        this.inputs = inputs;
    }

    /** Adds a file for each theme that some package describes, and that has icons. */
    static void add(HookInputs inputs, Path output) throws IOException {
        for (Path theme : inputs.foldersIn(FOLDER)) {
            String folder = FOLDER + "/" + theme;
            if (inputs.has(folder + "/index.theme")) {
                IconThemes themes = new IconThemes(inputs);
                themes.collect(inputs.items().stream().map(item -> item.resolve(folder)).toList(), "", 0);
                themes.write(output.resolve(folder));
            }
        }
    }

    private void write(Path folder) throws IOException {
        icons.values().removeIf(places -> {
            places.values().removeIf(kinds -> kinds == IconCache.DESCRIPTION);
            return places.isEmpty();
        });
        // Without the file, GTK looks for icons itself.
        if (!icons.isEmpty() && !endless) {
            Files.write(Files.createDirectories(folder).resolve("icon-theme.cache"), IconCache.file(icons));
        }
    }

    /**
     * Takes up the icons of a folder and of those in it.
     *
     * @param places the folder in every item; not all need to be there
     * @param name relative to the theme; files of the theme's own folder are no icons
     */
    private void collect(List<Path> places, String name, int depth) throws IOException {
        Interrupts.check();
        endless |= depth > MAX_DEPTH || ++folders > MAX_FOLDERS;
        if (endless) {
            return;
        }
        SortedMap<String, List<Entry>> inside = new TreeMap<>();
        for (Path place : places) {
            Optional<Path> real = inputs.files().resolve(place);
            if (real.isPresent() && Files.isDirectory(real.get(), LinkOption.NOFOLLOW_LINKS)) {
                for (Path file : FileTrees.entries(real.get())) {
                    inside.computeIfAbsent(octets(file.getFileName()), _ -> new ArrayList<>())
                            .add(new Entry(place.resolve(file.getFileName()), file));
                }
            }
        }
        for (var entry : inside.entrySet()) {
            Optional<BasicFileAttributes> kind = kind(entry.getValue().getFirst());
            if (kind.isPresent() && kind.get().isDirectory()) {
                String inner = name.isEmpty() ? entry.getKey() : name + "/" + entry.getKey();
                collect(entry.getValue().stream().map(Entry::name).toList(), inner, depth + 1);
            } else if (kind.isPresent() && !name.isEmpty()) {
                add(entry.getKey(), name);
            }
        }
    }

    /**
     * What a name leads to. Themes have thousands of icons, so names are followed from their beginning only where they
     * are symlinks that lead to other folders.
     */
    private Optional<BasicFileAttributes> kind(Entry entry) throws IOException {
        Optional<BasicFileAttributes> kind = attributes(entry.file());
        if (kind.isPresent() && kind.get().isSymbolicLink()) {
            Path target = Files.readSymbolicLink(entry.file());
            if (!target.isAbsolute() && target.getNameCount() == 1) {
                kind = attributes(entry.file().resolveSibling(target));
            }
        }
        if (kind.isPresent() && kind.get().isSymbolicLink()) {
            Optional<Path> file = inputs.files().resolve(entry.name());
            kind = file.isEmpty() ? Optional.empty() : attributes(file.get());
        }
        return kind;
    }

    /** Those of the file itself; none where it is not there. */
    private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private static String octets(Path name) {
        return new String(Octets.of(name), StandardCharsets.ISO_8859_1);
    }

    private void add(String file, String folder) {
        int dot = file.lastIndexOf('.');
        Integer kind = dot < 0 ? null : KINDS.get(file.substring(dot));
        if (kind != null) {
            icons.computeIfAbsent(file.substring(0, dot), _ -> new LinkedHashMap<>())
                    .merge(folder, kind, Integer::sum);
        }
    }
}
