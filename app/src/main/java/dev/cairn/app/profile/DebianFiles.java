// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.profile;

import dev.cairn.debian.CopyrightFile;
import dev.cairn.fs.FileTrees;
import dev.cairn.layout.LogicalFiles;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The files of installed packages of Debian archives. */
final class DebianFiles {
    /** Longer texts are not read: no licence or list of notes is. */
    private static final long MAX_TEXT = 4 << 20;

    private static final List<String> PROGRAM_FOLDERS = List.of("tree/usr/bin", "tree/usr/sbin", "tree/usr/games");

    private final Profile profile;
    private final LogicalFiles files;

    DebianFiles(Profile profile) {
        this.profile = profile;
        this.files = new LogicalFiles(profile.layout());
    }

    /** Names of the programs that a package has itself. */
    List<String> programs(ManifestEntry entry) throws IOException {
        SortedSet<String> programs = new TreeSet<>();
        for (String folder : PROGRAM_FOLDERS) {
            Optional<Path> found = contents(entry, folder);
            if (found.isPresent()) {
                entries(found.get()).forEach(file -> programs.add(file.getFileName().toString()));
            }
        }
        return List.copyOf(programs);
    }

    /** The licences that a package's copyright file names in a form that can be read; else none. */
    List<String> licenses(ManifestEntry entry) throws IOException {
        Optional<Path> file = contents(entry, "tree/usr/share/doc/" + entry.name() + "/copyright");
        return file.isPresent() && isText(file.get())
                ? CopyrightFile.licences(Files.readAllBytes(file.get()))
                : List.of();
    }

    /** What was not reproduced for a package, from the notes of the profile's current generation. */
    List<String> notes(ManifestEntry entry) throws IOException {
        return KinNotes.of(files, profile.link().toAbsolutePath().resolve("debian"), key(entry));
    }

    private Optional<Path> contents(ManifestEntry entry, String name) throws IOException {
        return files.resolve(Path.of(entry.item().toString())
                .resolve("debian")
                .resolve("contents")
                .resolve(key(entry))
                .resolve(name));
    }

    private static String key(ManifestEntry entry) {
        return entry.output().equals("out") ? entry.name() : entry.name() + ":" + entry.output();
    }

    private static boolean isText(Path file) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) <= MAX_TEXT;
    }

    private static List<Path> entries(Path folder) throws IOException {
        try {
            return FileTrees.entries(folder);
        } catch (NoSuchFileException | NotDirectoryException _) {
            return List.of();
        }
    }
}
