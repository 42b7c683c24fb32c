// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import dev.cairn.fs.AtomicFiles;
import dev.cairn.fs.FileTrees;
import dev.cairn.hash.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Files that a store has put into folders of its user's, among files of others. A list says which they are and what
 * was in them, so that nothing of anybody else is ever written over or deleted: a file counts as the store's own while
 * it is what the store wrote. The list is written before the files, so that none is forgotten when a process is killed.
 */
final class ExportedFiles {
    private static final int LARGEST = 8 << 20;

    private final Path list;

    /** @param list the file with a line for every exported file: SHA-256 of what is in it, a space, its full name */
    ExportedFiles(Path list) {
        this.list = list;
    }

    /**
     * Makes the exported files exactly these, as far as others do not have files of the same name.
     *
     * @param wanted what is to be in each file
     * @param marked tells from the contents of a file that it is the store's own though it was changed: such a file is
     *     not written over but deleted when it is not wanted any more
     * @return whether anything changed
     */
    boolean follow(SortedMap<Path, byte[]> wanted, Predicate<byte[]> marked) throws IOException {
        SortedMap<Path, String> before = read();
        SortedMap<Path, String> after = new TreeMap<>();
        for (Map.Entry<Path, byte[]> entry : wanted.entrySet()) {
            String known = before.get(entry.getKey());
            // A file that its user has changed stays on the list, to go when the package goes.
            if (known != null || !FileTrees.exists(entry.getKey())) {
                after.put(entry.getKey(), digest(entry.getValue()));
            }
        }
        if (before.isEmpty() && after.isEmpty()) {
            return false;
        }
        SortedMap<Path, String> both = new TreeMap<>(before);
        after.forEach(
                (file, digest) -> both.merge(file, digest, (old, now) -> old.equals(now) ? old : old + "," + now));
        write(both);
        boolean changed = false;
        for (Path file : after.keySet()) {
            changed |= export(file, wanted.get(file), before.get(file));
        }
        for (Map.Entry<Path, String> old : before.entrySet()) {
            if (!after.containsKey(old.getKey())) {
                changed |= withdraw(old.getKey(), old.getValue(), marked);
            }
        }
        write(after);
        return changed;
    }

    private static boolean export(Path file, byte[] contents, String known) throws IOException {
        if (FileTrees.exists(file)) {
            if (!isOwn(file, known == null ? "" : known) || isOwn(file, digest(contents))) {
                return false;
            }
        }
        Files.createDirectories(file.getParent());
        AtomicFiles.write(file, contents);
        return true;
    }

    private static boolean withdraw(Path file, String known, Predicate<byte[]> marked) throws IOException {
        boolean own = isOwn(file, known) || isReadable(file) && marked.test(Files.readAllBytes(file));
        return own && Files.deleteIfExists(file);
    }

    /** @param digests one, or two with a comma between where a process was killed at its work */
    private static boolean isOwn(Path file, String digests) throws IOException {
        return isReadable(file) && !digests.isEmpty() && digests.contains(digest(Files.readAllBytes(file)));
    }

    private static boolean isReadable(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= LARGEST;
    }

    private SortedMap<Path, String> read() throws IOException {
        SortedMap<Path, String> files = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(list, StandardCharsets.UTF_8)) {
                int space = line.indexOf(' ');
                if (space > 0 && line.startsWith("/", space + 1)) {
                    files.put(Path.of(line.substring(space + 1)).normalize(), line.substring(0, space));
                }
            }
        } catch (NoSuchFileException _) {
            // Nothing was ever exported.
        }
        return files;
    }

    private void write(SortedMap<Path, String> files) throws IOException {
        if (files.isEmpty()) {
            Files.deleteIfExists(list);
            return;
        }
        StringBuilder text = new StringBuilder();
        files.forEach((file, digest) -> text.append(digest).append(' ').append(file).append('\n'));
        Files.createDirectories(list.getParent());
        AtomicFiles.write(list, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(byte[] contents) {
        return Hash.sha256(contents).hex();
    }
}
