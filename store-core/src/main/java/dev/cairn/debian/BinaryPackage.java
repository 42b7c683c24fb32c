// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import java.util.List;
import java.util.Optional;

/**
 * A package of an archive as its index, or the control file of an installed one, describes it (deb-control(5)).
 *
 * @param architecture such as {@code amd64}, or {@code all}
 * @param source name of the source package; the package's own where the paragraph has none
 * @param depends of {@code Pre-Depends} and {@code Depends}, in this order
 * @param provides virtual packages; a bound, if any, is {@code =}
 * @param synopsis the first line of the description
 * @param descriptionDigest MD5 in hexadecimal, the key of the description in translations
 * @param installedSize octets that it takes, roughly
 * @param file where the archive has it, relative to its root; empty for installed packages
 */
public record BinaryPackage(
        String name,
        String version,
        String architecture,
        MultiArch multiArch,
        boolean essential,
        Importance importance,
        String source,
        String section,
        String maintainer,
        Optional<String> homePage,
        String synopsis,
        String description,
        Optional<String> descriptionDigest,
        long installedSize,
        List<Dependency> depends,
        List<Dependency> recommends,
        List<Dependency> suggests,
        List<Relation> provides,
        List<Relation> conflicts,
        List<Relation> breaks,
        List<Relation> replaces,
        Optional<ArchiveFile> file) {
    /** How a package stands to other architectures. */
    public enum MultiArch {
        NO,
        SAME,
        FOREIGN,
        ALLOWED
    }

    /** How much a system wants it (the field {@code Priority}), from the most to the least. */
    public enum Importance {
        REQUIRED,
        IMPORTANT,
        STANDARD,
        OPTIONAL,
        EXTRA
    }

    /**
     * A file of an archive.
     *
     * @param name relative to the archive's root, without {@code ..}
     * @param size octets
     * @param sha256 in hexadecimal, lower case
     */
    public record ArchiveFile(String name, long size, String sha256) {}

    public BinaryPackage {
        depends = List.copyOf(depends);
        recommends = List.copyOf(recommends);
        suggests = List.copyOf(suggests);
        provides = List.copyOf(provides);
        conflicts = List.copyOf(conflicts);
        breaks = List.copyOf(breaks);
        replaces = List.copyOf(replaces);
    }

    /** {@code NAME@VERSION}, with the architecture if it is not that of the machine. */
    public String label() {
        return name + "@" + version;
    }
}
