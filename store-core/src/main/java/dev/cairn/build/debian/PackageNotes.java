// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import dev.cairn.tree.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out what a package does to the machine when it is installed, from what its script says: services, users and
 * rights that Cairn does not give, and triggers that nothing reproduces.
 */
final class PackageNotes {
    private static final int MAX_SCRIPT = 4 << 20;
    private static final int MOST_NAMES = 5;
    private static final Pattern UNIT = Pattern.compile(
            "(?m)^\\s*(?:if )?deb-systemd-(?:helper|invoke)\\b.*?\\s'?([\\w@.:-]+\\.(?:service|socket|timer|path))\\b");
    private static final Pattern INIT = Pattern.compile("(?m)^\\s*invoke-rc\\.d(?:\\s+--[\\w-]+)*\\s+([\\w.-]+)");
    private static final Pattern USERS =
            Pattern.compile("(?m)^[^#\\n]*\\b(?:adduser\\s.*--system|useradd\\s|systemd-sysusers\\s)");

    /** Names of files and folders that packages watch, and whose contents are reproduced or do not matter here. */
    private static final Pattern KNOWN_TRIGGERS = Pattern.compile("ldconfig|update-ca-certificates(-java)?(-fresh)?"
            + "|(/usr)?/lib/.*/(gio/modules|immodules|printbackends|media|loaders)"
            + "|/usr/lib/gtk-2\\.0/2\\.10\\.0/immodules|/usr/share/(glib-2\\.0/schemas|mime/packages|applications)"
            + "|/usr/share/(fonts|icons/.*|dbus-1/.*|debianutils/shells\\.d|man|info|doc-base|texmf/fonts|ghostscript/fonts)"
            + "|/usr/lib/(systemd/.*|sysusers\\.d|tmpfiles\\.d|binfmt\\.d|udev/.*|sysctl\\.d|modules.*|python3?/.*)"
            + "|/etc/(dbus-1/.*|init\\.d|rc.*)|update-initramfs|/boot|nodejs|.*kernel.*|dpkg.*");

    private final OverlayNotes notes;

    PackageNotes(OverlayNotes notes) {
        this.notes = notes;
    }

    /** Adds the notes of one package. */
    void add(Part part) throws IOException {
        String script = text(part.contents().resolve("control/postinst"));
        services(part, script);
        if (USERS.matcher(script).find()) {
            notes.add(part.name(), "makes users or groups of the system: not made by Cairn");
        }
        privileges(part);
        triggers(part);
    }

    private void services(Part part, String script) {
        SortedSet<String> names = new TreeSet<>();
        for (Matcher unit = UNIT.matcher(script); unit.find(); ) {
            names.add(unit.group(1).replaceFirst("\\.service$", ""));
        }
        for (Matcher init = INIT.matcher(script); init.find(); ) {
            names.add(init.group(1));
        }
        // A service that a timer or a socket starts goes without saying.
        names.removeIf(name -> names.contains(name + ".timer") || names.contains(name + ".socket"));
        if (names.size() == 1) {
            notes.add(part.name(), "starts the system service '" + names.first() + "': not started by Cairn");
        } else if (!names.isEmpty()) {
            notes.add(part.name(), "starts the system services " + list(names) + ": not started by Cairn");
        }
    }

    private void privileges(Part part) throws IOException {
        Path file = part.contents().resolve("set-id");
        if (!Files.isRegularFile(file)) {
            return;
        }
        SortedSet<String> names = new TreeSet<>();
        for (String line : text(file).split("\n")) {
            names.add("/" + line);
        }
        notes.add(part.name(), (names.size() == 1 ? "the program " : "the programs ") + list(names)
                + " would run with the rights of another user (set-user-ID), which Cairn does not give");
    }

    private void triggers(Part part) throws IOException {
        Path file = part.contents().resolve("control/triggers");
        if (!Files.isRegularFile(file)) {
            return;
        }
        SortedSet<String> unknown = new TreeSet<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.strip().split("\\s+");
                if (words.length == 2
                        && words[0].startsWith("interest")
                        && !KNOWN_TRIGGERS.matcher(words[1]).matches()) {
                    unknown.add(words[1]);
                }
            }
        }
        if (!unknown.isEmpty()) {
            notes.add(part.name(), "does something when packages bring " + list(unknown) + ": not done by Cairn");
        }
    }

    private static String list(SortedSet<String> names) {
        StringBuilder text = new StringBuilder();
        int count = 0;
        for (String name : names) {
            if (++count > MOST_NAMES) {
                return text.append(" and ").append(names.size() - MOST_NAMES).append(" more").toString();
            }
            text.append(count == 1 ? "'" : ", '").append(name).append('\'');
        }
        return text.toString();
    }

    /** The beginning of a file, octet by octet; nothing where there is none. */
    private static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_SCRIPT), StandardCharsets.ISO_8859_1);
        }
    }
}
