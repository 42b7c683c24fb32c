// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import dev.cairn.error.FormatException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the container of packages (ar(5), deb(5)) as a stream, member by member. Names are at most 16 octets, with or
 * without a slash behind them; tables of long names are refused. Not for use by several threads.
 */
public final class ArReader {
    private static final String FORMAT = "ar archive";
    private static final byte[] MAGIC = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 60;

    private final InputStream in;
    private boolean begun;
    /** Octets of the current member that are not read yet, and those that fill it up to an even number. */
    private long remaining;

    private int padding;
    private String current = "";
    private int members;

    /**
     * One member.
     *
     * @param name without a slash at its end
     * @param size in octets
     * @param content to be read before the next member is asked for; throws {@link EOFException} where the archive ends
     *     too early; closing it does nothing
     */
    public record Member(String name, long size, InputStream content) {}

    /** @param in stays open; read in pieces as they are asked for, so a buffered one is better */
    public ArReader(InputStream in) {
        this.in = in;
    }

    /** The next member, passing over what is left of the current one; nothing at the end. */
    public Optional<Member> next() throws IOException, FormatException {
        if (!begun) {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new FormatException(FORMAT, "does not start as one");
            }
            begun = true;
        }
        try {
            in.skipNBytes(remaining);
        } catch (EOFException _) {
            throw new FormatException(FORMAT, "ends within " + current);
        }
        remaining = 0;
        // Some writers leave out the last filling octet.
        in.readNBytes(padding);
        padding = 0;
        byte[] header = in.readNBytes(HEADER);
        if (header.length == 0) {
            return Optional.empty();
        }
        if (header.length < HEADER || header[58] != '`' || header[59] != '\n') {
            throw new FormatException(FORMAT, "expected the header of a member after " + shown(current));
        }
        current = name(header);
        members++;
        remaining = Digits.size(field(header, 48, 58))
                .orElseThrow(() -> new FormatException(FORMAT, "the size of " + shown(current) + " is no number"));
        padding = (int) (remaining & 1);
        return Optional.of(new Member(current, remaining, new Content()));
    }

    private static String name(byte[] header) throws FormatException {
        String name = field(header, 0, 16);
        if (name.length() > 1 && name.endsWith("/")) {
            name = name.substring(0, name.length() - 1);
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) <= ' ' || name.charAt(i) >= 0x7f || name.charAt(i) == '/') {
                throw new FormatException(FORMAT, "a member has an invalid name");
            }
        }
        if (name.isEmpty()) {
            throw new FormatException(FORMAT, "a member without a name");
        }
        return name;
    }

    private static String field(byte[] header, int from, int to) {
        int end = to;
        while (end > from && header[end - 1] == ' ') {
            end--;
        }
        return new String(header, from, end - from, StandardCharsets.ISO_8859_1);
    }

    private static String shown(String name) {
        return name.isEmpty() ? "the start" : name;
    }

    /** What is left of the current member; empty once the reader has gone on. */
    private final class Content extends InputStream {
        private final String name = current;
        private final int number = members;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (remaining == 0 || number != members) {
                return -1;
            }
            int count = in.read(target, offset, (int) Math.min(length, remaining));
            if (count < 0) {
                throw new EOFException("the archive ends within " + name);
            }
            remaining -= count;
            return count;
        }
    }
}
