// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing.debian;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Collects the entries of a tar archive. Names are written exactly as they are given, in the order given; folders that
 * names starting with {@code ./} lie in are written before them unless they are there already.
 */
public final class TarWriter {
    /** When every file was last changed. */
    static final Instant TIME = Instant.parse("2024-01-01T00:00:00Z");

    private final List<Item> entries = new ArrayList<>();

    private record Item(TarArchiveEntry entry, byte[] contents) {}

    /** @param mode permission bits, with those for set-uid (04000) and set-gid (02000) */
    public TarWriter file(String name, int mode, byte[] contents) {
        TarArchiveEntry entry = entry(name, TarConstants.LF_NORMAL, mode);
        entry.setSize(contents.length);
        entries.add(new Item(entry, contents));
        return this;
    }

    public TarWriter directory(String name, int mode) {
        entries.add(new Item(entry(name, TarConstants.LF_DIR, mode), new byte[0]));
        return this;
    }

    public TarWriter symlink(String name, String target) {
        TarArchiveEntry entry = entry(name, TarConstants.LF_SYMLINK, 0777);
        entry.setLinkName(target);
        entries.add(new Item(entry, new byte[0]));
        return this;
    }

    public TarWriter hardLink(String name, String existing) {
        TarArchiveEntry entry = entry(name, TarConstants.LF_LINK, 0644);
        entry.setLinkName(existing);
        entries.add(new Item(entry, new byte[0]));
        return this;
    }

    /** A character device, {@code /dev/null}'s numbers. */
    public TarWriter device(String name) {
        TarArchiveEntry entry = entry(name, TarConstants.LF_CHR, 0666);
        entry.setDevMajor(1);
        entry.setDevMinor(3);
        entries.add(new Item(entry, new byte[0]));
        return this;
    }

    public TarWriter pipe(String name) {
        entries.add(new Item(entry(name, TarConstants.LF_FIFO, 0644), new byte[0]));
        return this;
    }

    void addAll(TarWriter others) {
        entries.addAll(others.entries);
    }

    /** Octets of all files together. */
    long size() {
        return entries.stream().mapToLong(item -> item.contents().length).sum();
    }

    byte[] octets() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            Set<String> folders = new HashSet<>();
            for (Item item : entries) {
                writeFoldersOf(item.entry().getName(), folders, tar);
                folders.add(item.entry().getName());
                write(item.entry(), item.contents(), tar);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void writeFoldersOf(String name, Set<String> written, TarArchiveOutputStream tar)
            throws IOException {
        if (!name.startsWith("./")) {
            return;
        }
        int end = name.length() - 1;
        for (int slash = name.indexOf('/'); slash >= 0 && slash < end; slash = name.indexOf('/', slash + 1)) {
            String folder = name.substring(0, slash + 1);
            if (written.add(folder)) {
                write(entry(folder, TarConstants.LF_DIR, 0755), new byte[0], tar);
            }
        }
    }

    private static void write(TarArchiveEntry entry, byte[] contents, TarArchiveOutputStream tar) throws IOException {
        tar.putArchiveEntry(entry);
        tar.write(contents);
        tar.closeArchiveEntry();
    }

    private static TarArchiveEntry entry(String name, byte type, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setMode(mode);
        entry.setModTime(Date.from(TIME));
        entry.setIds(0, 0);
        entry.setNames("root", "root");
        return entry;
    }
}
