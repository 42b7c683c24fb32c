// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.hook;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which types of files a program opens, and the list of all (Desktop Entry Specification, "MIME types"). */
public final class DesktopEntry {
    private DesktopEntry() {}

    /** The types that the file of a program's menu entry names. */
    public static SortedSet<String> types(Path file) throws IOException {
        SortedSet<String> types = new TreeSet<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            boolean main = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("[")) {
                    main = line.strip().equals("[Desktop Entry]");
                } else if (main && line.matches("MimeType\\s*=.*")) {
                    for (String type : line.substring(line.indexOf('=') + 1).split(";")) {
                        if (type.strip().matches("[!-~&&[^=;/\\[\\]]]+/[!-~&&[^=;/\\[\\]]]+")) {
                            types.add(type.strip());
                        }
                    }
                }
            }
        }
        return types;
    }

    /**
     * The list, as {@code update-desktop-database} writes it; its octets are those of ISO 8859-1.
     *
     * @param programs the identifiers of entries, by type
     */
    public static String cache(SortedMap<String, SortedSet<String>> programs) {
        StringBuilder text = new StringBuilder("[MIME Cache]\n");
        programs.forEach((type, names) -> {
            text.append(type).append('=');
            names.forEach(name -> text.append(name).append(';'));
            text.append('\n');
        });
        return text.toString();
    }
}
