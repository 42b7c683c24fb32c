// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Says for people which files of two builds of one output differ, and in what. */
final class TreeDifferences {
    /** More are of no use to anybody. */
    private static final int MOST = 1000;

    private final List<String> found = new ArrayList<>();

    private TreeDifferences() {}

    /** One line a file, at most {@value #MOST}; empty when nothing that is archived differs. */
    static List<String> between(Path former, Path latter) throws IOException {
        TreeDifferences differences = new TreeDifferences();
        differences.compare("", former, latter);
        return List.copyOf(differences.found);
    }

    private void compare(String name, Path former, Path latter) throws IOException {
        Interrupts.check();
        if (found.size() >= MOST) {
            return;
        }
        PosixFileAttributes before = attributes(former);
        PosixFileAttributes after = attributes(latter);
        if (!kind(before).equals(kind(after))) {
            add(name, "a " + kind(before) + " before, a " + kind(after) + " now");
        } else if (before.isDirectory()) {
            compareEntries(name, former, latter);
        } else if (before.isSymbolicLink()) {
            Path target = Files.readSymbolicLink(former);
            Path newTarget = Files.readSymbolicLink(latter);
            if (!target.equals(newTarget)) {
                add(name, "a link to " + target + " before, to " + newTarget + " now");
            }
        } else {
            compareFiles(name, former, before, latter, after);
        }
    }

    private void compareEntries(String name, Path former, Path latter) throws IOException {
        TreeMap<String, Path> before = entries(former);
        TreeMap<String, Path> after = entries(latter);
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String entry : names) {
            String whole = name.isEmpty() ? entry : name + "/" + entry;
            Path one = before.get(entry);
            Path other = after.get(entry);
            if (one == null) {
                add(whole, "only there now");
            } else if (other == null) {
                add(whole, "only there before");
            } else {
                compare(whole, one, other);
            }
        }
    }

    private static TreeMap<String, Path> entries(Path folder) throws IOException {
        TreeMap<String, Path> entries = new TreeMap<>();
        for (Path entry : FileTrees.entries(folder)) {
            entries.put(entry.getFileName().toString(), entry);
        }
        return entries;
    }

    private void compareFiles(
            String name, Path former, PosixFileAttributes before, Path latter, PosixFileAttributes after)
            throws IOException {
        if (executable(before) != executable(after)) {
            add(name, executable(before) ? "no longer executable" : "executable now");
        }
        if (before.size() != after.size()) {
            add(name, before.size() + " octets before, " + after.size() + " now");
        } else {
            long position = Files.mismatch(former, latter);
            if (position >= 0) {
                add(name, "other contents from octet " + position + " on");
            }
        }
    }

    private void add(String name, String difference) {
        if (found.size() < MOST) {
            found.add((name.isEmpty() ? "the output itself" : name) + ": " + difference);
        }
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean executable(PosixFileAttributes attributes) {
        return attributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    }

    private static String kind(PosixFileAttributes attributes) {
        if (attributes.isDirectory()) {
            return "directory";
        }
        return attributes.isSymbolicLink() ? "link" : "file";
    }
}
