// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.web;

import java.io.IOException;
import java.io.OutputStream;

/** Passes on a part of what is written, and ends the writing behind it. */
final class PartOutput extends OutputStream {
    private final OutputStream out;
    private long before;
    private long left;

    PartOutput(OutputStream out, Part part) {
        this.out = out;
        this.before = part.start();
        this.left = part.length();
    }

    /** What is thrown when nothing more is needed. */
    static final class Enough extends IOException {
        Enough() {
            super("the part is complete");
        }
    }

    /** Whether all of the part was written. */
    boolean isComplete() {
        return left == 0;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        int skipped = (int) Math.min(before, length);
        before -= skipped;
        int passed = (int) Math.min(left, length - skipped);
        if (passed > 0) {
            out.write(octets, offset + skipped, passed);
            left -= passed;
        }
        if (length > skipped + passed) {
            throw new Enough();
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
