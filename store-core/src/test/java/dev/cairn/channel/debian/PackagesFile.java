// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A small index of packages, written by hand. */
final class PackagesFile {
    private final StringBuilder text = new StringBuilder();

    /** Adds a package for amd64 with the fields that it needs. @param fields further lines */
    PackagesFile add(String name, String version, String... fields) {
        return addFor("amd64", name, version, fields);
    }

    PackagesFile addFor(String architecture, String name, String version, String... fields) {
        text.append("Package: ").append(name).append("\nVersion: ").append(version);
        text.append("\nArchitecture: ").append(architecture);
        text.append("\nDescription: what ").append(name).append(" does\n");
        for (String field : fields) {
            text.append(field).append('\n');
        }
        String digest = Integer.toHexString((name + version + architecture).hashCode()).toLowerCase();
        text.append("Filename: pool/").append(name).append('_').append(version.replaceFirst("^[0-9]+:", ""));
        text.append('_').append(architecture).append(".deb\nSize: 1234\nSHA256: ");
        text.append("0".repeat(64 - digest.length())).append(digest).append("\n\n");
        return this;
    }

    /** Adds what may be no package. */
    PackagesFile raw(String paragraph) {
        text.append(paragraph);
        return this;
    }

    String text() {
        return text.toString();
    }

    /** Writes it and says that it was fetched. */
    FetchedIndex write(Path file) throws IOException {
        return write(file, "https://deb.example.org/debian/", "amd64");
    }

    FetchedIndex write(Path file, String archive, String architecture) throws IOException {
        Files.writeString(file, text);
        return new FetchedIndex(
                URI.create(archive), "stable", "main", architecture, file, Optional.empty(), "Example");
    }
}
