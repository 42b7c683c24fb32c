// SPDX-License-Identifier: Apache-2.0
package dev.cairn.hash;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * SHA-256 by OpenSSL's libcrypto, where the system has it. It is quick from the first octet on; the virtual machine
 * uses the processor's own instructions only once it has compiled what calls for them, which is when most of what a
 * short command hashes has gone by. Nothing is kept outside Java's heap. Not safe for use by several threads.
 */
final class NativeSha256 extends MessageDigest implements Cloneable {
    private static final int SIZE = 32;

    /** {@code SHA256_CTX} has 28; some room is left. */
    private static final int WORDS = 32;

    /** As long as octets are hashed the collector has to wait: a few hundredths of a millisecond. */
    private static final int STEP = 1 << 16;

    private final Functions functions;
    private int[] state;

    private NativeSha256(Functions functions) {
        this(functions, new int[WORDS]);
        engineReset();
    }

    private NativeSha256(Functions functions, int[] state) {
        super("SHA-256");
        this.functions = functions;
        this.state = state;
    }

    /** A fresh one, if it can be had. */
    static Optional<MessageDigest> create() {
        return Functions.FOUND.map(NativeSha256::new);
    }

    @Override
    protected int engineGetDigestLength() {
        return SIZE;
    }

    @Override
    protected void engineReset() {
        call(() -> (int) functions.init.invokeExact(MemorySegment.ofArray(state)));
    }

    @Override
    protected void engineUpdate(byte octet) {
        engineUpdate(new byte[] {octet}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] octets, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, octets.length);
        MemorySegment context = MemorySegment.ofArray(state);
        MemorySegment all = MemorySegment.ofArray(octets);
        for (int from = offset; from < offset + length; from += STEP) {
            int n = Math.min(STEP, offset + length - from);
            MemorySegment piece = all.asSlice(from, n);
            call(() -> (int) functions.update.invokeExact(context, piece, (long) n));
        }
    }

    @Override
    protected byte[] engineDigest() {
        byte[] digest = new byte[SIZE];
        call(() -> (int) functions.end.invokeExact(MemorySegment.ofArray(digest), MemorySegment.ofArray(state)));
        engineReset();
        return digest;
    }

    @Override
    protected int engineDigest(byte[] to, int offset, int length) throws DigestException {
        if (length < SIZE) {
            throw new DigestException("no room for " + SIZE + " octets");
        }
        System.arraycopy(engineDigest(), 0, to, offset, SIZE);
        return SIZE;
    }

    @Override
    public Object clone() throws CloneNotSupportedException {
        return new NativeSha256(functions, state.clone());
    }

    private interface Call {
        int run() throws Throwable;
    }

    private static void call(Call function) {
        int result;
        try {
            result = function.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        if (result != 1) {
            throw new IllegalStateException("libcrypto does not hash");
        }
    }

    /** The functions of OpenSSL's {@code sha.h}, which have been there since its first version. */
    private record Functions(MethodHandle init, MethodHandle update, MethodHandle end) {
        static final Optional<Functions> FOUND = find();

        // Calling into the library is what this class is for; the JVM is started with leave to do so.
        @SuppressWarnings("restricted")
        private static Optional<Functions> find() {
            try {
                SymbolLookup library = SymbolLookup.libraryLookup("libcrypto.so.3", Arena.global());
                Linker linker = Linker.nativeLinker();
                // These neither wait nor call back, and what they work on may stay in Java's heap.
                Linker.Option inHeap = Linker.Option.critical(true);
                Functions found = new Functions(
                        linker.downcallHandle(
                                library.findOrThrow("SHA256_Init"),
                                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
                                inHeap),
                        linker.downcallHandle(
                                library.findOrThrow("SHA256_Update"),
                                FunctionDescriptor.of(
                                        ValueLayout.JAVA_INT,
                                        ValueLayout.ADDRESS,
                                        ValueLayout.ADDRESS,
                                        ValueLayout.JAVA_LONG),
                                inHeap),
                        linker.downcallHandle(
                                library.findOrThrow("SHA256_Final"),
                                FunctionDescriptor.of(
                                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
                                inHeap));
                return Optional.of(found).filter(Functions::work);
            } catch (RuntimeException | UnsatisfiedLinkError _) {
                // No such library, one without these, or no leave to call it.
                return Optional.empty();
            }
        }

        /** Whether what was found is what it is taken for. */
        private boolean work() {
            byte[] sample = new byte[200];
            Arrays.fill(sample, (byte) 'a');
            return Arrays.equals(
                    new NativeSha256(this).digest(sample),
                    HashAlgorithm.SHA256.newDigest().digest(sample));
        }
    }
}
