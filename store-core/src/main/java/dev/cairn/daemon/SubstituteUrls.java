// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import dev.cairn.error.FormatException;
import dev.cairn.fs.AtomicFiles;
import dev.cairn.fs.IoReasons;
import dev.cairn.layout.StoreLayout;
import dev.cairn.narinfo.ServerAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The servers of substitutes that a store uses where nobody names others: one address a line in the files {@code
 * etc/cairn/substitutes} and {@code etc/cairn/derivation-substitutes} of the store's root, the first asked first; what
 * follows a {@code #} at the start of a line or after a blank is a comment. Without such files no server is asked.
 */
public final class SubstituteUrls {
    private static final long MOST_OCTETS = 1 << 16;

    private final Path folder;

    /** Those of the store with this layout. */
    public SubstituteUrls(StoreLayout layout) {
        this.folder = layout.configuration().resolveSibling("cairn");
    }

    /** The file that lists those of items. */
    public Path file() {
        return folder.resolve("substitutes");
    }

    /** The file that lists those of derivations. */
    public Path derivationFile() {
        return folder.resolve("derivation-substitutes");
    }

    /** Adds what the files say to some settings. */
    public StoreSettings.Builder addTo(StoreSettings.Builder settings) throws DaemonException {
        return settings.substituteUrls(read(file())).derivationSubstituteUrls(read(derivationFile()));
    }

    /** The addresses in one of the files; none where it is missing. */
    public static List<String> read(Path file) throws DaemonException {
        try {
            if (Files.size(file) > MOST_OCTETS) {
                throw new DaemonException.Refused(
                        "'" + file + "' has more than " + MOST_OCTETS + " octets",
                        Optional.of("It is to hold one address of a server a line."));
            }
            List<String> urls = new ArrayList<>();
            for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
                String text = line.replaceFirst("(^|\\s)#.*", "").strip();
                if (!text.isEmpty()) {
                    urls.add(check(text, Optional.of(file)));
                }
            }
            return urls;
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException e) {
            throw new DaemonException.StoreIo(
                    "reading '" + file + "' failed: " + IoReasons.describe(e), IoReasons.hint(e), Optional.of(e));
        }
    }

    /** Writes one of the files anew. */
    public static void write(Path file, List<String> urls) throws DaemonException {
        StringBuilder text = new StringBuilder("# Servers of substitutes, the first asked first.\n");
        for (String url : urls) {
            text.append(check(url, Optional.empty())).append('\n');
        }
        try {
            Files.createDirectories(file.getParent());
            AtomicFiles.write(
                    file,
                    text.toString().getBytes(StandardCharsets.UTF_8),
                    PosixFilePermissions.fromString("rw-r--r--"));
        } catch (IOException e) {
            throw DaemonException.of("writing '" + file + "'", e);
        }
    }

    /** The addresses in a text, separated by blanks, as options and settings have them. */
    public static List<String> parse(String text) throws DaemonException {
        List<String> urls = new ArrayList<>();
        for (String word : text.strip().split("\\s+")) {
            if (!word.isEmpty()) {
                urls.add(check(word, Optional.empty()));
            }
        }
        return urls;
    }

    /**
     * Reads an address.
     *
     * @throws DaemonException.Refused when it is none
     */
    public static ServerAddress address(String url) throws DaemonException {
        return address(url, Optional.empty());
    }

    /** Whether one of the addresses in a list is of a server. */
    public static boolean lists(Collection<String> urls, ServerAddress server) {
        return urls.stream().anyMatch(url -> {
            try {
                return ServerAddress.parse(url).isOf(server);
            } catch (FormatException _) {
                return false;
            }
        });
    }

    private static ServerAddress address(String url, Optional<Path> file) throws DaemonException {
        try {
            return ServerAddress.parse(url);
        } catch (FormatException e) {
            throw new DaemonException.Refused(
                    "'" + ServerAddress.shown(url) + "'" + file.map(name -> " in '" + name + "'").orElse("") + " is no "
                            + e.getMessage(),
                    Optional.of("Write it as https://HOST, http://HOST:PORT/FOLDER or file:///FOLDER."));
        }
    }

    private static String check(String url, Optional<Path> file) throws DaemonException {
        address(url, file);
        return url;
    }
}
