// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.StoreSettings;
import dev.cairn.daemon.StoreSettings.LogCompression;
import dev.cairn.event.Activities;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What one builder writes: kept (formats, section 8.7), passed on as it comes and line by line, its end remembered.
 * The file can be read while it is being written. Lines are UTF-8, other octets become U+FFFD; a line of more than
 * {@value #MAX_LINE} octets is passed on in pieces. Safe for use by several threads.
 */
final class BuildLog implements Closeable {
    /** Octets of a line that are passed on at once. */
    static final int MAX_LINE = 64 * 1024;

    private static final int LAST_LINES = 25;
    private static final int BUFFER = 8192;
    private static final int CHUNK = 4096;
    private static final Duration FLUSH_EVERY = Duration.ofMillis(500);
    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-r--r--");

    private final Optional<Path> file;
    private final LogCompression compression;
    private @Nullable OutputStream out;
    private final Activities.Activity activity;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Deque<String> lastLines = new ArrayDeque<>();
    private long flushed = System.nanoTime();
    private long size;

    /** When something was written last, in terms of {@link System#nanoTime}. */
    private volatile long lastOutput = System.nanoTime();

    private BuildLog(Optional<Path> file, LogCompression compression, Activities.Activity activity) {
        this.file = file;
        this.compression = compression;
        this.activity = activity;
    }

    /**
     * Starts the log of a derivation, in place of that of an earlier build.
     *
     * @param quiet whether there is no file as long as nothing is written: builders that are part of Cairn seldom do
     */
    static BuildLog start(
            StoreLayout layout,
            StorePath derivation,
            StoreSettings settings,
            Activities.Activity activity,
            boolean quiet)
            throws IOException {
        LogFiles.deleteAll(layout, derivation);
        LogCompression compression = settings.logCompression();
        Optional<Path> file = settings.keepLogs()
                ? Optional.of(LogFiles.of(layout, derivation, compression))
                : Optional.empty();
        BuildLog log = new BuildLog(file, compression, activity);
        if (!quiet) {
            log.open();
        }
        return log;
    }

    private void open() throws IOException {
        if (out == null && file.isPresent()) {
            OutputStream raw = create(file.get());
            try {
                out = switch (compression) {
                    case NONE -> new BufferedOutputStream(raw, BUFFER);
                    case GZIP -> new GZIPOutputStream(raw, BUFFER, true);
                    case BZIP2 -> new BZip2CompressorOutputStream(new BufferedOutputStream(raw, BUFFER));
                };
            } catch (IOException e) {
                raw.close();
                throw e;
            }
        }
    }

    /** Not by a channel, which an interrupt would close. */
    private static OutputStream create(Path file) throws IOException {
        OutputStream out;
        try {
            out = new FileOutputStream(file.toFile());
        } catch (FileNotFoundException _) {
            Files.createDirectories(file.getParent());
            out = new FileOutputStream(file.toFile());
        }
        Files.setPosixFilePermissions(file, MODE);
        return out;
    }

    /** Where it is, or would be if something had been written; empty when logs are not kept. */
    Optional<Path> file() {
        return file;
    }

    long lastOutput() {
        return lastOutput;
    }

    /** Octets so far. */
    synchronized long size() {
        return size;
    }

    /** Takes what a builder wrote. */
    synchronized void write(byte[] octets, int offset, int length) throws IOException {
        keep(octets, offset, length);
        for (int i = offset; i < offset + length; i++) {
            if (octets[i] == '\n') {
                endLine();
            } else {
                line.write(octets[i]);
                if (line.size() == MAX_LINE) {
                    endLine();
                }
            }
        }
    }

    private void keep(byte[] octets, int offset, int length) throws IOException {
        lastOutput = System.nanoTime();
        size += length;
        for (int done = 0; done < length; done += CHUNK) {
            int start = offset + done;
            activity.output(Arrays.copyOfRange(octets, start, start + Math.min(CHUNK, length - done)));
        }
        open();
        if (out != null) {
            out.write(octets, offset, length);
            if (lastOutput - flushed > FLUSH_EVERY.toNanos()) {
                flushed = lastOutput;
                out.flush();
            }
        }
    }

    /** Adds a line that Cairn itself writes, in place of a builder. */
    void line(String text) throws IOException {
        byte[] octets = (text + "\n").getBytes(StandardCharsets.UTF_8);
        write(octets, 0, octets.length);
    }

    /** Adds what guix-daemon's own builders write for programs to read; it is not passed on as lines. */
    synchronized void tell(String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        keep(octets, 0, octets.length);
    }

    /** Makes everything so far readable in the file. */
    synchronized void flush() throws IOException {
        if (out != null) {
            out.flush();
        }
    }

    /** At most the last 25 lines. */
    synchronized List<String> lastLines() {
        if (line.size() > 0) {
            endLine();
        }
        return List.copyOf(lastLines);
    }

    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        String shown = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        if (lastLines.size() == LAST_LINES) {
            lastLines.removeFirst();
        }
        lastLines.addLast(shown);
        activity.log(shown);
    }

    @Override
    public synchronized void close() throws IOException {
        if (line.size() > 0) {
            endLine();
        }
        if (out != null) {
            out.close();
        }
    }
}
