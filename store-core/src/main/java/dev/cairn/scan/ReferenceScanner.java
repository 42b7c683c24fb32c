// SPDX-License-Identifier: Apache-2.0
package dev.cairn.scan;

import dev.cairn.encoding.Base32;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds which of some items are mentioned in what is written through it: an item is when its 32-character hash part
 * occurs at any offset, whatever stands before and behind (formats, section 4.7). What is scanned is the NAR, so that
 * file names and link targets count.
 *
 * <p>The end of a 32-octet window is looked at first: an octet that is no base 32 digit rules out every window that
 * holds it, so in most data one octet in 32 is looked at. Memory: the candidates, and 62 octets. Closing closes the
 * stream behind. Not safe for use by several threads.
 */
public final class ReferenceScanner extends OutputStream {
    private static final int LENGTH = StorePath.HASH_LENGTH;
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final boolean[] DIGIT = new boolean[256];

    static {
        for (int i = 0; i < Base32.ALPHABET.length(); i++) {
            DIGIT[Base32.ALPHABET.charAt(i)] = true;
        }
    }

    private final OutputStream out;

    /** Ordered by {@link #keys}. */
    private final Candidate[] candidates;

    /** The first eight octets of each candidate's hash part. */
    private final long[] keys;

    /** The last octets written, fewer than a window, and room for as many of the next piece. */
    private final byte[] border = new byte[2 * (LENGTH - 1)];

    private int kept;

    private record Candidate(long key, byte[] hash, StorePath path) {}

    private final SortedSet<StorePath> found = new TreeSet<>();

    /** Looks for {@code paths} and passes everything on to {@code out}. */
    public ReferenceScanner(Collection<StorePath> paths, OutputStream out) {
        this.out = out;
        List<Candidate> sorted = paths.stream()
                .distinct()
                .map(path -> {
                    byte[] hash = path.hashPart().getBytes(StandardCharsets.US_ASCII);
                    return new Candidate((long) LONGS.get(hash, 0), hash, path);
                })
                .sorted(Comparator.comparingLong(Candidate::key))
                .toList();
        candidates = sorted.toArray(Candidate[]::new);
        keys = sorted.stream().mapToLong(Candidate::key).toArray();
    }

    /** Only looks for {@code paths}. */
    public ReferenceScanner(Collection<StorePath> paths) {
        this(paths, OutputStream.nullOutputStream());
    }

    /** Those found in what was written so far. */
    public SortedSet<StorePath> found() {
        return Collections.unmodifiableSortedSet(found);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        out.write(octets, offset, length);
        // Windows that begin in earlier pieces, then those inside this one.
        int head = Math.min(length, LENGTH - 1);
        System.arraycopy(octets, offset, border, kept, head);
        scan(border, 0, kept + head);
        if (length >= LENGTH) {
            scan(octets, offset, offset + length);
        }
        keep(octets, offset, length, head);
    }

    private void keep(byte[] octets, int offset, int length, int head) {
        if (length >= LENGTH - 1) {
            kept = LENGTH - 1;
            System.arraycopy(octets, offset + length - kept, border, 0, kept);
        } else {
            int all = kept + head;
            kept = Math.min(all, LENGTH - 1);
            System.arraycopy(border, all - kept, border, 0, kept);
        }
    }

    private void scan(byte[] data, int from, int to) {
        int start = from;
        // Octets from start up to here, where that is behind start, are known to be digits.
        int known = from;
        while (start + LENGTH <= to) {
            int end = start + LENGTH;
            int i = end - 1;
            int unknown = Math.max(start, known);
            while (i >= unknown && DIGIT[data[i] & 0xff]) {
                i--;
            }
            known = end;
            if (i >= unknown) {
                start = i + 1;
            } else {
                lookUp(data, start);
                start++;
            }
        }
    }

    private void lookUp(byte[] data, int start) {
        long key = (long) LONGS.get(data, start);
        int at = Arrays.binarySearch(keys, key);
        if (at < 0) {
            return;
        }
        while (at > 0 && keys[at - 1] == key) {
            at--;
        }
        for (; at < keys.length && keys[at] == key; at++) {
            if (Arrays.equals(candidates[at].hash(), 0, LENGTH, data, start, start + LENGTH)) {
                found.add(candidates[at].path());
            }
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
