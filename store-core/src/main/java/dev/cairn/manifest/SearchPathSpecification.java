// SPDX-License-Identifier: Apache-2.0
package dev.cairn.manifest;

import java.util.List;
import java.util.Optional;

/**
 * An environment variable that a package wants set from what a profile holds (formats, sections 10.6 and 10.9).
 *
 * @param variable such as {@code PATH}
 * @param files names below the profile that are looked for, in order
 * @param separator between the values; empty when the variable takes a single one
 * @param fileType {@code directory}, {@code regular} or another type of file
 * @param pattern POSIX extended regular expression that base names below {@code files} must match, if any
 */
public record SearchPathSpecification(
        String variable, List<String> files, Optional<String> separator, String fileType, Optional<String> pattern) {
    /** The programs of a profile: every profile sets it. */
    public static final SearchPathSpecification PATH = directories("PATH", ":", "bin", "sbin");

    /** Extensions of Guix's own command: every profile sets it if it holds any. */
    public static final SearchPathSpecification EXTENSIONS =
            directories("GUIX_EXTENSIONS_PATH", ":", "share/guix/extensions");

    public SearchPathSpecification {
        files = List.copyOf(files);
    }

    /** A variable that lists directories. */
    public static SearchPathSpecification directories(String variable, String separator, String... files) {
        return new SearchPathSpecification(
                variable, List.of(files), Optional.of(separator), "directory", Optional.empty());
    }
}
