// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.encoding.Utf8;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.scheme.code.FormReader;
import java.nio.charset.CharacterCodingException;
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

    /** The text of a module, whose octets must be UTF-8. */
    static String decode(byte[] octets) throws FormatException {
        try {
            return Utf8.decode(octets);
        } catch (CharacterCodingException _) {
            throw new FormatException("Scheme code", "not in UTF-8");
        }
    }
}
