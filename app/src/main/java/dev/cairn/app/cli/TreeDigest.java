// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.nar.NarSink;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Takes an archive and remembers of each of its files, by name, only what tells it from others. */
final class TreeDigest implements NarSink {
    private static final int BUFFER_SIZE = 1 << 16;

    /** More files than any item has that people compare. */
    private static final int MOST = 2_000_000;

    private final SortedMap<String, String> files = new TreeMap<>();
    private final Deque<String> directories = new ArrayDeque<>();
    private String name = "";

    @Override
    public void regular(boolean executable, long size, InputStream contents) throws IOException {
        MessageDigest digest = HashAlgorithm.SHA256.newDigest();
        byte[] buffer = new byte[BUFFER_SIZE];
        long left = size;
        while (left > 0) {
            int n = contents.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw new IOException("a file ended early");
            }
            digest.update(buffer, 0, n);
            left -= n;
        }
        put((executable ? "x" : "r") + Hash.from(HashAlgorithm.SHA256, digest).hex());
    }

    @Override
    public void symlink(String target) throws IOException {
        put("l" + target);
    }

    @Override
    public void directoryStart() throws IOException {
        put("d");
        directories.push(name);
    }

    @Override
    public void entry(String entry) {
        name = directories.element() + "/" + entry;
    }

    @Override
    public void directoryEnd() {
        directories.pop();
    }

    private void put(String what) throws IOException {
        if (files.size() >= MOST) {
            throw new IOException("it has more than " + MOST + " files");
        }
        files.put(name, what);
    }

    /** The names of files that are not the same in both, or only in one; the whole itself is {@code /}. */
    List<String> differences(TreeDigest other) {
        return Stream.concat(files.keySet().stream(), other.files.keySet().stream())
                .distinct()
                .filter(file -> !files.getOrDefault(file, "").equals(other.files.getOrDefault(file, "")))
                .map(file -> file.isEmpty() ? "/" : file)
                .sorted()
                .toList();
    }
}
