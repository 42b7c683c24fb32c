// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.error.FormatException;
import dev.cairn.http.FetchException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The mirrors of a list (apt-transport-mirror(1)): a line for each, an address that may be followed by a tabulator and
 * words such as {@code priority:2}; those of the smallest number come first, those without one last, else in the order
 * of the list. What else is said of a mirror, such as for which architectures it is, is passed over: a mirror without
 * what is asked for is one that fails.
 */
final class Mirrors {
    /** Octets of a list. */
    private static final int LONGEST = 256 << 10;

    /** Mirrors that are tried at most. */
    private static final int MOST = 20;

    private record Mirror(URI archive, int priority) {}

    private Mirrors() {}

    /**
     * Fetches the list that a source names.
     *
     * @param file is written and deleted again
     */
    static List<URI> fetch(ArchiveSource source, FetchDownloads downloads, Path file)
            throws FetchException, FetchProblem, IOException {
        try {
            if (downloads.find(source.archive(), file, LONGEST, Optional.empty()).isEmpty()) {
                throw new FetchProblem(
                        "there is no list of mirrors at '" + source.archive() + "'",
                        "Check the address in " + source.origin() + ".");
            }
            List<URI> mirrors = read(Files.readString(file, StandardCharsets.ISO_8859_1));
            if (mirrors.isEmpty()) {
                throw new FetchProblem(
                        "the list '" + source.archive() + "' names no mirror that can be used",
                        "Check the address in " + source.origin() + ".");
            }
            return mirrors;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    static List<URI> read(String text) {
        List<Mirror> mirrors = new ArrayList<>();
        for (String line : text.lines().limit(LONGEST).toList()) {
            String[] words = line.strip().split("\\s+");
            if (!words[0].isEmpty() && !words[0].startsWith("#")) {
                mirror(words).ifPresent(mirrors::add);
            }
        }
        return mirrors.stream()
                .sorted(Comparator.comparingInt(Mirror::priority))
                .map(Mirror::archive)
                .distinct()
                .limit(MOST)
                .toList();
    }

    private static Optional<Mirror> mirror(String[] words) {
        int priority = Integer.MAX_VALUE;
        for (String word : words) {
            if (word.matches("priority:[0-9]{1,9}")) {
                priority = Integer.parseInt(word.substring("priority:".length()));
            }
        }
        try {
            SourceAddress address = SourceAddress.read(words[0]);
            return address.mirrors() ? Optional.empty() : Optional.of(new Mirror(address.archive(), priority));
        } catch (FormatException _) {
            // One that cannot be used holds up no other.
            return Optional.empty();
        }
    }
}
