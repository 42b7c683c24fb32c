// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An index of packages that was fetched and verified.
 *
 * @param archive where the files that it names are found
 * @param suite as the source names it
 * @param component empty for an archive without components
 * @param architecture of the packages, those for all architectures aside
 * @param packages control paragraphs, not compressed, UTF-8
 * @param translation long descriptions in English, not compressed, where the archive keeps them apart
 * @param origin the archive's own name for itself, such as {@code Debian}; may be empty
 * @param standing how the suite wants its packages to be taken
 */
public record FetchedIndex(
        URI archive,
        String suite,
        String component,
        String architecture,
        Path packages,
        Optional<Path> translation,
        String origin,
        Standing standing) {
    /** One whose packages are taken without being asked for. */
    public FetchedIndex(
            URI archive,
            String suite,
            String component,
            String architecture,
            Path packages,
            Optional<Path> translation,
            String origin) {
        this(archive, suite, component, architecture, packages, translation, origin, Standing.USUAL);
    }
}
