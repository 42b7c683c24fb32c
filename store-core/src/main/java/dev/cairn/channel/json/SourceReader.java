// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.json;

import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.packages.PackageNames;
import dev.cairn.packages.Source;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the field {@code source}. */
final class SourceReader {
    private static final int MAX_FILE_NAME = 200;

    private final Path folder;

    /** @param folder of the channel */
    SourceReader(Path folder) {
        this.folder = folder;
    }

    Optional<Source> read(Fields fields) {
        if (fields.has("file")) {
            fields.allow(Set.of("file"));
            return local(fields);
        }
        if (!fields.has("uri")) {
            fields.problems().add(fields.place(), fields.field("uri"), "neither 'file' nor 'uri'", "one of them");
            return Optional.empty();
        }
        fields.allow(Set.of("uri", "sha256", "file-name"));
        return download(fields);
    }

    private Optional<Source> local(Fields fields) {
        String expected = "a path inside the channel, without '..'";
        Optional<String> path = fields.text("file", expected, PackageNames::isRelativePath);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        Source.Local local = new Source.Local(path.get());
        JsonValue value = fields.value("file").orElseThrow();
        Path file = folder.resolve(local.path());
        if (!isItemName(local.itemName())) {
            fields.problems().add(value, fields.field("file"),
                    "a last component of letters, digits and + - . _ ? =, not beginning with a dot");
        } else if (!Files.exists(file)) {
            fields.problems().add(value.place(), fields.field("file"),
                    value.describe() + ", which does not exist", "a file or folder of the channel");
        } else if (!isInside(file)) {
            fields.problems().add(value.place(), fields.field("file"),
                    value.describe() + ", a link that leads out of the channel", "a file or folder of the channel");
        } else {
            return Optional.of(local);
        }
        return Optional.empty();
    }

    private boolean isInside(Path file) {
        try {
            return file.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException _) {
            // A loop of links, for instance: it leads nowhere inside.
            return false;
        }
    }

    private Optional<Source> download(Fields fields) {
        List<String> uris = fields.oneOrMore("uri", 32, "an https, http or file address", SourceReader::isAddress);
        if (fields.value("uri").orElseThrow() instanceof JsonValue.Array array && array.items().isEmpty()) {
            fields.problems().add(array, fields.field("uri"), "at least one address");
        }
        String expected = "the SHA-256 of the file, 52 base 32 characters or 64 hexadecimal digits";
        String hash = fields.requiredText("sha256", expected, text -> parse(text).isPresent());
        Optional<String> given = fields.text("file-name", "a name of letters, digits and + - . _ ? =",
                SourceReader::isItemName);
        if (uris.isEmpty() || hash.isEmpty()) {
            return Optional.empty();
        }
        String name = given.orElseGet(() -> lastPart(uris.getFirst()));
        if (!isItemName(name)) {
            fields.missing("file-name", "a name for the file, as " + JsonValue.quote(name) + " cannot be one");
            return Optional.empty();
        }
        return parse(hash).map(sha256 -> new Source.Download(uris, sha256, name));
    }

    private static Optional<Hash> parse(String text) {
        try {
            return Optional.of(Hash.parse(HashAlgorithm.SHA256, text));
        } catch (FormatException _) {
            return Optional.empty();
        }
    }

    private static boolean isAddress(String text) {
        return text.length() <= 2048 && text.matches("(https?|file)://\\S+");
    }

    private static String lastPart(String uri) {
        String path = uri.replaceFirst("[?#].*$", "");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean isItemName(String name) {
        try {
            StorePath.checkName(name);
            return name.length() <= MAX_FILE_NAME;
        } catch (FormatException _) {
            return false;
        }
    }
}
