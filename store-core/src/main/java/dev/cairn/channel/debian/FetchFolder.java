// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.ReleaseFile;
import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.openpgp.ClearSigned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is fetched of one source: {@code InRelease}, or {@code Release} with {@code Release.gpg}, as the archive has
 * them, and {@code COMPONENT_ARCHITECTURE_Packages} and {@code COMPONENT_Translation-en}, not compressed.
 */
record FetchFolder(Path path) {
    private static final int NAME = 80;

    /** A name that is the same every time, whatever the address holds, and tells people what it is. */
    static String name(ArchiveSource source) {
        String full = source.archive() + " " + source.suite();
        String text = full.replaceFirst("^[a-z]+://+", "").replaceAll("[^A-Za-z0-9.]+", "_");
        return (text.length() > NAME ? text.substring(0, NAME) : text)
                + "-" + Hash.sha256(full.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 8);
    }

    Path inRelease() {
        return path.resolve("InRelease");
    }

    Path release() {
        return path.resolve("Release");
    }

    Path releaseSignature() {
        return path.resolve("Release.gpg");
    }

    Path packages(String component, String architecture) {
        return path.resolve(plain(component + "_" + architecture + "_Packages"));
    }

    Path translation(String component) {
        return path.resolve(plain(component + "_Translation-en"));
    }

    /** The release that lies here, if there is one; it was verified before it came here. */
    Optional<ReleaseFile> storedRelease() throws IOException {
        try {
            if (Files.exists(inRelease())) {
                return Optional.of(ReleaseFile.read(ClearSigned.read(Files.readAllBytes(inRelease())).text()));
            }
            return Files.exists(release())
                    ? Optional.of(ReleaseFile.read(Files.readAllBytes(release())))
                    : Optional.empty();
        } catch (FormatException _) {
            return Optional.empty();
        }
    }

    /** Gives a file another name, or copies it where that cannot be done. */
    static void link(Path existing, Path name) throws IOException {
        try {
            Files.createLink(name, existing);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException _) {
            Files.copy(existing, name);
        }
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9.+_-]", "_");
    }
}
