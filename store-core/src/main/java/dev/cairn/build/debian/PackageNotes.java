// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import dev.cairn.debian.script.ScriptAction;
import dev.cairn.tree.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds out what a package does to the machine when it is installed, from what its script says: services, users and
 * rights that Cairn does not give, and triggers that nothing reproduces.
 */
final class PackageNotes {
    private static final int MAX_NAMES = 1 << 20;
    private static final int MOST_NAMES = 5;

    /** Names of files and folders that packages watch, and whose contents are reproduced or do not matter here. */
    private static final Pattern KNOWN_TRIGGERS = Pattern.compile("ldconfig|update-ca-certificates(-java)?(-fresh)?"
            + "|(/usr)?/lib/.*/(gio/modules|immodules|printbackends|media|loaders)"
            + "|/usr/lib/gtk-2\\.0/2\\.10\\.0/immodules|/usr/share/(glib-2\\.0/schemas|mime/packages|applications)"
            + "|/usr/share/(fonts|icons/.*|dbus-1/.*|debianutils/shells\\.d|man|info|doc-base)"
            + "|/usr/share/(texmf|ghostscript)/fonts"
            + "|/usr/lib/(systemd/.*|sysusers\\.d|tmpfiles\\.d|binfmt\\.d|udev/.*|sysctl\\.d|modules.*|python3?/.*)"
            + "|aspell-autobuildhash|/usr/share/hunspell"
            + "|/etc/(dbus-1/.*|init\\.d|rc.*)|update-initramfs|/boot|nodejs|.*kernel.*|dpkg.*");

    private final OverlayNotes notes;

    PackageNotes(OverlayNotes notes) {
        this.notes = notes;
    }

    /**
     * Adds the notes of one package.
     *
     * @param actions of its script
     */
    void add(Part part, List<ScriptAction> actions) throws IOException {
        SortedSet<String> services = new TreeSet<>();
        for (ScriptAction action : actions) {
            switch (action) {
                case ScriptAction.StartsService(Optional<String> name) -> services.add(name.orElse("?"));
                case ScriptAction.AddsAccount _ ->
                    notes.add(part.name(), "makes users or groups of the system: not made by Cairn");
                case ScriptAction.NotUnderstood(String command, String reason) ->
                    notes.add(part.name(), "does '" + command + "', which Cairn leaves out: " + reason);
                case ScriptAction.Alternative _, ScriptAction.Diverts _, ScriptAction.Triggers _ -> {
                    // Those are reproduced.
                }
            }
        }
        services(part, services);
        privileges(part);
        triggers(part);
    }

    private void services(Part part, SortedSet<String> units) {
        SortedSet<String> names = new TreeSet<>();
        units.forEach(unit -> names.add(unit.replaceFirst("\\.service$", "")));
        // A service that a timer or a socket starts goes without saying.
        names.removeIf(name -> names.contains(name + ".timer") || names.contains(name + ".socket"));
        if (names.size() == 1) {
            notes.add(part.name(), "starts the system service " + list(names) + ": not started by Cairn");
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
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MAX_NAMES), StandardCharsets.UTF_8);
            text.lines().forEach(line -> names.add("/" + line));
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
}
