// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.hook;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The menu that {@code info} shows first: {@code share/info/dir}, and {@code dir.LANGUAGE} for manuals in other
 * languages, from what each manual says about itself at its beginning (Texinfo's manual, "Installing Dir Entries").
 */
final class InfoDirectory {
    private static final String FOLDER = "share/info";
    private static final String OTHERS = "Miscellaneous";
    private static final Pattern MANUAL = Pattern.compile("[^/]+?(?:\\.([a-z]{2,3}(?:_[A-Z]{2})?))?\\.info(?:\\.gz)?");

    /** What a manual says about itself stands before its text. */
    private static final int BEGINNING = 256 << 10;

    private InfoDirectory() {}

    /** Adds the files when some manual says where it belongs. */
    static void add(HookInputs inputs, Path output) throws IOException {
        SortedMap<String, SortedMap<String, SortedSet<String>>> languages = new TreeMap<>();
        for (HookInputs.Found manual : inputs.in(FOLDER)) {
            Matcher name = MANUAL.matcher(manual.name().toString());
            if (name.matches()) {
                String file = name.group(1) == null ? "dir" : "dir." + name.group(1);
                collect(manual.file(), languages.computeIfAbsent(file, _ -> new TreeMap<>()));
            }
        }
        for (var language : languages.entrySet()) {
            if (!language.getValue().isEmpty()) {
                Path folder = Files.createDirectories(output.resolve(FOLDER));
                Files.writeString(
                        folder.resolve(language.getKey()), text(language.getValue()), StandardCharsets.ISO_8859_1);
            }
        }
    }

    private static void collect(Path manual, SortedMap<String, SortedSet<String>> sections) throws IOException {
        String section = OTHERS;
        StringBuilder entry = new StringBuilder();
        boolean inside = false;
        for (String line : beginning(manual).split("\n")) {
            if (line.startsWith("INFO-DIR-SECTION ")) {
                section = line.substring("INFO-DIR-SECTION ".length()).strip();
            } else if (line.startsWith("START-INFO-DIR-ENTRY")) {
                inside = true;
            } else if (line.startsWith("END-INFO-DIR-ENTRY")) {
                keep(entry, section, sections);
                inside = false;
            } else if (inside && line.startsWith("* ")) {
                keep(entry, section, sections);
                entry.append(line.stripTrailing()).append('\n');
            } else if (inside && !entry.isEmpty() && line.startsWith(" ")) {
                entry.append(line.stripTrailing()).append('\n');
            }
        }
    }

    private static void keep(StringBuilder entry, String section, SortedMap<String, SortedSet<String>> sections) {
        if (!entry.isEmpty() && !section.isEmpty()) {
            sections.computeIfAbsent(section, _ -> new TreeSet<>()).add(entry.toString());
        }
        entry.setLength(0);
    }

    private static String beginning(Path manual) throws IOException {
        try (InputStream file = Files.newInputStream(manual);
                InputStream in = manual.toString().endsWith(".gz") ? new GZIPInputStream(file) : file) {
            return new String(in.readNBytes(BEGINNING), StandardCharsets.ISO_8859_1);
        } catch (ZipException | EOFException _) {
            // A manual that is damaged is in no menu.
            return "";
        }
    }

    private static String text(SortedMap<String, SortedSet<String>> sections) {
        StringBuilder text = new StringBuilder("""
                The menu of all manuals of this profile.
                \037
                File: dir,\tNode: Top,\tThis is the top of the INFO tree.

                Every line below leads to a manual; 'q' quits, 'h' explains more.

                * Menu:
                """);
        sections.forEach((section, entries) -> {
            text.append('\n').append(section).append('\n');
            entries.forEach(text::append);
        });
        return text.toString();
    }
}
