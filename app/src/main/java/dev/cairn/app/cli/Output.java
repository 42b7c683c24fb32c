// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output: what a command answers, in UTF-8, and nothing else. Unlike a PrintStream it says when writing
 * fails, so that a reader that went away ends the command.
 */
final class Output {
    private final OutputStream stream;

    Output(OutputStream stream) {
        this.stream = new BufferedOutputStream(stream, 1 << 16);
    }

    void line(String text) throws IOException {
        print(text + "\n");
    }

    void print(String text) throws IOException {
        stream.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** For writers of a format; whoever uses it does not close it. */
    OutputStream stream() {
        return stream;
    }

    void flush() throws IOException {
        stream.flush();
    }
}
