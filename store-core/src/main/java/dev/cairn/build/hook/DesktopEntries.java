// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.hook;

import dev.cairn.fs.Interrupts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which programs of a profile open which types of files: {@code share/applications/mimeinfo.cache}. */
final class DesktopEntries {
    private static final String FOLDER = "share/applications";
    private static final int MAX_DEPTH = 10;

    private final HookInputs inputs;
    private final Set<String> seen = new HashSet<>();
    private final SortedMap<String, SortedSet<String>> programs = new TreeMap<>();

    private DesktopEntries(HookInputs inputs) {
        this.inputs = inputs;
    }

    /** Adds the file when some program opens something. */
    static void add(HookInputs inputs, Path output) throws IOException {
        DesktopEntries entries = new DesktopEntries(inputs);
        for (Path item : inputs.items()) {
            entries.collect(item.resolve(FOLDER), "", 0);
        }
        if (!entries.programs.isEmpty()) {
            Path file = Files.createDirectories(output.resolve(FOLDER)).resolve("mimeinfo.cache");
            Files.writeString(file, DesktopEntry.cache(entries.programs), StandardCharsets.ISO_8859_1);
        }
    }

    /** @param prefix of identifiers: the names of the folders below the first, each with a hyphen behind it */
    private void collect(Path folder, String prefix, int depth) throws IOException {
        if (depth > MAX_DEPTH || !inputs.files().isDirectory(folder)) {
            return;
        }
        for (Path name : inputs.files().names(folder)) {
            Interrupts.check();
            Optional<Path> file = inputs.files().resolve(folder.resolve(name));
            if (file.isPresent() && Files.isDirectory(file.get(), LinkOption.NOFOLLOW_LINKS)) {
                collect(folder.resolve(name), prefix + name + "-", depth + 1);
            } else if (file.isPresent()
                    && Files.isRegularFile(file.get(), LinkOption.NOFOLLOW_LINKS)
                    && name.toString().endsWith(".desktop")
                    && seen.add(prefix + name)) {
                // An entry that another item has as well is that of the first, as in the profile itself.
                for (String type : DesktopEntry.types(file.get())) {
                    programs.computeIfAbsent(type, _ -> new TreeSet<>()).add(prefix + name);
                }
            }
        }
    }
}
