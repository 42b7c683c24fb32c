// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Files that people write for Cairn to read: lists of channels, manifests. */
public final class CodeFile {
    private static final int MAX_LENGTH = 1 << 20;

    private CodeFile() {}

    /**
     * The text of a file.
     *
     * @param kind what it should be, for people
     * @throws CairnException when it cannot be read, is longer than a megabyte, or not in UTF-8
     */
    public static String read(String kind, String name) throws CairnException {
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            byte[] octets = in.readNBytes(MAX_LENGTH + 1);
            if (octets.length > MAX_LENGTH) {
                throw new FormatException(kind + " '" + name + "'", "longer than " + MAX_LENGTH + " octets");
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException _) {
            throw new FormatException(kind + " '" + name + "'", "not in UTF-8");
        } catch (FileSystemException e) {
            throw unreadable(kind, name, FileProblem.of(e));
        } catch (IOException | InvalidPathException e) {
            throw unreadable(kind, name, String.valueOf(e.getMessage()));
        }
    }

    private static UnreadableFileException unreadable(String kind, String name, String why) {
        return new UnreadableFileException("the " + kind + " '" + name + "' cannot be read: " + why);
    }
}
