// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Files that people write for the command line to read. */
final class CodeFile {
    private static final int MAX_LENGTH = 1 << 20;

    private CodeFile() {}

    /**
     * The text of a file.
     *
     * @param kind what it should be, for people
     * @throws FormatException when it is longer than a megabyte, or not in UTF-8
     */
    static String read(String kind, String name) throws CairnException {
        try {
            Path file = Path.of(name);
            if (Files.size(file) > MAX_LENGTH) {
                throw new FormatException(kind + " '" + name + "'", "longer than " + MAX_LENGTH + " octets");
            }
            return Files.readString(file);
        } catch (MalformedInputException _) {
            throw new FormatException(kind + " '" + name + "'", "not in UTF-8");
        } catch (FileSystemException e) {
            throw unreadable(kind, name, FileProblem.of(e));
        } catch (IOException | InvalidPathException e) {
            throw unreadable(kind, name, String.valueOf(e.getMessage()));
        }
    }

    private static FailureException unreadable(String kind, String name, String why) {
        return new FailureException(Texts.text("error.file", kind, name, why), Optional.empty());
    }
}
