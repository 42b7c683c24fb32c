// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import dev.cairn.fs.Interrupts;
import dev.cairn.fs.Octets;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * {@code builtin:unpack} makes the output {@code out} of a tar archive, plain or compressed by gzip, bzip2, xz or
 * zstd, which its first octets tell. Variables: {@code src}, the archive; {@code strip}, how many leading components
 * of the names are dropped, 0 by default (entries with no more than those are left out).
 *
 * <p>Archives are not trusted. Refused with the entry's name: absolute names and those with {@code ..}, names that
 * come twice or lead through a link, links that lead outside the tree, devices and pipes, more than 100 levels, more
 * than 4 million entries.
 */
public final class UnpackBuilder implements Builtin {
    private static final int MAX_ENTRIES = 4_000_000;
    private static final int MAX_STRIP = 100;
    private static final int OWNER_EXECUTE = 0100;
    private static final int BUFFER = 128 * 1024;

    @Override
    public String name() {
        return "unpack";
    }

    @Override
    public void build(Context context) throws BuiltinException, IOException {
        String source = BuiltinInputs.variable(context, "src");
        Path archive = BuiltinInputs.file(context.layout(), source);
        Path root = context.outputs().get("out");
        if (root == null || context.outputs().size() != 1) {
            throw new BuiltinException("builtin:unpack has exactly one output, 'out'");
        }
        OutputTree tree = new OutputTree(root);
        OptionalLong size = OptionalLong.of(Files.size(archive));
        try (Counting counting = new Counting(Files.newInputStream(archive));
                InputStream plain = Decompression.open(new BufferedInputStream(counting, BUFFER));
                TarArchiveInputStream tar = new TarArchiveInputStream(plain, StandardCharsets.UTF_8.name())) {
            Unpacking unpacking = new Unpacking(tar, tree, strip(context));
            int entries = 0;
            while (unpacking.next()) {
                Interrupts.check();
                if (++entries > MAX_ENTRIES) {
                    throw new BuiltinException("'" + source + "' has more than " + MAX_ENTRIES + " entries");
                }
                if (entries % 64 == 0) {
                    context.activity().progress(counting.count, size);
                }
            }
            context.activity().progress(counting.count, size);
        } catch (DamagedException e) {
            throw new BuiltinException("the archive '" + source + "' cannot be read: " + e.getMessage(), e);
        }
        if (!tree.exists()) {
            throw new BuiltinException("nothing of '" + source + "' is left to unpack");
        }
    }

    private static int strip(Context context) throws BuiltinException {
        String text = BuiltinInputs.optional(context, "strip").orElse("0");
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > MAX_STRIP) {
            throw new BuiltinException("'strip' must be a number from 0 to " + MAX_STRIP + ", not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    /** Reading failed, as opposed to writing; the decoders answer some damage with unchecked exceptions. */
    static final class DamagedException extends IOException {
        DamagedException(Exception cause) {
            super(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), cause);
        }
    }

    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            count += octet < 0 ? 0 : 1;
            return octet;
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            int n = super.read(octets, offset, length);
            count += Math.max(n, 0);
            return n;
        }
    }

    /** The entries of one archive on their way to the tree. */
    private record Unpacking(TarArchiveInputStream tar, OutputTree tree, int strip) {
        /** @return false at the end */
        boolean next() throws BuiltinException, IOException {
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
            List<String> whole = OutputTree.components(entry.getName());
            if (whole.size() > strip) {
                write(entry, whole.subList(strip, whole.size()));
            } else if (whole.size() == strip && entry.isDirectory()) {
                tree.directory(List.of());
            }
            return true;
        }

        private void write(TarArchiveEntry entry, List<String> name) throws BuiltinException, IOException {
            if (entry.isDirectory()) {
                tree.directory(name);
            } else if (entry.isSymbolicLink()) {
                checkLink(entry.getName(), name, entry.getLinkName());
                tree.symlink(name, entry.getLinkName());
            } else if (entry.isLink()) {
                List<String> target = OutputTree.components(entry.getLinkName());
                if (target.size() <= strip) {
                    throw new BuiltinException("'" + entry.getName() + "' is refused: it is a link to '"
                            + entry.getLinkName() + "', which is left out");
                }
                Path file = tree.existing(target.subList(strip, target.size()));
                tree.copyFile(name, file, Files.isExecutable(file));
            } else if (entry.isFile() && !isSpecial(entry)) {
                if (!tar.canReadEntryData(entry)) {
                    throw new BuiltinException("'" + entry.getName() + "' is refused: its kind is not known");
                }
                tree.file(name, (entry.getMode() & OWNER_EXECUTE) != 0, this::copyContents);
            } else {
                throw new BuiltinException(
                        "'" + entry.getName() + "' is refused: it is no file, directory or link but a device or pipe");
            }
        }

        private static boolean isSpecial(TarArchiveEntry entry) {
            return entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO();
        }

        private static void checkLink(String entry, List<String> name, String target) throws BuiltinException {
            int depth = name.size() - 1;
            boolean outside = target.startsWith("/");
            for (String part : target.split("/")) {
                if (part.equals("..")) {
                    depth--;
                } else if (!part.isEmpty() && !part.equals(".")) {
                    depth++;
                }
                outside |= depth < 0;
            }
            if (outside || Octets.ofText(target).length > 4095) {
                throw new BuiltinException("'" + entry + "' is refused: it is a link to '" + target + "' outside");
            }
        }

        private void copyContents(OutputStream out) throws IOException {
            byte[] buffer = new byte[BUFFER];
            int n = read(buffer);
            while (n >= 0) {
                Interrupts.check();
                out.write(buffer, 0, n);
                n = read(buffer);
            }
        }

        private int read(byte[] buffer) throws IOException {
            try {
                return tar.read(buffer);
            } catch (IOException | RuntimeException e) {
                Interrupts.check();
                throw new DamagedException(e);
            }
        }
    }
}
