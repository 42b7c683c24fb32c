// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Symlinks whose text is kept to the octet. The JDK drops a slash at the end and doubled slashes from a target, and
 * cannot write one that is no text in the platform's encoding; such targets, which are rare, go to symlink(2) itself.
 */
public final class Symlinks {
    private Symlinks() {}

    /** Makes a link with a text in the platform's encoding. */
    public static void create(Path link, String target) throws IOException {
        create(link, Octets.ofText(target));
    }

    /**
     * Makes a link.
     *
     * @param target the octets of its text, 1 to 4095, none of them NUL
     * @throws FileAlreadyExistsException when {@code link} exists
     */
    public static void create(Path link, byte[] target) throws IOException {
        if (Octets.isPlain(target)) {
            Path path = Path.of(Octets.toAscii(target));
            if (path.toString().length() == target.length) {
                Files.createSymbolicLink(link, path);
                return;
            }
        }
        if (Native.symlink(target, Octets.of(link)) != 0) {
            if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(link.toString());
            }
            throw new FileSystemException(link.toString(), null, "the symlink cannot be made");
        }
    }

    /** The octets of a link's text. */
    public static byte[] read(Path link) throws IOException {
        return Octets.of(Files.readSymbolicLink(link));
    }

    private static final class Native {
        private static final MethodHandle SYMLINK = handle();

        // Calling into the C library is what this class is for; the JVM is started with leave to do so.
        @SuppressWarnings("restricted")
        private static MethodHandle handle() {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("symlink"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        }

        static int symlink(byte[] target, byte[] link) throws IOException {
            try (Arena arena = Arena.ofConfined()) {
                return (int) SYMLINK.invokeExact(terminated(arena, target), terminated(arena, link));
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IOException(e);
            }
        }

        private static MemorySegment terminated(Arena arena, byte[] octets) {
            MemorySegment segment = arena.allocate(octets.length + 1L);
            MemorySegment.copy(octets, 0, segment, ValueLayout.JAVA_BYTE, 0, octets.length);
            return segment;
        }
    }
}
