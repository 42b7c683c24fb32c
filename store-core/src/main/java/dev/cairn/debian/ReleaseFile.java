// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import dev.cairn.error.FormatException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a suite of an archive says of itself: the text of {@code Release}, or that inside {@code InRelease}.
 *
 * @param origin who made the archive; empty if it does not say, as are label, suite and code name
 * @param suite such as {@code stable}
 * @param codename such as {@code bookworm}
 * @param date when it was made
 * @param validUntil when it expires, if it does
 * @param components such as {@code main}
 * @param architectures that it has packages for
 * @param byHash whether files can be had by their digests ({@code Acquire-By-Hash})
 * @param notAutomatic whether its packages are to be taken only on request ({@code NotAutomatic}), as of backports
 * @param butAutomaticUpgrades whether those that were taken all the same are upgraded from it
 * @param noSupportForArchitectureAll whether packages of all architectures are in the indices of each one, and an index
 *     {@code binary-all} is not to be read
 * @param files by name relative to the folder of the suite
 */
public record ReleaseFile(
        String origin,
        String label,
        String suite,
        String codename,
        Optional<Instant> date,
        Optional<Instant> validUntil,
        List<String> components,
        List<String> architectures,
        boolean byHash,
        boolean notAutomatic,
        boolean butAutomaticUpgrades,
        boolean noSupportForArchitectureAll,
        Map<String, IndexFile> files) {
    /** Octets that a file may have. */
    public static final int LONGEST = 16 << 20;

    /** Files that it may list. */
    public static final int MOST_FILES = 100_000;

    /**
     * A file that the suite lists.
     *
     * @param size in octets
     * @param sha256 in hexadecimal, lower case
     * @param sha512 in hexadecimal, lower case
     */
    public record IndexFile(String name, long size, Optional<String> sha256, Optional<String> sha512) {
        /** Whether only digests name it that no longer prove anything (MD5, SHA-1). */
        public boolean weak() {
            return sha256.isEmpty() && sha512.isEmpty();
        }
    }

    public ReleaseFile {
        components = List.copyOf(components);
        architectures = List.copyOf(architectures);
        files = Map.copyOf(files);
    }

    /** Reads the text, without a signature around it. */
    public static ReleaseFile read(byte[] text) throws FormatException {
        return ReleaseFileReader.read(ControlReader.paragraph("Release", text, 0, text.length, LONGEST));
    }

    /** A file by its name, such as {@code main/binary-amd64/Packages.xz}. */
    public Optional<IndexFile> file(String name) {
        return Optional.ofNullable(files.get(name));
    }
}
