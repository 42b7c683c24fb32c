// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import dev.cairn.error.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads the parts of a package (deb(5), format 2) as a stream: {@code debian-binary}, {@code control.tar} and
 * {@code data.tar}, in this order. Members between them whose names start with {@code _} are passed over, others are
 * refused; what follows the last part is not read. Not for use by several threads.
 */
public final class DebReader {
    /** Octets that the compressed control part may have. */
    public static final long LONGEST_CONTROL = 64L << 20;

    private static final String FORMAT = "package file";

    private final ArReader members;
    private boolean controlRead;

    /**
     * A part: a tar archive, compressed or not.
     *
     * @param size of the compressed archive, in octets
     * @param content the compressed archive; see {@link ArReader.Member}
     */
    public record Part(String name, Compression compression, long size, InputStream content) {}

    /** @param in stays open; better a buffered one */
    public DebReader(InputStream in) {
        this.members = new ArReader(in);
    }

    /** The control files; to be asked for first, and once. */
    public Part control() throws IOException, FormatException {
        if (controlRead) {
            throw new IllegalStateException("the control part was read already");
        }
        begin();
        controlRead = true;
        Part part = part("control.tar");
        if (part.size() > LONGEST_CONTROL) {
            throw new FormatException(FORMAT, "the control part has more than " + LONGEST_CONTROL + " octets");
        }
        return part;
    }

    /** The files; passes over what was not read of the control files. To be asked for once. */
    public Part data() throws IOException, FormatException {
        if (!controlRead) {
            control();
        }
        return part("data.tar");
    }

    private void begin() throws IOException, FormatException {
        ArReader.Member member =
                members.next().orElseThrow(() -> new FormatException(FORMAT, "an archive without members"));
        if (!member.name().equals("debian-binary") || member.size() > 1024) {
            throw new FormatException(FORMAT, "the first member is not debian-binary but " + member.name());
        }
        String text = new String(member.content().readAllBytes(), StandardCharsets.ISO_8859_1);
        if (!text.matches("2\\.[0-9]{1,9}\n[\\s\\S]*")) {
            String line = text.lines().findFirst().orElse("");
            throw new FormatException(
                    FORMAT, "format 2 was expected, not " + line.substring(0, Math.min(20, line.length())));
        }
    }

    private Part part(String base) throws IOException, FormatException {
        while (true) {
            ArReader.Member member =
                    members.next().orElseThrow(() -> new FormatException(FORMAT, "has no " + base));
            Optional<Compression> compression = Compression.of(base, member.name());
            if (compression.isPresent()) {
                return new Part(member.name(), compression.get(), member.size(), member.content());
            }
            if (!member.name().startsWith("_")) {
                throw new FormatException(FORMAT, "expected " + base + ", not " + member.name());
            }
        }
    }
}
