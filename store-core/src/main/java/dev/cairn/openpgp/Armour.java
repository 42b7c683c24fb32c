// SPDX-License-Identifier: Apache-2.0
package dev.cairn.openpgp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.cairn.error.FormatException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads armour (RFC 9580, section 6). The checksum is left alone, as that section says; signatures tell more. */
final class Armour {
    private static final String FORMAT = "OpenPGP armour";
    private static final String BEGIN = "-----BEGIN PGP ";
    private static final String DASHES = "-----";

    private Armour() {}

    /** Whether octets look like armour rather than packets, which have the highest bit of their first octet set. */
    static boolean isArmour(byte[] octets) {
        return octets.length == 0 || octets[0] >= 0;
    }

    /**
     * The contents of all blocks of a kind, in order; text around blocks is passed over.
     *
     * @param kind such as {@code PUBLIC KEY BLOCK}
     */
    static List<byte[]> blocks(byte[] octets, String kind) throws FormatException {
        List<byte[]> blocks = new ArrayList<>();
        List<String> lines = new String(octets, ISO_8859_1).lines().toList();
        int next = 0;
        while (next < lines.size()) {
            if (lines.get(next).stripTrailing().equals(BEGIN + kind + DASHES)) {
                int end = end(lines, next + 1, kind);
                blocks.add(block(lines.subList(next + 1, end)));
                next = end;
            }
            next++;
        }
        return blocks;
    }

    private static int end(List<String> lines, int from, String kind) throws FormatException {
        for (int i = from; i < lines.size(); i++) {
            String line = lines.get(i).stripTrailing();
            if (line.equals("-----END PGP " + kind + DASHES)) {
                return i;
            }
            if (line.startsWith(DASHES)) {
                break;
            }
        }
        throw new FormatException(FORMAT, "a block has no end");
    }

    /** @param lines headers, an empty line, contents in base 64, perhaps a checksum */
    private static byte[] block(List<String> lines) throws FormatException {
        int start = 0;
        while (start < lines.size() && !lines.get(start).isBlank()) {
            if (!lines.get(start).contains(":")) {
                throw new FormatException(FORMAT, "a header is none: '" + shortened(lines.get(start)) + "'");
            }
            start++;
        }
        StringBuilder text = new StringBuilder();
        for (String line : lines.subList(Math.min(start + 1, lines.size()), lines.size())) {
            if (line.startsWith("=")) {
                break;
            }
            text.append(line.strip());
        }
        try {
            return Base64.getDecoder().decode(text.toString());
        } catch (IllegalArgumentException e) {
            throw new FormatException(FORMAT, "the contents are not in base 64: " + e.getMessage());
        }
    }

    private static String shortened(String line) {
        return line.length() > 60 ? line.substring(0, 60) + "..." : line;
    }
}
