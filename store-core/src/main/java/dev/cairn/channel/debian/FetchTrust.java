// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.error.FormatException;
import dev.cairn.fs.FileTrees;
import dev.cairn.openpgp.Keyring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The keys that may vouch for a source, and where they are from.
 *
 * @param places names of the keyrings, as people know them
 * @param unread why keyrings that are named cannot be read, a sentence each
 */
record FetchTrust(Keyring keyring, List<String> places, List<String> unread) {
    /** Those that the source names; where it names none, all that apt trusts for everything. */
    static FetchTrust of(ArchiveSource source, Path apt) throws IOException {
        List<Path> files = new ArrayList<>(source.keyrings());
        if (files.isEmpty() && source.keys().isEmpty()) {
            files.addAll(trusted(apt));
        }
        Keyring all = Keyring.EMPTY;
        List<String> places = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        for (Path file : files) {
            places.add(file.toString());
            try {
                all = all.and(read(file));
            } catch (IOException e) {
                unread.add("'" + file + "' cannot be read");
            } catch (FormatException e) {
                unread.add("'" + file + "' cannot be read: " + e.getMessage());
            }
        }
        if (source.keys().isPresent()) {
            places.add(source.origin());
            try {
                all = all.and(Keyring.read(source.keys().get().getBytes(UTF_8)));
            } catch (FormatException e) {
                unread.add("the key in " + source.origin() + " cannot be read: " + e.getMessage());
            }
        }
        return new FetchTrust(all, places, unread);
    }

    /** For messages: where keys were looked for, and where they could not be. */
    String description() {
        String looked = places.isEmpty() ? "There are no keyrings." : "Keyrings: " + String.join(", ", places) + ".";
        return looked + unread.stream().map(text -> " But " + text + ".").collect(Collectors.joining());
    }

    private static Keyring read(Path file) throws IOException, FormatException {
        if (Files.size(file) > Keyring.MAX_SIZE) {
            throw new FormatException("OpenPGP keyring", "it has more than " + Keyring.MAX_SIZE + " octets");
        }
        return Keyring.read(Files.readAllBytes(file));
    }

    private static List<Path> trusted(Path apt) throws IOException {
        List<Path> files = new ArrayList<>();
        Path single = apt.resolve("trusted.gpg");
        if (Files.exists(single)) {
            files.add(single);
        }
        Path folder = apt.resolve("trusted.gpg.d");
        if (Files.isDirectory(folder)) {
            for (Path file : FileTrees.entries(folder)) {
                String name = file.getFileName().toString();
                if (name.endsWith(".gpg") || name.endsWith(".asc")) {
                    files.add(file);
                }
            }
        }
        return files.stream().sorted().toList();
    }
}
