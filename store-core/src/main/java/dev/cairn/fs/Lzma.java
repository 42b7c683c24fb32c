// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import java.util.Optional;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Decompresses {@code .xz} and {@code .lzma} files: by the system's liblzma where it is, as it is wherever dpkg is, and
 * else by a library of Java's that takes about twice the time, and much more as long as it is not warm; and {@code .lz}
 * files where liblzma can.
 */
public final class Lzma {
    /** What a decoder may take; the highest setting of {@code xz} needs a quarter. */
    private static final int MEMORY_KIB = 256 * 1024;

    private Lzma() {}

    /**
     * Opens a {@code .xz} file, of one stream or of several behind each other. To be used by the thread that opened it.
     *
     * @param in is closed with the result
     */
    public static InputStream xz(InputStream in) throws IOException {
        return Native.FUNCTIONS.isPresent()
                ? new NativeStream(in, Native.FUNCTIONS.get(), Container.XZ)
                : portableXz(in);
    }

    /**
     * Opens a {@code .lz} file, of one member or of several behind each other, where liblzma is of version 5.4 or
     * later. To be used by the thread that opened it.
     *
     * @param in is closed with the result
     */
    public static Optional<InputStream> lzip(InputStream in) throws IOException {
        return Native.FUNCTIONS.flatMap(Native::lzip).isPresent()
                ? Optional.of(new NativeStream(in, Native.FUNCTIONS.get(), Container.LZIP))
                : Optional.empty();
    }

    /** Opens likewise on a machine that has no liblzma. */
    static InputStream portableXz(InputStream in) throws IOException {
        return new XZInputStream(in, MEMORY_KIB);
    }

    /** Opens a file of the older form, {@code .lzma}, in the same way. */
    public static InputStream alone(InputStream in) throws IOException {
        return Native.FUNCTIONS.isPresent()
                ? new NativeStream(in, Native.FUNCTIONS.get(), Container.ALONE)
                : new LZMAInputStream(in, MEMORY_KIB);
    }

    /** What is around the compressed data. */
    private enum Container {
        XZ,
        LZIP,
        ALONE
    }

    /** The functions of liblzma's stable interface (lzma/base.h, lzma/container.h). */
    private record Native(
            MethodHandle xz, Optional<MethodHandle> lzip, MethodHandle alone, MethodHandle code, MethodHandle end) {
        static final Optional<Native> FUNCTIONS = find();

        // Calling into the library is what this class is for; the JVM is started with leave to do so.
        @SuppressWarnings("restricted")
        private static Optional<Native> find() {
            if (ValueLayout.ADDRESS.byteSize() != Long.BYTES) {
                return Optional.empty();
            }
            try {
                SymbolLookup library = SymbolLookup.libraryLookup("liblzma.so.5", Arena.global());
                Linker linker = Linker.nativeLinker();
                FunctionDescriptor withFlags = FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
                return Optional.of(new Native(
                        linker.downcallHandle(library.findOrThrow("lzma_stream_decoder"), withFlags),
                        library.find("lzma_lzip_decoder").map(found -> linker.downcallHandle(found, withFlags)),
                        linker.downcallHandle(
                                library.findOrThrow("lzma_alone_decoder"),
                                FunctionDescriptor.of(
                                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG)),
                        linker.downcallHandle(
                                library.findOrThrow("lzma_code"),
                                FunctionDescriptor.of(
                                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT)),
                        linker.downcallHandle(
                                library.findOrThrow("lzma_end"), FunctionDescriptor.ofVoid(ValueLayout.ADDRESS))));
            } catch (RuntimeException | UnsatisfiedLinkError _) {
                // No such library, a different one, or no leave to call it.
                return Optional.empty();
            }
        }
    }

