// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import dev.cairn.encoding.ShellWord;
import dev.cairn.error.CairnException;
import dev.cairn.fs.AtomicFiles;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.PosixLock;
import dev.cairn.layout.LogicalFiles;
import dev.cairn.layout.StoreLayout;
import dev.cairn.profile.Profile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Small shell scripts that run the programs of a profile with the physical store shown at its logical name, without
 * starting a JVM.
 *
 * <p>The folder holds one script per program, which runs {@code .cairn-run PROGRAM ARGUMENT...} beside it; {@code
 * cairn run} uses the same file. That one enters a mount namespace (by way of {@code .cairn-enter}, or of bwrap where
 * the former cannot), sets the profile's search paths from {@code .cairn-environment} and executes the program of the
 * generation that is current at that moment. On a system store programs run directly and nothing is written.
 *
 * <p>Where the profile has Debian packages, their merged tree is made as well, and {@code .cairn-environment} names it:
 * programs of the tree see it as {@code /usr}. A program that both the profile itself and its tree have is the
 * profile's. Programs of other profiles have no launchers; {@code .cairn-run} is told a file like {@code
 * .cairn-environment}.
 *
 * <p>Safe for use by several threads and processes.
 */
public final class Launchers {
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");
    private static final List<String> PROGRAM_FOLDERS = List.of("bin", "sbin");

    private static final String RUN = ".cairn-run";
    private static final String ENTER = ".cairn-enter";
    private static final String ENVIRONMENT = ".cairn-environment";
    private static final String LOCK = ".cairn-lock";

    private final StoreLayout layout;
    private final LogicalFiles files;
    private final Optional<Path> dataHome;
    private final DebianTrees trees;
    private final KnownProfiles known;

    /** The launchers of one store, without entries in the menus of desktops. */
    public Launchers(StoreLayout layout) {
        this(layout, Optional.empty());
    }

    /**
     * The launchers of one store.
     *
     * @param dataHome the user's {@code $XDG_DATA_HOME}, where menu entries for Debian packages go, and their icons
     */
    public Launchers(StoreLayout layout, Optional<Path> dataHome) {
        this.layout = layout;
        this.dataHome = dataHome;
        this.files = new LogicalFiles(layout);
        this.trees = new DebianTrees(layout);
        this.known = new KnownProfiles(layout);
    }

    /** Makes the launcher folder hold exactly one launcher per program of the profile's current generation. */
    public void follow(Profile profile) throws CairnException {
        locked(1, folder -> {
            Optional<Path> tree = trees.make(profile);
            List<Path> asked = asked(profile);
            SortedSet<String> programs = programsOf(profile);
            SortedSet<String> ofTree = tree.isEmpty()
                    ? new TreeSet<>()
                    : new TreePrograms(files, tree.get()).of(asked);
            ofTree.removeAll(programs);
            programs.addAll(ofTree);
            update(folder.resolve(ENVIRONMENT), environment(profile, tree), PLAIN);
            known.forget(profile.link());
            for (String program : programs) {
                update(folder.resolve(program), stub(program), EXECUTABLE);
            }
            for (String name : scripts(folder)) {
                if (!programs.contains(name)) {
                    Files.deleteIfExists(folder.resolve(name));
                }
            }
            export(tree, asked, ofTree);
        });
    }

    private void export(Optional<Path> tree, List<Path> asked, SortedSet<String> launched) throws IOException {
        boolean writable = layout.root().toString().chars().noneMatch(Character::isISOControl);
        if (dataHome.isEmpty() || !writable) {
            return;
        }
        Path folder = layout.launchers();
        DesktopExports exports = new DesktopExports(
                dataHome.get(),
                layout.root(),
                name -> folder.resolve(name).toString(),
                folder.resolve(RUN).toString());
        if (tree.isPresent()) {
            exports.follow(asked, new TreePrograms(files, tree.get()), launched);
        } else {
            exports.clear();
        }
    }

    /** Makes the programs of another profile's current generation ready for {@link #command}, without launchers. */
    public void prepare(Profile profile) throws CairnException {
        locked(1, _ -> {
            Optional<Path> tree = trees.make(profile);
            Path file = known.file(profile.link());
            Files.createDirectories(file.getParent());
            update(file, environment(profile, tree), PLAIN);
        });
    }

    /**
     * Deletes the merged trees that no profile needs any more and whose last program has ended, also the one that is
     * kept for the next change: as long as they are there, they hold the space of files whose items are deleted.
     */
    public void tidy() throws CairnException {
        if (trees.any()) {
            locked(0, _ -> { });
        }
    }

    /**
     * The command that runs a program of a profile which was followed or prepared; its arguments come after it.
     *
     * @param program its name, or a file if it has a slash
     */
    public List<String> command(Profile profile, String program) {
        if (layout.isSystem()) {
            return List.of(profile.link().resolve("bin").resolve(program).toString());
        }
        String run = layout.launchers().resolve(RUN).toString();
        Path file = known.file(profile.link());
        return Files.isRegularFile(file)
                ? List.of(run, "--profile", file.toString(), program)
                : List.of(run, program);
    }

    /** What is done while nobody else changes launchers. */
    private interface Work {
        void in(Path folder) throws CairnException, IOException;
    }

