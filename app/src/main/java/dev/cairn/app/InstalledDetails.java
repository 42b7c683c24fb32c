// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.profile.KinNotes;
import dev.cairn.daemon.DaemonException;
import dev.cairn.debian.CopyrightFile;
import dev.cairn.error.CairnException;
import dev.cairn.layout.LogicalFiles;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.profile.Generation;
import dev.cairn.profile.Profile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a package of an archive only once it is installed.
 *
 * @param licences names, where its copyright file is machine-readable
 * @param notes what it would do elsewhere and Cairn does not, one sentence each
 */
public record InstalledDetails(List<String> licences, List<String> notes) {
    public InstalledDetails {
        licences = List.copyOf(licences);
        notes = List.copyOf(notes);
    }

    /** Looks into the current generation; empty where it does not have the package in that version. */
    public static Optional<InstalledDetails> of(Workspace workspace, String name, String version)
            throws CairnException {
        Profile profile = workspace.profile();
        Optional<Generation> current = profile.generation(profile.currentNumber());
        boolean installed = current.isPresent()
                && profile.manifest().transitiveEntries().stream()
                        .filter(entry -> entry.properties().containsKey(ManifestEntry.DEBIAN))
                        .anyMatch(entry -> entry.name().equals(name) && entry.version().equals(version));
        if (!installed) {
            return Optional.empty();
        }
        LogicalFiles files = new LogicalFiles(workspace.layout());
        Path overlay = Path.of(current.get().item().toString(), "debian");
        try {
            return Optional.of(new InstalledDetails(
                    CopyrightFile.licences(copyright(files, overlay.resolve("contents"), name)),
                    KinNotes.of(files, overlay, name)));
        } catch (IOException e) {
            throw DaemonException.of("reading the files of '" + name + "'", e);
        }
    }

    /** Some packages have their documentation in that of another one, by a link. */
    private static byte[] copyright(LogicalFiles files, Path contents, String name) {
        Path folder = contents.resolve(name).resolve("tree/usr/share/doc").resolve(name);
        byte[] own = read(files, folder.resolve("copyright"), CopyrightFile.LONGEST);
        if (own.length > 0) {
            return own;
        }
        try {
            Optional<Path> parent = files.resolve(folder.getParent());
            Path link = parent.orElse(folder).resolve(name);
            if (!Files.isSymbolicLink(link)) {
                return own;
            }
            String other = Files.readSymbolicLink(link).getFileName().toString();
            Path there = contents.resolve(other).resolve("tree/usr/share/doc").resolve(other);
            return read(files, there.resolve("copyright"), CopyrightFile.LONGEST);
        } catch (IOException _) {
            return own;
        }
    }

    /** What is not there or cannot be read says nothing. */
    private static byte[] read(LogicalFiles files, Path logical, int most) {
        try {
            Optional<Path> file = files.resolve(logical).filter(Files::isRegularFile);
            if (file.isEmpty()) {
                return new byte[0];
            }
            try (InputStream in = Files.newInputStream(file.get())) {
                return in.readNBytes(most);
            }
        } catch (IOException _) {
            return new byte[0];
        }
    }
}
