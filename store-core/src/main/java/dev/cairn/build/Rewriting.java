// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.nar.NarSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Passes a tree on with some texts replaced by others as long, wherever they occur: contents, names, link targets. */
final class Rewriting implements NarSink {
    private static final int CAPACITY = 64 * 1024;

    private final NarSink target;
    private final Map<String, String> replacements;

    /** @param replacements ASCII, not empty, all of one length */
    Rewriting(NarSink target, Map<String, String> replacements) {
        this.target = target;
        this.replacements = replacements;
    }

    static String replace(String text, Map<String, String> replacements) {
        String changed = text;
        for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            changed = changed.replace(replacement.getKey(), replacement.getValue());
        }
        return changed;
    }

    @Override
    public void regular(boolean executable, long size, InputStream contents) throws IOException {
        target.regular(executable, size, new Contents(contents, replacements));
    }

    @Override
    public void symlink(String to) throws IOException {
        target.symlink(replace(to, replacements));
    }

    @Override
    public void directoryStart() throws IOException {
        target.directoryStart();
    }

    @Override
    public void entry(String name) throws IOException {
        target.entry(replace(name, replacements));
    }

    @Override
    public void directoryEnd() throws IOException {
        target.directoryEnd();
    }

    /** The contents of a file; what may be the beginning of a text that is replaced is held back. */
    private static final class Contents extends InputStream {
        private final InputStream in;
        private final List<byte[]> texts = new ArrayList<>();
        private final List<byte[]> others = new ArrayList<>();
        private final int length;
        private final byte[] buffer = new byte[CAPACITY];
        private int start;
        private int end;
        private int ready;
        private boolean ended;

        Contents(InputStream in, Map<String, String> replacements) {
            this.in = in;
            replacements.forEach((text, other) -> {
                texts.add(text.getBytes(StandardCharsets.US_ASCII));
                others.add(other.getBytes(StandardCharsets.US_ASCII));
            });
            this.length = texts.getFirst().length;
        }

        @Override
        public int read() throws IOException {
            byte[] octet = new byte[1];
            return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xff;
        }

        @Override
        public int read(byte[] octets, int offset, int count) throws IOException {
            while (start == ready && !ended) {
                fill();
            }
            if (start == ready) {
                return -1;
            }
            int some = Math.min(count, ready - start);
            System.arraycopy(buffer, start, octets, offset, some);
            start += some;
            return some;
        }

        private void fill() throws IOException {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
            int count = in.read(buffer, end, CAPACITY - end);
            if (count < 0) {
                ended = true;
            } else {
                end += count;
            }
            for (int i = 0; i + length <= end; i++) {
                replaceAt(i);
            }
            ready = ended ? end : Math.max(0, end - length + 1);
        }

        private void replaceAt(int at) {
            for (int i = 0; i < texts.size(); i++) {
                if (Arrays.equals(buffer, at, at + length, texts.get(i), 0, length)) {
                    System.arraycopy(others.get(i), 0, buffer, at, length);
                    return;
                }
            }
        }
    }
}
