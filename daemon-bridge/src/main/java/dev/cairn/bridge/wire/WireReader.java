// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.wire;

import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Reads the pieces that messages are made of (daemon, section 1), and no octet further. Refuses what breaks the
 * encoding with a {@link WireException}, and a stream that ends in the middle with an {@link EOFException}. Reads many
 * small pieces, so give it a buffered stream. For one thread at a time.
 */
public final class WireReader {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long INT_MAX = 0xffff_ffffL;

    private final InputStream in;
    private final byte[] scratch = new byte[Long.BYTES];

    public WireReader(InputStream in) {
        this.in = in;
    }

    /** The stream itself, for what has no length in front: a NAR for instance. */
    public InputStream stream() {
        return in;
    }

    /** A number of 64 bits, any of them. */
    public long readLong() throws IOException {
        fill(scratch, Long.BYTES);
        return (long) LONGS.get(scratch, 0);
    }

    /** A number from 0 to 2<sup>32</sup> - 1. */
    public long readInt() throws IOException {
        long value = readLong();
        if (value < 0 || value > INT_MAX) {
            throw new WireException(WireText.INTEGER_TOO_LARGE);
        }
        return value;
    }

    /** Whether a number is not 0. */
    public boolean readBool() throws IOException {
        return readInt() != 0;
    }

    /** How many elements follow. @param maximum more are refused */
    public int readCount(int maximum) throws IOException {
        long count = readInt();
        if (count > maximum) {
            throw new WireException(WireText.LIST_TOO_LONG);
        }
        return (int) count;
    }

    /**
     * The octets of a string.
     *
     * @param maximum longer ones are refused before any of them is read
     */
    public byte[] readBytes(int maximum) throws IOException {
        int length = readLength(maximum);
        byte[] octets = in.readNBytes(length);
        if (octets.length < length) {
            throw new EOFException(WireText.END_OF_FILE);
        }
        readPadding(length);
        return octets;
    }

    /** How long the octets are that follow; whoever reads them from the stream reads the padding after them. */
    public int readLength(int maximum) throws IOException {
        long length = readInt();
        if (length > maximum) {
            throw new WireException(WireText.STRING_TOO_LONG);
        }
        return (int) length;
    }

    /** What follows {@code length} octets of a string: zeros up to a multiple of 8. */
    public void readPadding(int length) throws IOException {
        int padding = -length & 7;
        if (padding == 0) {
            return;
        }
        fill(scratch, padding);
        for (int i = 0; i < padding; i++) {
            if (scratch[i] != 0) {
                throw new WireException(WireText.NON_ZERO_PADDING);
            }
        }
    }

    /** A string that is text, in UTF-8; what is not well-formed is replaced. @param maximum in octets */
    public String readText(int maximum) throws IOException {
        return new String(readBytes(maximum), StandardCharsets.UTF_8);
    }

    /** A list of names, options or the like; all together are bounded by {@link WireLimits}. */
    public List<String> readTexts() throws IOException {
        int count = readCount(WireLimits.LIST);
        List<String> texts = new ArrayList<>(Math.min(count, 1024));
        long octets = 0;
        for (int i = 0; i < count; i++) {
            String text = readText(WireLimits.NAME);
            octets = within(octets + text.length());
            texts.add(text);
        }
        return texts;
    }

    /** Pairs of names and values in the order they came; of equal names the last counts. */
    public SequencedMap<String, String> readPairs() throws IOException {
        int count = readCount(WireLimits.LIST);
        SequencedMap<String, String> pairs = new LinkedHashMap<>();
        long octets = 0;
        for (int i = 0; i < count; i++) {
            String name = readText(WireLimits.NAME);
            String value = readText(WireLimits.NAME);
            octets = within(octets + name.length() + value.length());
            pairs.put(name, value);
        }
        return pairs;
    }

    /** Pairs of texts of which several may have the same first part. */
    public List<Map.Entry<String, String>> readPairList() throws IOException {
        int count = readCount(WireLimits.LIST);
        List<Map.Entry<String, String>> pairs = new ArrayList<>(Math.min(count, 1024));
        long octets = 0;
        for (int i = 0; i < count; i++) {
            String first = readText(WireLimits.NAME);
            String second = readText(WireLimits.NAME);
            octets = within(octets + first.length() + second.length());
            pairs.add(Map.entry(first, second));
        }
        return pairs;
    }

    /**
     * A text that is the name of something directly in the store; its hash and the rest are not looked at, as
     * guix-daemon does not.
     */
    public String readStoreName(StoreDirectory store) throws IOException {
        String text = readText(WireLimits.NAME);
        if (!store.contains(text) || text.indexOf('/', store.path().length() + 1) >= 0) {
            throw WireException.notInStore(text);
        }
        return text;
    }

    /** The name of an item, well-formed throughout. */
    public StorePath readStorePath(StoreDirectory store) throws IOException {
        return storePath(store, readStoreName(store));
    }

    /** A list of names of items, well-formed throughout, in the order they came. */
    public List<StorePath> readStorePaths(StoreDirectory store) throws IOException {
        int count = readCount(WireLimits.LIST);
        List<StorePath> paths = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            paths.add(readStorePath(store));
        }
        return paths;
    }

    private static StorePath storePath(StoreDirectory store, String name) throws WireException {
        try {
            return store.parse(name);
        } catch (FormatException e) {
            throw new WireException(e.getMessage());
        }
    }

    private static long within(long octets) throws WireException {
        if (octets > WireLimits.LIST_OCTETS) {
            throw new WireException(WireText.LIST_TOO_LONG);
        }
        return octets;
    }

    private void fill(byte[] octets, int length) throws IOException {
        if (in.readNBytes(octets, 0, length) < length) {
            throw new EOFException(WireText.END_OF_FILE);
        }
    }
}
