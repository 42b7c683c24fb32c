// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps what comes from a client until it is known how much it is: a little in memory, more in a temporary file. */
final class Spool implements AutoCloseable {
    private static final int IN_MEMORY = 1024 * 1024;

    private final byte[] start;
    private final Optional<Path> file;
    private final long size;

    /** Reads a stream to its end. */
    Spool(InputStream in) throws IOException {
        start = in.readNBytes(IN_MEMORY);
        if (start.length < IN_MEMORY) {
            file = Optional.empty();
            size = start.length;
            return;
        }
        Path more = Files.createTempFile("cairn-daemon", ".tmp");
        file = Optional.of(more);
        boolean complete = false;
        try (OutputStream out = Files.newOutputStream(more)) {
            size = start.length + in.transferTo(out);
            complete = true;
        } finally {
            if (!complete) {
                Files.deleteIfExists(more);
            }
        }
    }

    /** Octets. */
    long size() {
        return size;
    }

    /** All that was read. The caller closes it. */
    InputStream contents() throws IOException {
        InputStream first = new ByteArrayInputStream(start);
        return file.isPresent() ? new SequenceInputStream(first, Files.newInputStream(file.get())) : first;
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            Files.deleteIfExists(file.get());
        }
    }
}
