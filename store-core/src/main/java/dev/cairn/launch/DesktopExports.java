// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Menu entries for the programs of Debian packages: {@code DATA_HOME/applications/cairn-NAME.desktop} for the entry
 * {@code NAME.desktop}, which starts the launchers, and the icons it names. They exist as long as the packages are in
 * the user's own profile.
 */
final class DesktopExports {
    private static final String MARK = "X-Cairn";
    private static final int LARGEST_ICON = 4 << 20;
    private static final int MOST_ENTRIES = 2000;
    private static final List<String> ICON_TYPES = List.of("png", "svg", "svgz", "xpm");
    private static final String APPLICATIONS = "usr/share/applications";
    private static final String HICOLOR = "usr/share/icons/hicolor";
    private static final String ENV = "/usr/bin/env";
    private static final String PIXMAPS = "usr/share/pixmaps";

    private final Path dataHome;
    private final Path root;
    private final Function<String, String> launcher;
    private final String runner;
    private final ExportedFiles exported;

    /**
     * @param dataHome {@code $XDG_DATA_HOME}
     * @param root of the store
     * @param launcher the full name of the launcher with a name
     * @param runner the full name of the script that runs programs without a launcher
     */
    DesktopExports(Path dataHome, Path root, Function<String, String> launcher, String runner) {
        this.dataHome = dataHome;
        this.root = root;
        this.launcher = launcher;
        this.runner = runner;
        this.exported = new ExportedFiles(root.resolve("var/cairn/exported"));
    }

    /**
     * Makes the exported files those of some packages.
     *
     * @param packages their trees
     * @param tree what they are merged into
     * @param launched the programs of the tree that have a launcher
     */
    void follow(List<Path> packages, TreePrograms tree, Set<String> launched) throws IOException {
        SortedMap<Path, byte[]> wanted = new TreeMap<>();
        for (Path from : packages) {
            for (Path file : entries(from.resolve(APPLICATIONS))) {
                String name = file.getFileName().toString();
                if (name.endsWith(".desktop") && isPlain(name) && wanted.size() < MOST_ENTRIES) {
                    add(name, tree, launched, wanted);
                }
            }
        }
        export(wanted);
    }

    /** Takes everything away that was exported. */
    void clear() throws IOException {
        export(new TreeMap<>());
    }

    private void export(SortedMap<Path, byte[]> wanted) throws IOException {
        String mark = "\n" + MARK + "=" + DesktopEntry.escape(root.toString()) + "\n";
        boolean changed = exported.follow(
                wanted, contents -> new String(contents, StandardCharsets.UTF_8).contains(mark));
        Path hicolor = dataHome.resolve("icons/hicolor");
        if (changed && Files.isDirectory(hicolor)) {
            // Its own time tells desktops that what they know of the theme is out of date.
            Files.setLastModifiedTime(hicolor, FileTime.from(Instant.now()));
        }
    }

