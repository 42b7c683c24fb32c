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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which types of files a program opens, and the list of all (Desktop Entry Specification, "MIME types"). */
public final class DesktopEntry {
    private static final Pattern KEY = Pattern.compile("(MimeType|Hidden)\\s*=(.*)");

    /** What stands on either side of the slash: RFC 2045, section 5.1. */
    private static final String TOKEN = "[!-~&&[^()<>@,;:\\\\\"/\\[\\]?=]]+";

    private static final Pattern TYPE = Pattern.compile(
            "(application|audio|chemical|font|image|inode|message|model|multipart|text|video|zz-application|x-(?:"
                    + TOKEN + ")?)/" + TOKEN);

    private DesktopEntry() {}

    /**
     * The types that the file of a program's menu entry names, those that are none left out; none for an entry that
     * counts as deleted.
     */
    public static SortedSet<String> types(Path file) throws IOException {
        String types = "";
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            boolean main = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher key = KEY.matcher(line);
                if (line.startsWith("[")) {
                    main = line.strip().equals("[Desktop Entry]");
                } else if (main && key.matches()) {
                    String value = key.group(2).strip();
                    if (key.group(1).equals("MimeType")) {
                        types = value;
                    } else if (value.equals("true") || value.equals("1")) {
                        return new TreeSet<>();
                    }
                }
            }
        }
        return Stream.of(types.split(";"))
                .filter(type -> TYPE.matcher(type).matches())
                .collect(Collectors.toCollection(TreeSet::new));
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
