// SPDX-License-Identifier: Apache-2.0
package dev.cairn.openpgp;

import dev.cairn.error.FormatException;
import java.io.ByteArrayOutputStream;

/**
 * A text in the cleartext framework (RFC 9580, section 7): exactly one, with nothing before it and nothing but white
 * space after it, so that what is verified and what is read cannot differ.
 *
 * @param text the lines without dash-escaping and without white space at their ends, each ended by a line feed
 * @param signature what follows the text, in armour
 */
public record ClearSigned(byte[] text, byte[] signature) {
    /** Octets that a message may have at most. */
    public static final int MAX_SIZE = 64 << 20;

    private static final String FORMAT = "clear-signed text";
    private static final String HEADER = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
    private static final String END = "-----END PGP SIGNATURE-----";

    /** Whether it begins like one. */
    public static boolean isOne(byte[] octets) {
        return startsWith(octets, 0, HEADER);
    }

    /** Takes a message apart; nothing is verified. */
    public static ClearSigned read(byte[] octets) throws FormatException {
        if (octets.length > MAX_SIZE) {
            throw new FormatException(FORMAT, "it has more than " + MAX_SIZE + " octets");
        }
        if (!isLine(octets, 0, HEADER)) {
            throw new FormatException(FORMAT, "it does not begin with '" + HEADER + "'");
        }
        int body = afterHeaders(octets, next(octets, 0));
        ByteArrayOutputStream text = new ByteArrayOutputStream(octets.length);
        int line = body;
        while (!isLine(octets, line, SIGNATURE)) {
            if (line >= octets.length) {
                throw new FormatException(FORMAT, "there is no signature after the text");
            }
            addLine(octets, line, text);
            line = next(octets, line);
        }
        int end = line;
        while (!isLine(octets, end, END)) {
            if (end >= octets.length) {
                throw new FormatException(FORMAT, "the signature has no end");
            }
            end = next(octets, end);
        }
        for (int i = next(octets, end); i < octets.length; i++) {
            if (" \t\r\n".indexOf(octets[i]) < 0) {
                throw new FormatException(FORMAT, "something follows the signature");
            }
        }
        byte[] signature = new byte[octets.length - line];
        System.arraycopy(octets, line, signature, 0, signature.length);
        return new ClearSigned(text.toByteArray(), signature);
    }

    /** The octets that are signed: lines end with carriage return and line feed, the last one without. */
    byte[] canonical() {
        ByteArrayOutputStream canonical = new ByteArrayOutputStream(text.length + text.length / 32);
        int count = text.length == 0 ? 0 : text.length - 1;
        for (int i = 0; i < count; i++) {
            if (text[i] == '\n') {
                canonical.write('\r');
            }
            canonical.write(text[i]);
        }
        return canonical.toByteArray();
    }

    /** Where the text begins: behind the empty line. The one kind of header names digests, a hint that is not used. */
    private static int afterHeaders(byte[] octets, int start) throws FormatException {
        int line = start;
        while (startsWith(octets, line, "Hash: ")) {
            line = next(octets, line);
        }
        if (line >= octets.length || !isLine(octets, line, "")) {
            throw new FormatException(FORMAT, "there is something else than 'Hash:' before the text");
        }
        return next(octets, line);
    }

    private static void addLine(byte[] octets, int start, ByteArrayOutputStream text) throws FormatException {
        int end = trimmed(octets, start);
        int from = start;
        if (octets[start] == '-') {
            if (!startsWith(octets, start, "- ")) {
                throw new FormatException(FORMAT, "a line of the text begins with a dash that is not escaped");
            }
            from = Math.min(start + 2, end);
        }
        for (int i = from; i < end; i++) {
            if (octets[i] == 0 || octets[i] == '\r') {
                throw new FormatException(FORMAT, "the text has characters that no text has");
            }
        }
        text.write(octets, from, end - from);
        text.write('\n');
    }

    private static boolean isLine(byte[] octets, int start, String line) {
        return startsWith(octets, start, line) && trimmed(octets, start) <= start + line.length();
    }

    private static boolean startsWith(byte[] octets, int start, String prefix) {
        if (start + prefix.length() > octets.length) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (octets[start + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where a line ends without white space at its end. */
    private static int trimmed(byte[] octets, int start) {
        int end = start;
        while (end < octets.length && octets[end] != '\n') {
            end++;
        }
        while (end > start && " \t\r".indexOf(octets[end - 1]) >= 0) {
            end--;
        }
        return end;
    }

    /** Where the next line begins. */
    private static int next(byte[] octets, int start) {
        int end = start;
        while (end < octets.length && octets[end] != '\n') {
            end++;
        }
        return Math.min(end + 1, octets.length);
    }
}