    private void add(String name, TreePrograms tree, Set<String> launched, SortedMap<Path, byte[]> wanted)
            throws IOException {
        Interrupts.check();
        Optional<Path> file = tree.file("/" + APPLICATIONS + "/" + name);
        if (file.isEmpty() || !isReadable(file.get(), DesktopEntry.LARGEST)) {
            return;
        }
        Optional<DesktopEntry> parsed = DesktopEntry.parse(Files.readAllBytes(file.get()));
        if (parsed.isEmpty() || parsed.get().get("Hidden").equals(Optional.of("true"))) {
            return;
        }
        DesktopEntry entry = parsed.get();
        Optional<String> started = rewriteCommands(entry, tree, launched);
        if (started.isEmpty()) {
            return;
        }
        entry.put("TryExec", DesktopEntry.escape(started.get()));
        entry.remove("DBusActivatable");
        entry.remove("Path");
        if (entry.get("StartupWMClass").isEmpty()) {
            // Windows name the entry by its own name, not by the one that it gets here.
            entry.put("StartupWMClass", name.substring(0, name.length() - ".desktop".length()));
        }
        entry.put(MARK, DesktopEntry.escape(root.toString()));
        SortedMap<Path, byte[]> icons = new TreeMap<>();
        for (String group : entry.groups()) {
            Optional<String> icon = entry.get(group, "Icon");
            if (icon.isPresent()) {
                addIcon(entry, group, DesktopEntry.unescape(icon.get()), tree, icons);
            }
        }
        wanted.putAll(icons);
        wanted.put(
                dataHome.resolve("applications").resolve("cairn-" + name),
                entry.print().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Has the entry and its actions start launchers. An action that cannot be started goes.
     *
     * @return the file that the entry itself starts; empty where it starts nothing of the tree
     */
    private Optional<String> rewriteCommands(DesktopEntry entry, TreePrograms tree, Set<String> launched)
            throws IOException {
        Optional<String> first = Optional.empty();
        Optional<String> folder = folder(entry, tree);
        Optional<String> needed = entry.get("TryExec");
        if (needed.isPresent() && program(DesktopEntry.unescape(needed.get()), tree).isEmpty()) {
            return Optional.empty();
        }
        for (String group : entry.groups()) {
            Optional<DesktopExec> exec =
                    entry.get(group, "Exec").flatMap(value -> DesktopExec.parse(DesktopEntry.unescape(value)));
            Optional<String> program = exec.isEmpty() ? Optional.empty() : program(exec.get().program(), tree);
            boolean main = first.isEmpty();
            if (program.isPresent()) {
                List<String> words = main && folder.isPresent()
                        ? List.of(runner, ENV, "-C", folder.get(), program.get())
                        : command(program.get(), tree, launched);
                first = first.or(() -> Optional.of(words.getFirst()));
                entry.put(group, "Exec", DesktopEntry.escape(exec.get().with(words)));
            } else if (main) {
                return Optional.empty();
            } else {
                entry.removeAction(group);
            }
        }
        return first;
    }

    /** The full name of a program of the tree. */
    private static Optional<String> program(String word, TreePrograms tree) throws IOException {
        if (!word.startsWith("/")) {
            return isPlain(word) ? tree.find(word) : Optional.empty();
        }
        return isPlain(word.replace('/', '-')) && tree.canStart(word) ? Optional.of(word) : Optional.empty();
    }

    /** The working directory that the entry asks for, where only the tree has it and there is a way to get there. */
    private static Optional<String> folder(DesktopEntry entry, TreePrograms tree) throws IOException {
        Optional<String> folder = entry.get("Path").map(DesktopEntry::unescape).filter(path -> path.startsWith("/"));
        return folder.isPresent() && tree.canStart(ENV) && isPlain(folder.get().replace('/', '-'))
                        && tree.file(folder.get()).filter(Files::isDirectory).isPresent()
                ? folder
                : Optional.empty();
    }

    /** The words that start a program: its launcher, or the script that runs any. */
    private List<String> command(String program, TreePrograms tree, Set<String> launched) throws IOException {
        String name = program.substring(program.lastIndexOf('/') + 1);
        Optional<String> found = launched.contains(name) ? tree.find(name) : Optional.empty();
        boolean same = found.isPresent() && tree.file(found.get()).equals(tree.file(program));
        return same ? List.of(launcher.apply(name)) : List.of(runner, program);
    }

    /** Finds the icon that a group names. One that is a file by its full name is named where the host has it. */
    private void addIcon(
            DesktopEntry entry, String group, String icon, TreePrograms tree, SortedMap<Path, byte[]> icons)
            throws IOException {
        if (icon.startsWith("/")) {
            Optional<Path> file = isPlain(icon.replace('/', '-')) ? tree.file(icon) : Optional.empty();
            if (file.isPresent()) {
                entry.put(group, "Icon", DesktopEntry.escape(file.get().toString()));
            }
            return;
        }
        if (!isPlain(icon)) {
            return;
        }
        Path theme = dataHome.resolve("icons/hicolor");
        for (Path size : entries(tree.file("/" + HICOLOR))) {
            for (String type : ICON_TYPES) {
                for (String name : List.of(icon + "." + type, icon + "-symbolic." + type)) {
                    String place = size.getFileName() + "/apps/" + name;
                    if (isPlain(size.getFileName().toString())) {
                        addFile("/" + HICOLOR + "/" + place, theme.resolve(place), tree, icons);
                    }
                }
            }
        }
        if (icons.isEmpty()) {
            for (String type : ICON_TYPES) {
                String name = icon.endsWith("." + type) ? icon : icon + "." + type;
                addFile("/" + PIXMAPS + "/" + name, dataHome.resolve("icons").resolve(name), tree, icons);
            }
        }
    }

    private static void addFile(String from, Path to, TreePrograms tree, SortedMap<Path, byte[]> files)
            throws IOException {
        Optional<Path> file = tree.file(from);
        if (file.isPresent() && isReadable(file.get(), LARGEST_ICON)) {
            files.put(to, Files.readAllBytes(file.get()));
        }
    }

    private static boolean isReadable(Path file, int largest) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= largest;
    }

    /** Whether a name is a single one without anything that could be taken for something else. */
    private static boolean isPlain(String name) {
        return !name.isEmpty() && name.length() <= 200 && !name.startsWith(".") && name.indexOf('/') < 0
                && name.chars().noneMatch(c -> Character.isISOControl(c) || c == 0xfffd);
    }

    private static List<Path> entries(Optional<Path> folder) throws IOException {
        return folder.isPresent() ? entries(folder.get()) : List.of();
    }

    private static List<Path> entries(Path folder) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) ? FileTrees.entries(folder) : List.of();
    }
}
