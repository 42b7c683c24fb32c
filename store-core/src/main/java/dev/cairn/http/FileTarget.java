// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file on disk, made with the first body. */
final class FileTarget implements Target {
    private final Path file;
    private OutputStream out = OutputStream.nullOutputStream();

    FileTarget(Path file) {
        this.file = file;
    }

    @Override
    public void begin(long position) throws IOException {
        out.close();
        out = position == 0 ? Files.newOutputStream(file) : Files.newOutputStream(file, StandardOpenOption.APPEND);
    }

    @Override
    public void write(byte[] octets, int length) throws IOException {
        out.write(octets, 0, length);
    }

    @Override
    public boolean isCheckedAfterwards() {
        return false;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
