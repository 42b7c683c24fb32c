// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import dev.cairn.fs.Octets;
import java.nio.file.Path;

/** Names of files as packages write them, and as trees have them. */
final class TreeName {
    private TreeName() {}

    /**
     * The name in a tree, whose {@code /bin}, {@code /sbin} and {@code /lib*} are in {@code usr}.
     *
     * @param absolute without {@code ..}
     */
    static String of(String absolute) {
        String relative = absolute.replaceAll("/+", "/").replaceFirst("^/", "");
        return relative.matches("(bin|sbin|lib|lib32|lib64|libo32|libx32)(/.*)?") ? "usr/" + relative : relative;
    }

    /** The same as a path. */
    static Path path(String absolute) {
        return Octets.resolve(Path.of(""), of(absolute).replace('\0', '?'));
    }
}
