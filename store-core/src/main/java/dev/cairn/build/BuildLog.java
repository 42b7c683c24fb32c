// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.event.Activities;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What one builder writes: kept compressed (formats, section 8.7), passed on line by line, its end remembered. The
 * file can be read while it is being written. Lines are UTF-8, other octets become U+FFFD; a line of more than {@value
 * #MAX_LINE} octets is passed on in pieces. Safe for use by several threads.
 */
final class BuildLog implements Closeable {
    /** Octets of a line that are passed on at once. */
    static final int MAX_LINE = 64 * 1024;

    private static final int LAST_LINES = 25;
    private static final int BUFFER = 8192;
    private static final Duration FLUSH_EVERY = Duration.ofMillis(500);

    private final Path file;
    private @Nullable GZIPOutputStream out;
    private final Activities.Activity activity;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Deque<String> lastLines = new ArrayDeque<>();
    private long flushed = System.nanoTime();

    /** When something was written last, in terms of {@link System#nanoTime}. */
    private volatile long lastOutput = System.nanoTime();

    private BuildLog(Path file, Activities.Activity activity) {
        this.file = file;
        this.activity = activity;
    }

    /** Starts the log of a derivation, in place of that of an earlier build. */
    static BuildLog start(StoreLayout layout, StorePath derivation, Activities.Activity activity) throws IOException {
        BuildLog log = new BuildLog(file(layout, derivation), activity);
        log.out = log.open();
        return log;
    }

    /** Starts a log that has no file as long as nothing is written: builders that are part of Cairn seldom do. */
    static BuildLog startQuiet(StoreLayout layout, StorePath derivation, Activities.Activity activity)
            throws IOException {
        BuildLog log = new BuildLog(file(layout, derivation), activity);
        Files.deleteIfExists(log.file);
        return log;
    }

    private GZIPOutputStream open() throws IOException {
        Files.createDirectories(file.getParent());
        FileOutputStream raw = new FileOutputStream(file.toFile());
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            return new GZIPOutputStream(raw, BUFFER, true);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** Where the log of a derivation is, if there is one. */
    static Path file(StoreLayout layout, StorePath derivation) {
        String name = derivation.baseName();
        return layout.logs().resolve("drvs").resolve(name.substring(0, 2)).resolve(name.substring(2) + ".gz");
    }

    Path file() {
        return file;
    }

    long lastOutput() {
        return lastOutput;
    }

    synchronized void write(byte[] octets, int offset, int length) throws IOException {
        lastOutput = System.nanoTime();
        GZIPOutputStream opened = out;
        if (opened == null) {
            opened = open();
            out = opened;
        }
        opened.write(octets, offset, length);
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
        if (lastOutput - flushed > FLUSH_EVERY.toNanos()) {
            flushed = lastOutput;
            opened.flush();
        }
    }

    /** Adds a line that Cairn itself writes. */
    void line(String text) throws IOException {
        byte[] octets = (text + "\n").getBytes(StandardCharsets.UTF_8);
        write(octets, 0, octets.length);
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
