// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import dev.cairn.encoding.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of a channel, in which sources lie. Nothing outside it is read, whatever links say.
 *
 * @param path of the folder
 */
public record SourceFolder(Path path) {
    /** Octets of the longest file in which references are replaced. */
    public static final int MAX_TEXT = 1 << 20;

    /** A text in which references are replaced. */
    record TextFile(String text, boolean executable) {}

    /** The file or folder that a source is. */
    Path locate(PackageDefinition owner, Source.Local source) throws PackageException.BadSource {
        return confined(owner, path.resolve(source.path()), path);
    }

    /** A file or folder of a source, and that it exists. */
    Path locate(PackageDefinition owner, Source.Local source, String from) throws PackageException.BadSource {
        Path root = locate(owner, source);
        return from.equals(".") ? root : confined(owner, root.resolve(from), root);
    }

    /** A text file of a source. */
    TextFile readText(PackageDefinition owner, Source.Local source, String from) throws PackageException.BadSource {
        Path file = locate(owner, source, from);
        try {
            if (!Files.isRegularFile(file)) {
                throw bad(owner, "'" + from + "' is no file, so references cannot be replaced in it");
            }
            byte[] octets;
            try (InputStream in = Files.newInputStream(file)) {
                octets = in.readNBytes(MAX_TEXT + 1);
            }
            if (octets.length > MAX_TEXT) {
                throw bad(owner, "'" + from + "' is larger than 1 MiB, so references cannot be replaced in it");
            }
            String text = Utf8.decode(octets);
            return new TextFile(text, Files.isExecutable(file));
        } catch (CharacterCodingException _) {
            throw bad(owner, "'" + from + "' is not UTF-8 text, so references cannot be replaced in it");
        } catch (IOException e) {
            throw new PackageException.BadSource(
                    owner, "'" + from + "' cannot be read: " + e.getMessage(), Optional.of(e));
        }
    }

    private Path confined(PackageDefinition owner, Path file, Path root) throws PackageException.BadSource {
        try {
            if (!file.toRealPath().startsWith(root.toRealPath())) {
                throw bad(owner, "'" + path.relativize(file) + "' is a link that leads out of '" + root + "'");
            }
            return file;
        } catch (NoSuchFileException _) {
            throw bad(owner, "'" + path.relativize(file) + "' does not exist");
        } catch (IOException e) {
            throw new PackageException.BadSource(
                    owner, "'" + file + "' cannot be read: " + e.getMessage(), Optional.of(e));
        }
    }

    private static PackageException.BadSource bad(PackageDefinition owner, String problem) {
        return new PackageException.BadSource(owner, problem, Optional.empty());
    }
}
