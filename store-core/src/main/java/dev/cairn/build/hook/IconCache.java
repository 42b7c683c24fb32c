// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.hook;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;

/**
 * The format of {@code icon-theme.cache}, version 1.0, as GTK's {@code gtk-update-icon-cache} writes it without images:
 * all numbers are big-endian and places count from the beginning of the file. A header (version, places of the table of
 * icons and of the list of folders); the table, by hash, of chains of icons; of each icon its name and the folders that
 * have it, with the kinds of its files there.
 */
final class IconCache {
    static final int XPM = 1;
    static final int SVG = 2;
    static final int PNG = 4;

    /** A file {@code .icon}, which says more of an icon. */
    static final int DESCRIPTION = 8;

    private static final int HEADER = 12;
    private static final int ICON = 12;
    private static final int IMAGE = 8;
    private static final int NONE = -1;

    private IconCache() {}

    /**
     * The file.
     *
     * @param icons names, each char an octet, then folders of the theme with the sum of the kinds of files there; at
     *     most 65,535 folders, as their numbers have 16 bits
     */
    static byte[] file(SortedMap<String, SequencedMap<String, Integer>> icons) {
        List<String> folders = icons.values().stream()
                .flatMap(places -> places.keySet().stream())
                .distinct()
                .sorted()
                .toList();
        int buckets = Math.max(1, icons.size() | 1);
        int table = HEADER;
        int list = table + 4 + 4 * buckets;
        int size = list + 4 + 4 * folders.size() + folders.stream().mapToInt(IconCache::padded).sum();
        for (var icon : icons.entrySet()) {
            size += ICON + padded(icon.getKey()) + 4 + IMAGE * icon.getValue().size();
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.putShort((short) 1).putShort((short) 0).putInt(table).putInt(list);
        out.position(list);
        putFolders(out, folders);
        List<Integer> chains = new ArrayList<>(Collections.nCopies(buckets, NONE));
        for (var icon : icons.entrySet()) {
            int bucket = Integer.remainderUnsigned(hash(icon.getKey()), buckets);
            int place = out.position();
            putIcon(out, icon.getKey(), chains.get(bucket), icon.getValue(), folders);
            chains.set(bucket, place);
        }
        out.position(table).putInt(buckets);
        chains.forEach(out::putInt);
        return out.array();
    }

    private static void putFolders(ByteBuffer out, List<String> folders) {
        out.putInt(folders.size());
        int name = out.position() + 4 * folders.size();
        for (String folder : folders) {
            out.putInt(name);
            name += padded(folder);
        }
        folders.forEach(folder -> putName(out, folder));
    }

    private static void putIcon(
            ByteBuffer out, String name, int next, SequencedMap<String, Integer> places, List<String> folders) {
        int own = out.position() + ICON;
        out.putInt(next).putInt(own).putInt(own + padded(name));
        putName(out, name);
        out.putInt(places.size());
        places.forEach((folder, kinds) -> out.putShort((short) Collections.binarySearch(folders, folder))
                .putShort(kinds.shortValue())
                .putInt(0));
    }

    /** With the octet 0 behind it, and more up to a multiple of four. */
    private static int padded(String name) {
        return (name.length() + 4) & ~3;
    }

    private static void putName(ByteBuffer out, String name) {
        int end = out.position() + padded(name);
        out.put(name.getBytes(StandardCharsets.ISO_8859_1)).position(end);
    }

    /** That of GTK; octets are signed. */
    private static int hash(String name) {
        int hash = 0;
        for (byte octet : name.getBytes(StandardCharsets.ISO_8859_1)) {
            hash = 31 * hash + octet;
        }
        return hash;
    }
}
