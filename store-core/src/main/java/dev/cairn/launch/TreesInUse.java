// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import dev.cairn.fs.FileTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trees that running programs see as {@code /usr}, found in the mounts of all processes that the caller may look
 * at: their own, and as root everybody's. Linux keeps the name of a mounted folder up to date when it is renamed.
 */
final class TreesInUse {
    private static final Pattern PROCESS = Pattern.compile("[0-9]{1,10}");
    private static final Pattern USR = Pattern.compile("/([^/ ]+)/usr /usr ");

    private TreesInUse() {}

    /**
     * The names of the folders below {@code trees} that are in use now.
     *
     * @param processes {@code /proc}
     */
    static Set<String> find(Path processes, Path trees) throws IOException {
        String parent = "/" + trees.getFileName();
        Set<String> found = new HashSet<>();
        Set<String> namespaces = new HashSet<>();
        for (Path process : FileTrees.entries(processes)) {
            if (PROCESS.matcher(process.getFileName().toString()).matches()) {
                try {
                    // Many processes share few namespaces.
                    if (namespaces.add(Files.readSymbolicLink(process.resolve("ns/mnt")).toString())) {
                        collect(process.resolve("mountinfo"), parent, found);
                    }
                } catch (IOException _) {
                    // It has ended, or belongs to somebody else.
                }
            }
        }
        return found;
    }

    /** A line is: number, parent, device, the folder in its file system, the folder where it is mounted, ... */
    private static void collect(Path mounts, String parent, Set<String> found) throws IOException {
        String text = new String(Files.readAllBytes(mounts), StandardCharsets.UTF_8);
        Matcher usr = USR.matcher(text);
        while (usr.find()) {
            if (text.startsWith(parent, usr.start() - parent.length())) {
                found.add(usr.group(1));
            }
        }
    }
}
