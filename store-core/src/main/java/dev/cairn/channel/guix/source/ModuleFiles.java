// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.daemon.DaemonException;
import dev.cairn.encoding.Utf8;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.scheme.code.FormReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of a channel's modules at one revision. Safe for use by several threads. */
@FunctionalInterface
public interface ModuleFiles {
    /** The longest module that is read, in octets. */
    int MAX_LENGTH = FormReader.MAX_LENGTH;

    /**
     * The text of a file.
     *
     * @param file relative to the modules' folder, without {@code ..}, such as {@code gnu/packages/base.scm}
     * @return empty where there is no such file
     * @throws FormatException when it is too long or not in UTF-8
     * @throws CairnException when it cannot be read
     */
    Optional<String> read(String file) throws CairnException;

    /** The files in a folder. */
    static ModuleFiles folder(Path folder) {
        return file -> {
            Path path = folder.resolve(file);
            try {
                if (!Files.isRegularFile(path)) {
                    return Optional.empty();
                }
                if (Files.size(path) > MAX_LENGTH) {
                    throw new FormatException("Scheme code", "longer than " + MAX_LENGTH + " octets");
                }
                return Optional.of(decode(Files.readAllBytes(path)));
            } catch (IOException e) {
                throw DaemonException.of("reading '" + path + "'", e);
            }
        };
    }

    /** Those of several channels: each file is that of the first one that has it. */
    static ModuleFiles layered(List<ModuleFiles> layers) {
        List<ModuleFiles> all = List.copyOf(layers);
        return file -> {
            for (ModuleFiles layer : all) {
                Optional<String> text = layer.read(file);
                if (text.isPresent()) {
                    return text;
                }
            }
            return Optional.empty();
        };
    }

    /** The text of a module, whose octets must be UTF-8. */
    static String decode(byte[] octets) throws FormatException {
        try {
            return Utf8.decode(octets);
        } catch (CharacterCodingException _) {
            throw new FormatException("Scheme code", "not in UTF-8");
        }
    }
}