    /** @param spares how many trees that nobody needs are kept for the next change */
    private void locked(int spares, Work work) throws CairnException {
        if (layout.isSystem()) {
            return;
        }
        Path folder = layout.launchers();
        try {
            Files.createDirectories(folder);
            try (PosixLock _ = PosixLock.acquire(folder.resolve(LOCK), PosixLock.Mode.EXCLUSIVE)) {
                update(folder.resolve(RUN), script("run.sh"), EXECUTABLE);
                update(folder.resolve(ENTER), script("enter.pl"), PLAIN);
                work.in(folder);
                trees.deleteUnneeded(known.links(), spares);
            }
        } catch (IOException e) {
            throw new LaunchException(folder, e);
        }
    }

    /** The trees of the packages whose programs get launchers. */
    private List<Path> asked(Profile profile) throws CairnException, IOException {
        Optional<Path> overlay = trees.overlay(profile.link());
        return overlay.isEmpty()
                ? List.of()
                : AskedPackages.find(files, profile.manifest().entries(), overlay.get());
    }

    /** The names of the programs that can be started now. */
    public List<String> programs() throws CairnException {
        try {
            return List.copyOf(
                    layout.isSystem()
                            ? programsOf(Profile.ofUser(layout, System.getenv()))
                            : scripts(layout.launchers()));
        } catch (IOException e) {
            throw new LaunchException(layout.launchers(), e);
        }
    }

    /**
     * Shell text for {@code eval} that puts the launchers on the PATH and sets the profile's search paths. Evaluating
     * it again changes nothing. On a system store it is what Guix tells its users to put into their shell profile.
     */
    public String shellEnvironment(Profile profile) throws CairnException {
        if (layout.isSystem()) {
            return "GUIX_PROFILE=" + ShellWord.quote(profile.link().toString()) + "\n. \"$GUIX_PROFILE/etc/profile\"\n";
        }
        String folder = ShellWord.quote(layout.launchers().toString());
        String path = "case :\"$PATH\": in *:" + folder + ":*) ;; *) export PATH=" + folder
                + "\"${PATH:+:}$PATH\" ;; esac\n";
        try {
            return path + searchPaths(profile);
        } catch (IOException e) {
            throw new LaunchException(layout.launchers(), e);
        }
    }

    private SortedSet<String> programsOf(Profile profile) throws IOException {
        SortedSet<String> programs = new TreeSet<>();
        for (String name : PROGRAM_FOLDERS) {
            Optional<Path> folder = files.resolve(profile.link().toAbsolutePath().resolve(name));
            if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
                continue;
            }
            for (Path entry : entries(folder.get())) {
                Optional<Path> file = files.resolve(entry);
                if (file.isPresent() && Files.isRegularFile(file.get()) && Files.isExecutable(file.get())
                        && !entry.getFileName().toString().startsWith(".")) {
                    programs.add(entry.getFileName().toString());
                }
            }
        }
        return programs;
    }

    /** The launchers that are there; nothing else has a name without a dot in front. */
    private SortedSet<String> scripts(Path folder) throws IOException {
        SortedSet<String> names = new TreeSet<>();
        for (Path entry : entries(folder)) {
            String name = entry.getFileName().toString();
            if (!name.startsWith(".")) {
                names.add(name);
            }
        }
        return names;
    }

    private static List<Path> entries(Path folder) throws IOException {
        try {
            return FileTrees.entries(folder);
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    private String stub(String program) {
        return "#!/bin/sh\n# Written by Cairn; changes are overwritten.\nexec "
                + ShellWord.quote(layout.launchers().resolve(RUN).toString()) + " " + ShellWord.quote(program)
                + " \"$@\"\n";
    }

    /** What {@code .cairn-run} has to know of a profile: variables, and a function that sets its search paths. */
    private String environment(Profile profile, Optional<Path> tree) throws IOException {
        Path link = profile.link().toAbsolutePath();
        StringBuilder text = new StringBuilder();
        variable(text, "profile", Optional.of(link));
        for (String name : PROGRAM_FOLDERS) {
            variable(text, name, files.resolve(link.resolve(name)));
        }
        variable(text, "tree", tree);
        return text + "_cairn_search_paths() {\n:\n" + searchPaths(profile) + "}\n";
    }

    private static void variable(StringBuilder text, String name, Optional<Path> value) {
        String word = value.map(Path::toString).orElse("");
        text.append("_cairn_").append(name).append('=').append(ShellWord.quote(word)).append('\n');
    }

    private String searchPaths(Profile profile) throws IOException {
        Path link = profile.link().toAbsolutePath();
        Optional<Path> file = files.resolve(link.resolve("etc").resolve("profile"));
        if (file.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        SearchPathLines.of(Files.readString(file.get()), link.toString())
                .forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private String script(String resource) throws IOException {
        try (InputStream in = Launchers.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource missing: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@ROOT@", ShellWord.quote(layout.root().toString()))
                    .replace("@STORE@", ShellWord.quote(layout.storeDirectory().path()))
                    .replace("@KNOWN@", String.join(" ", HostLinks.KNOWN));
        }
    }

    /** Replaces a file unless it is the same already. */
    private static void update(Path file, String text, Set<PosixFilePermission> permissions) throws IOException {
        byte[] contents = text.getBytes(StandardCharsets.UTF_8);
        boolean same = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == contents.length
                && Arrays.equals(Files.readAllBytes(file), contents)
                && Files.getPosixFilePermissions(file).equals(permissions);
        if (!same) {
            AtomicFiles.write(file, contents, permissions);
        }
    }
}