    /** One file being decompressed. Fields of {@code lzma_stream} are reached by where they lie on 64-bit machines. */
    private static final class NativeStream extends InputStream {
        private static final int STRUCTURE = 136;
        private static final int NEXT_IN = 0;
        private static final int AVAILABLE_IN = 8;
        private static final int NEXT_OUT = 24;
        private static final int AVAILABLE_OUT = 32;
        private static final int CONCATENATED = 8;
        private static final int RUN = 0;
        private static final int FINISH = 3;
        private static final int OK = 0;
        private static final int STREAM_END = 1;
        private static final int OUT_OF_MEMORY = 5;
        private static final int MEMORY_LIMIT = 6;
        private static final int BUFFER_IN = 64 * 1024;
        private static final int BUFFER_OUT = 256 * 1024;

        private final InputStream in;
        private final Native functions;
        private final boolean endsWithInput;
        private final Arena arena = Arena.ofConfined();
        private final MemorySegment stream = arena.allocate(STRUCTURE, Long.BYTES);
        private final MemorySegment input = arena.allocate(BUFFER_IN);
        private final MemorySegment output = arena.allocate(BUFFER_OUT);
        private final byte[] piece = new byte[BUFFER_IN];
        private int action = RUN;
        private long position;
        private long filled;
        private boolean ended;
        private boolean closed;

        NativeStream(InputStream in, Native functions, Container container) throws IOException {
            this.in = in;
            this.functions = functions;
            // For lzip, the library takes what is no further member for a comment.
            this.endsWithInput = container == Container.LZIP;
            long memory = MEMORY_KIB * 1024L;
            try {
                check(switch (container) {
                    case XZ -> (int) functions.xz().invokeExact(stream, memory, CONCATENATED);
                    case LZIP -> (int) functions.lzip().orElseThrow().invokeExact(stream, memory, CONCATENATED);
                    case ALONE -> (int) functions.alone().invokeExact(stream, memory);
                });
            } catch (IOException | RuntimeException | Error e) {
                arena.close();
                throw e;
            } catch (Throwable e) {
                throw new IOException(e);
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, octets.length);
            if (closed) {
                throw new IOException("the stream was closed");
            }
            if (length == 0) {
                return 0;
            }
            while (position == filled) {
                if (ended) {
                    return -1;
                }
                decode();
            }
            int n = (int) Math.min(length, filled - position);
            MemorySegment.copy(output, ValueLayout.JAVA_BYTE, position, octets, offset, n);
            position += n;
            return n;
        }

        /** Fills the buffer anew, as far as the input that is at hand goes. */
        private void decode() throws IOException {
            if (stream.get(ValueLayout.JAVA_LONG, AVAILABLE_IN) == 0 && action == RUN) {
                int n = in.read(piece);
                if (n < 0) {
                    action = FINISH;
                } else {
                    MemorySegment.copy(piece, 0, input, ValueLayout.JAVA_BYTE, 0, n);
                    stream.set(ValueLayout.ADDRESS, NEXT_IN, input);
                    stream.set(ValueLayout.JAVA_LONG, AVAILABLE_IN, n);
                }
            }
            stream.set(ValueLayout.ADDRESS, NEXT_OUT, output);
            stream.set(ValueLayout.JAVA_LONG, AVAILABLE_OUT, BUFFER_OUT);
            try {
                ended = check((int) functions.code().invokeExact(stream, action)) == STREAM_END;
            } catch (IOException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IOException(e);
            }
            if (ended && endsWithInput) {
                refuseMore();
            }
            position = 0;
            filled = BUFFER_OUT - stream.get(ValueLayout.JAVA_LONG, AVAILABLE_OUT);
        }

        private void refuseMore() throws IOException {
            if (stream.get(ValueLayout.JAVA_LONG, AVAILABLE_IN) > 0 || in.read() >= 0) {
                throw new IOException("something follows the compressed data");
            }
        }

        private static int check(int result) throws IOException {
            return switch (result) {
                case OK, STREAM_END -> result;
                case OUT_OF_MEMORY, MEMORY_LIMIT -> throw new IOException("it needs too much memory to decompress");
                default -> throw new IOException("the compressed data is damaged or cut off");
            };
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                try (in; arena) {
                    functions.end().invokeExact(stream);
                } catch (IOException | RuntimeException | Error e) {
                    throw e;
                } catch (Throwable e) {
                    throw new IOException(e);
                }
            }
        }
    }
}
