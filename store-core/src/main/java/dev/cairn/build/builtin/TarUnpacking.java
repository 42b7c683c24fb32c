// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import dev.cairn.fs.Interrupts;
import dev.cairn.fs.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The entries of one tar archive on their way to a tree. Archives are not trusted: devices, pipes, names that cannot
 * be, hard links to what did not come before and whatever {@link Placement} and {@link OutputTree} refuse end it, with
 * the entry's name. Memory does not depend on the archive, apart from the names of its directories. Not safe for use
 * by several threads.
 */
final class TarUnpacking {
    private static final int MAX_ENTRIES = 4_000_000;
    private static final int OWNER_EXECUTE = 0100;
    private static final int MAX_TARGET = 4095;
    private static final int BUFFER = 128 * 1024;

    private final TarArchiveInputStream tar;
    private final OutputTree tree;
    private final Placement placement;
    private final long maxOctets;
    private final byte[] buffer = new byte[BUFFER];
    private long octets;
    private int entries;

    /** Where entries go, and which are taken. */
    interface Placement {
        /**
         * Where an entry goes.
         *
         * @param name its components, free of {@code ..}
         * @return its components in the tree, none for the root; empty if the entry is left out
         */
        Optional<List<String>> of(List<String> name, boolean directory);

        /**
         * Whether a symlink is made.
         *
         * @throws BuiltinException when it must not be
         */
        boolean takesLink(String entry, List<String> place, String target) throws BuiltinException;

        /** Whether a file with this mode is to be executable; may tell the user what is not kept of the mode. */
        default boolean isExecutable(String entry, int mode) {
            return TarUnpacking.isExecutable(mode);
        }

        /** Whether an entry may come twice as long as both are the same. */
        default boolean takesEqualTwice() {
            return false;
        }
    }

    /**
     * @param plain the archive, not compressed; the caller closes it
     * @param maxOctets how much its files may hold together
     */
    TarUnpacking(InputStream plain, OutputTree tree, Placement placement, long maxOctets) {
        this.tar = new TarArchiveInputStream(plain, StandardCharsets.UTF_8.name());
        this.tree = tree;
        this.placement = placement;
        this.maxOctets = maxOctets;
    }

    /** Takes the next entry. @return false at the end */
    boolean next() throws BuiltinException, IOException {
        Interrupts.check();
        TarArchiveEntry entry;
        try {
            entry = tar.getNextEntry();
        } catch (IOException | RuntimeException e) {
            Interrupts.check();
            throw new DamagedException(e);
        }
        if (entry == null) {
            return false;
        }
        if (++entries > MAX_ENTRIES) {
            throw new BuiltinException("the archive has more than " + MAX_ENTRIES + " entries");
        }
        Optional<List<String>> place =
                placement.of(OutputTree.components(entry.getName()), entry.isDirectory());
        if (place.isPresent()) {
            write(entry, place.get());
        }
        return true;
    }

    /** How many entries there were so far. */
    int entries() {
        return entries;
    }

    private void write(TarArchiveEntry entry, List<String> place) throws BuiltinException, IOException {
        if (entry.isDirectory()) {
            tree.directory(place);
        } else if (entry.isSymbolicLink()) {
            symlink(entry, place, entry.getLinkName());
        } else if (entry.isLink()) {
            hardLink(entry, place);
        } else if (entry.isFile() && !isSpecial(entry)) {
            file(entry, place);
        } else {
            throw refused(entry, "it is no file, directory or link but a device or pipe");
        }
    }

    private void symlink(TarArchiveEntry entry, List<String> place, String target)
            throws BuiltinException, IOException {
        if (target.indexOf('\ufffd') >= 0) {
            throw refused(entry, "the target of the link is not UTF-8");
        }
        if (Octets.ofText(target).length > MAX_TARGET) {
            throw refused(entry, "the target of the link is too long");
        }
        if (!placement.takesLink(entry.getName(), place, target)) {
            return;
        }
        boolean made = tree.makeSymlink(place, target);
        boolean again = !made && placement.takesEqualTwice() && tree.linkTarget(place).equals(Optional.of(target));
        if (!made && !again) {
            throw refused(entry, "it exists already");
        }
    }

    private void hardLink(TarArchiveEntry entry, List<String> place) throws BuiltinException, IOException {
        Optional<List<String>> target = placement.of(OutputTree.components(entry.getLinkName()), false);
        if (target.isEmpty()) {
            throw refused(entry, "it is a link to '" + entry.getLinkName() + "', which is left out");
        }
        if (placement.takesEqualTwice() && place.equals(target.get())) {
            return;
        }
        Optional<String> link = tree.linkTarget(target.get());
        if (link.isPresent()) {
            symlink(entry, place, link.get());
        } else {
            tree.again(place, target.get());
        }
    }

    private void file(TarArchiveEntry entry, List<String> place) throws BuiltinException, IOException {
        if (!tar.canReadEntryData(entry)) {
            throw refused(entry, "its kind is not known");
        }
        long size = entry.getRealSize();
        if (size > maxOctets - octets) {
            throw refused(entry, "with it the archive holds more than " + maxOctets + " octets, too much for its size");
        }
        octets += size;
        boolean executable = placement.isExecutable(entry.getName(), entry.getMode());
        boolean made = tree.makeFile(place, executable, this::copyContents);
        if (!made && placement.takesEqualTwice() && tree.isFile(place)) {
            tree.requireEqual(place, executable, this::read);
        } else if (!made) {
            throw refused(entry, "it exists already");
        }
    }

    private static BuiltinException refused(TarArchiveEntry entry, String why) {
        return new BuiltinException("'" + entry.getName() + "' is refused: " + why);
    }

    /** Whether the owner of a file with this mode may execute it. */
    static boolean isExecutable(int mode) {
        return (mode & OWNER_EXECUTE) != 0;
    }

    private static boolean isSpecial(TarArchiveEntry entry) {
        return entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO();
    }

    private void copyContents(OutputStream out) throws IOException {
        int n = read(buffer);
        while (n >= 0) {
            Interrupts.check();
            out.write(buffer, 0, n);
            n = read(buffer);
        }
    }

    private int read(byte[] into) throws IOException {
        try {
            return tar.read(into);
        } catch (IOException | RuntimeException e) {
            Interrupts.check();
            throw new DamagedException(e);
        }
    }
}
