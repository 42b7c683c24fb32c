// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes everything to several streams. Does not close them. */
final class ManyOutputs extends OutputStream {
    private final List<OutputStream> outputs;

    ManyOutputs(List<OutputStream> outputs) {
        this.outputs = List.copyOf(outputs);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        for (OutputStream output : outputs) {
            output.write(octets, offset, length);
        }
    }
}
