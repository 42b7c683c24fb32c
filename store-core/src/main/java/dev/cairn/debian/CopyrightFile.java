// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import dev.cairn.error.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * Licences from a package's {@code copyright} file, where it has the machine-readable format
 * (copyright-format 1.0, once known as DEP-5). Files are written by hand, so small mistakes are passed over.
 */
public final class CopyrightFile {
    /** Octets that are looked at. */
    public static final int LONGEST = 2 << 20;

    private static final int MOST = 40;
    private static final int LONGEST_NAME = 120;

    private CopyrightFile() {}

    /**
     * The short names or expressions, such as {@code GPL-2+ or Artistic}, of all files of the package, each once, in
     * the order of the file and at most 40; those of the package as a whole if no files are named; none if the file is
     * not machine-readable.
     */
    public static List<String> licences(byte[] text) {
        List<Paragraph> paragraphs = paragraphs(text);
        if (paragraphs.isEmpty() || !isMachineReadable(paragraphs.getFirst())) {
            return List.of();
        }
        SequencedSet<String> licences = new LinkedHashSet<>();
        for (Paragraph paragraph : paragraphs.subList(1, paragraphs.size())) {
            if (paragraph.has("Files")) {
                add(paragraph, licences);
            }
        }
        if (licences.isEmpty()) {
            add(paragraphs.getFirst(), licences);
        }
        return licences.stream().limit(MOST).toList();
    }

    private static void add(Paragraph paragraph, SequencedSet<String> licences) {
        String value = paragraph.getOrEmpty("License");
        int feed = value.indexOf('\n');
        String name = (feed < 0 ? value : value.substring(0, feed)).strip().replaceAll("\\s+", " ");
        if (!name.isEmpty() && name.length() <= LONGEST_NAME) {
            licences.add(name);
        }
    }

    private static boolean isMachineReadable(Paragraph header) {
        String format = header.get("Format")
                .or(() -> header.get("Format-Specification"))
                .orElse("");
        return format.contains("copyright-format") || format.contains("dep5") || format.contains("dep-5");
    }

    /** The paragraphs that can be read, one by one, so that a mistake costs no more than its own paragraph. */
    private static List<Paragraph> paragraphs(byte[] text) {
        List<Paragraph> paragraphs = new ArrayList<>();
        String all = new String(text, 0, Math.min(text.length, LONGEST), StandardCharsets.UTF_8);
        for (String one : all.split("\\r?\\n[ \\t]*\\r?\\n")) {
            byte[] octets = one.getBytes(StandardCharsets.UTF_8);
            try {
                paragraphs.add(ControlReader.paragraph("copyright", octets, 0, octets.length));
            } catch (FormatException _) {
                if (paragraphs.isEmpty()) {
                    return paragraphs;
                }
            }
        }
        return paragraphs;
    }
}
