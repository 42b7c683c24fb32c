// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.maker;

import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Symlinks;
import dev.cairn.nar.NarNames;
import dev.cairn.path.StorePath;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Describes trees for the maker: what to write, then which system calls to make. Where an output's own hash stands in
 * a name or in contents, the maker puts the hash of what it really makes, which the variable of that output tells it.
 *
 * <p>Form, all numbers of 64 bits, little-endian: the position of the first record; octets; records of six numbers
 * (what the listings of the maker say). Everything is written as it comes, so contents may be of any size.
 */
final class Description {
    private static final int CHUNK = 1 << 20;
    private static final long HERE = -100;
    private static final long CREATE = 0301;
    private static final int FILE_MODE = 0666;
    private static final int PROGRAM_MODE = 0777;

    /** Two bits for each argument, from the first on; then what becomes of the result. */
    private static final long FIRST_IN_FILE = 0b01;

    private static final long FIRST_KEPT = 0b10;
    private static final long SECOND_IN_FILE = 0b01_00;
    private static final long THIRD_IN_FILE = 0b01_00_00;
    private static final long KEEP = 0b01L << 8;
    private static final long EXACTLY = 0b10L << 8;
    private static final long PATCH = -1;

    private final Machine machine;
    private final SortedMap<String, StorePath> outputs;
    private final Map<String, Long> variables = new TreeMap<>();
    private final List<long[]> records = new ArrayList<>();
    private final OutputStream out;
    private long position;

    private Description(Machine machine, SortedMap<String, StorePath> outputs, OutputStream out) {
        this.machine = machine;
        this.outputs = outputs;
        this.out = out;
    }

    /**
     * Writes a description.
     *
     * @param outputs what the trees take themselves to be
     * @param trees of the same names
     */
    static void write(
            Path file, Machine machine, SortedMap<String, StorePath> outputs, Map<String, Path> trees)
            throws IOException {
        Path body = file.resolveSibling(file.getFileName() + ".body");
        Description description;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(body))) {
            description = new Description(machine, outputs, out);
            description.position = Long.BYTES;
            for (Map.Entry<String, StorePath> output : outputs.entrySet()) {
                description.variable(output.getKey(), output.getValue());
            }
            for (Map.Entry<String, StorePath> output : outputs.entrySet()) {
                description.output(output.getValue(), trees.get(output.getKey()));
            }
            description.call(machine.calls().exit(), 0, 0);
            description.align();
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(numbers(description.position));
            Files.copy(body, out);
            for (long[] record : description.records) {
                out.write(numbers(record));
            }
        }
        Files.delete(body);
    }

    private void output(StorePath path, Path tree) throws IOException {
        long name = text(path.toString());
        node(name, tree);
        if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
            call(machine.calls().chdir(), FIRST_IN_FILE, name);
            entries("", tree);
        }
    }

    private void entries(String prefix, Path folder) throws IOException {
        List<Path> entries = new ArrayList<>(FileTrees.entries(folder));
        entries.sort((a, b) -> NarNames.ORDER.compare(a.getFileName().toString(), b.getFileName().toString()));
        for (Path entry : entries) {
            String name = prefix + entry.getFileName();
            node(text(name), entry);
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                entries(name + "/", entry);
            }
        }
    }

    private void node(long name, Path made) throws IOException {
        if (Files.isSymbolicLink(made)) {
            long target = octets(Symlinks.read(made), true);
            call(machine.calls().symlinkat(), FIRST_IN_FILE | THIRD_IN_FILE, target, HERE, name);
        } else if (Files.isDirectory(made)) {
            call(machine.calls().mkdirat(), SECOND_IN_FILE, HERE, name, PROGRAM_MODE);
        } else {
            int mode = Files.isExecutable(made) ? PROGRAM_MODE : FILE_MODE;
            call(machine.calls().openat(), SECOND_IN_FILE | KEEP, HERE, name, CREATE, mode);
            contents(made);
            call(machine.calls().close(), FIRST_KEPT, 0);
        }
    }

    /** What lies on the border of two chunks may be part of a hash, so chunks overlap by less than one. */
    private void contents(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] chunk = in.readNBytes(CHUNK);
            while (chunk.length > 0) {
                byte[] next = in.readNBytes(CHUNK);
                long start = position;
                out.write(chunk);
                position += chunk.length;
                patch(start, joined(chunk, next), chunk.length);
                call(machine.calls().write(), FIRST_KEPT | SECOND_IN_FILE | EXACTLY, 0, start, chunk.length);
                chunk = next;
            }
        }
    }

    private static byte[] joined(byte[] chunk, byte[] next) {
        int more = Math.min(StorePath.HASH_LENGTH - 1, next.length);
        byte[] joined = Arrays.copyOf(chunk, chunk.length + more);
        System.arraycopy(next, 0, joined, chunk.length, more);
        return joined;
    }

    private long text(String text) throws IOException {
        return octets(text.getBytes(StandardCharsets.UTF_8), true);
    }

    private long octets(byte[] octets, boolean ended) throws IOException {
        long start = position;
        out.write(octets);
        position += octets.length;
        if (ended) {
            out.write(0);
            position++;
        }
        patch(start, octets, octets.length);
        return start;
    }

    /** Has the hashes of outputs replaced that begin before {@code length}. */
    private void patch(long start, byte[] octets, int length) {
        for (Map.Entry<String, StorePath> output : outputs.entrySet()) {
            byte[] hash = output.getValue().hashPart().getBytes(StandardCharsets.US_ASCII);
            for (int at = indexOf(octets, hash, 0, length); at >= 0; at = indexOf(octets, hash, at + 1, length)) {
                long variable = Objects.requireNonNull(variables.get(output.getKey()));
                records.add(new long[] {PATCH, 0, variable, start + at, hash.length, 0});
            }
        }
    }

    /** Writes how the variable of an output begins, up to the hash in it. */
    private void variable(String output, StorePath path) throws IOException {
        variables.put(output, position);
        byte[] beginning = (output + "=" + path.directory() + "/").getBytes(StandardCharsets.UTF_8);
        out.write(beginning);
        out.write(0);
        position += beginning.length + 1;
    }

    private static int indexOf(byte[] octets, byte[] wanted, int from, int before) {
        int last = Math.min(octets.length - wanted.length, before - 1);
        for (int i = from; i <= last; i++) {
            if (octets[i] == wanted[0]
                    && Arrays.equals(octets, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    private void call(long number, long how, long... arguments) {
        long[] record = new long[6];
        record[0] = number;
        record[1] = how;
        System.arraycopy(arguments, 0, record, 2, arguments.length);
        records.add(record);
    }

    private void align() throws IOException {
        while (position % Long.BYTES != 0) {
            out.write(0);
            position++;
        }
    }

    private static byte[] numbers(long... numbers) {
        ByteBuffer buffer = ByteBuffer.allocate(numbers.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asLongBuffer().put(numbers);
        return buffer.array();
    }
}
