// SPDX-License-Identifier: Apache-2.0
package dev.cairn.tree;

import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Octets;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a directory holds, with the kind and the number of each inode: getdents64(2) tells all of it at once, where the
 * JDK asks for every entry. Trees of profiles have ten thousands of entries.
 */
final class Listing {
    private static final int READ_ONLY_CLOSED_ON_EXECUTION = 02000000;
    private static final int BUFFER = 32 * 1024;

    private Listing() {}

    /** What trees are made of. */
    enum Kind {
        FILE,
        LINK,
        DIRECTORY
    }

    /**
     * An entry.
     *
     * @param inode its number, which files of one content in a store have in common
     */
    record Entry(Path name, Kind kind, long inode) {}

    /** The entries of a directory, in no order. */
    static List<Entry> of(Path directory) throws IOException {
        return Native.FUNCTIONS.isPresent() ? Native.list(directory, Native.FUNCTIONS.get()) : listed(directory);
    }

    /** What has a name; the last symlink is not followed. */
    static Entry entry(Path file) throws IOException {
        var attributes = Files.readAttributes(
                file, "unix:ino,isRegularFile,isSymbolicLink,isDirectory", LinkOption.NOFOLLOW_LINKS);
        Kind kind;
        if ((Boolean) attributes.get("isRegularFile")) {
            kind = Kind.FILE;
        } else if ((Boolean) attributes.get("isSymbolicLink")) {
            kind = Kind.LINK;
        } else if ((Boolean) attributes.get("isDirectory")) {
            kind = Kind.DIRECTORY;
        } else {
            throw new FileSystemException(
                    file.toString(), null, "only regular files, directories and symlinks can be in a tree");
        }
        return new Entry(file.getFileName(), kind, (Long) attributes.get("ino"));
    }

    private static List<Entry> listed(Path directory) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path file : FileTrees.entries(directory)) {
            entries.add(entry(file));
        }
        return entries;
    }

    /** The functions of the C library; glibc has getdents64 since 2.30. */
    private record Native(MethodHandle open, MethodHandle read, MethodHandle close) {
        static final Optional<Native> FUNCTIONS = find();

        /** Places in {@code struct linux_dirent64}, in octets. */
        private static final int LENGTH = 16;
        private static final int TYPE = 18;
        private static final int NAME = 19;

        // Calling into the C library is what this class is for; the JVM is started with leave to do so.
        @SuppressWarnings("restricted")
        private static Optional<Native> find() {
            Linker linker = Linker.nativeLinker();
            Optional<MemorySegment> read = linker.defaultLookup().find("getdents64");
            MemoryLayout number = ValueLayout.JAVA_INT;
            return read.map(address -> new Native(
                    linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("open"),
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, number),
                            Linker.Option.firstVariadicArg(2)),
                    linker.downcallHandle(
                            address,
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_LONG, number, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG)),
                    linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("close"), FunctionDescriptor.of(number, number))));
        }

        static List<Entry> list(Path directory, Native functions) throws IOException {
            try (Arena arena = Arena.ofConfined()) {
                byte[] name = Octets.of(directory);
                MemorySegment text = arena.allocate(name.length + 1L);
                MemorySegment.copy(name, 0, text, ValueLayout.JAVA_BYTE, 0, name.length);
                int descriptor = (int) functions.open.invokeExact(text, READ_ONLY_CLOSED_ON_EXECUTION);
                if (descriptor < 0) {
                    // Says what is wrong.
                    return listed(directory);
                }
                try {
                    return functions.read(directory, descriptor, arena.allocate(BUFFER, Long.BYTES));
                } finally {
                    int ignored = (int) functions.close.invokeExact(descriptor);
                }
            } catch (IOException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IOException(e);
            }
        }

        private List<Entry> read(Path directory, int descriptor, MemorySegment buffer) throws Throwable {
            List<Entry> entries = new ArrayList<>();
            while (true) {
                long length = (long) read.invokeExact(descriptor, buffer, buffer.byteSize());
                if (length < 0) {
                    return listed(directory);
                }
                if (length == 0) {
                    return entries;
                }
                byte[] octets = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
                for (int at = 0; at < length; at += buffer.get(ValueLayout.JAVA_SHORT, at + LENGTH)) {
                    int end = at + NAME;
                    while (octets[end] != 0) {
                        end++;
                    }
                    if (!isDots(octets, at + NAME, end)) {
                        long inode = buffer.get(ValueLayout.JAVA_LONG, at);
                        entries.add(entry(directory, name(octets, at + NAME, end), octets[at + TYPE], inode));
                    }
                }
            }
        }

        private static boolean isDots(byte[] octets, int start, int end) {
            return octets[start] == '.' && (end == start + 1 || octets[start + 1] == '.' && end == start + 2);
        }

        private static Path name(byte[] octets, int start, int end) {
            byte[] name = new byte[end - start];
            System.arraycopy(octets, start, name, 0, name.length);
            return Octets.resolve(EMPTY, name).getFileName();
        }

        private static Entry entry(Path directory, Path name, int type, long inode) throws IOException {
            return switch (type) {
                case 4 -> new Entry(name, Kind.DIRECTORY, inode);
                case 8 -> new Entry(name, Kind.FILE, inode);
                case 10 -> new Entry(name, Kind.LINK, inode);
                // Some file systems do not tell.
                default -> Listing.entry(directory.resolve(name));
            };
        }
    }

    private static final Path EMPTY = Path.of("");
}
