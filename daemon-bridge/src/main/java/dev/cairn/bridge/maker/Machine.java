// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.maker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/** A kind of processor that there is a maker for, with Linux's numbers of system calls on it. */
enum Machine {
    X86_64("x86_64", 62, new Calls(80, 3, 60, 258, 257, 266, 1)),
    AARCH64("aarch64", 183, new Calls(49, 57, 93, 34, 56, 36, 64));

    /** Numbers of system calls. */
    record Calls(long chdir, long close, long exit, long mkdirat, long openat, long symlinkat, long write) {}

    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final long ADDRESS = 0x400000;
    private static final int LOAD = 1;
    private static final int READ_AND_EXECUTE = 5;

    private final String title;
    private final int elf;
    private final Calls calls;

    Machine(String title, int elf, Calls calls) {
        this.title = title;
        this.elf = elf;
        this.calls = calls;
    }

    /** The machine of a system such as {@code x86_64-linux}, if there is a maker for it. */
    static Optional<Machine> of(String system) {
        for (Machine machine : values()) {
            if (system.equals(machine.title + "-linux")) {
                return Optional.of(machine);
            }
        }
        return Optional.empty();
    }

    Calls calls() {
        return calls;
    }

    /** The maker: a static executable (elf(5)) with a single segment. */
    byte[] program() {
        byte[] code = code();
        long size = HEADER + PROGRAM_HEADER + code.length;
        ByteBuffer program = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        // Of 64 bits, little-endian, version 1, for any system; an executable.
        program.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        program.putShort((short) 2).putShort((short) elf).putInt(1);
        program.putLong(ADDRESS + HEADER + PROGRAM_HEADER).putLong(HEADER).putLong(0).putInt(0);
        program.putShort((short) HEADER).putShort((short) PROGRAM_HEADER).putShort((short) 1);
        program.putShort((short) 0).putShort((short) 0).putShort((short) 0);
        program.putInt(LOAD).putInt(READ_AND_EXECUTE).putLong(0).putLong(ADDRESS).putLong(ADDRESS);
        program.putLong(size).putLong(size).putLong(0x1000);
        program.put(code);
        return program.array();
    }

    /** Reads the listing: lines of octets, blanks and what they mean; those that begin with a semicolon are remarks. */
    private byte[] code() {
        try (InputStream listing = Objects.requireNonNull(Machine.class.getResourceAsStream(title + ".listing"))) {
            ByteArrayOutputStream code = new ByteArrayOutputStream();
            for (String line : new String(listing.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
                if (!line.startsWith(";")) {
                    code.writeBytes(HexFormat.of().parseHex(line.substring(0, line.indexOf(' '))));
                }
            }
            return code.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
