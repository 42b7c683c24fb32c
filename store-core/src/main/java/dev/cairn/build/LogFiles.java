// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.StoreSettings.LogCompression;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Where the logs of builds are: {@code drvs/XX/REST[.gz|.bz2]} (formats, section 8.7). */
public final class LogFiles {
    private LogFiles() {}

    /** The file of the log of a derivation, whether or not there is one. */
    public static Path of(StoreLayout layout, StorePath derivation, LogCompression compression) {
        String name = derivation.baseName();
        return layout.logs()
                .resolve("drvs")
                .resolve(name.substring(0, 2))
                .resolve(name.substring(2) + suffix(compression));
    }

    /** The same as guix-daemon shows it to its clients, with one slash too many. */
    static String shown(StoreLayout layout, StorePath derivation, LogCompression compression) {
        Path file = of(layout, derivation, compression);
        return file.getParent() + "//" + file.getFileName();
    }

    /** Keeps a log that was written elsewhere, in place of any earlier one. */
    public static void write(StoreLayout layout, StorePath derivation, LogCompression compression, InputStream log)
            throws IOException {
        deleteAll(layout, derivation);
        Path file = of(layout, derivation, compression);
        Files.createDirectories(file.getParent());
        boolean complete = false;
        try (OutputStream raw = new BufferedOutputStream(Files.newOutputStream(file));
                OutputStream out = compressed(raw, compression)) {
            log.transferTo(out);
            complete = true;
        } finally {
            if (!complete) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static OutputStream compressed(OutputStream raw, LogCompression compression) throws IOException {
        return switch (compression) {
            case NONE -> raw;
            case GZIP -> new GZIPOutputStream(raw);
            case BZIP2 -> new BZip2CompressorOutputStream(raw);
        };
    }

    /** Deletes what is kept of earlier builds, which may have been kept otherwise. */
    static void deleteAll(StoreLayout layout, StorePath derivation) throws IOException {
        for (LogCompression compression : LogCompression.values()) {
            Files.deleteIfExists(of(layout, derivation, compression));
        }
    }

    private static String suffix(LogCompression compression) {
        return switch (compression) {
            case NONE -> "";
            case GZIP -> ".gz";
            case BZIP2 -> ".bz2";
        };
    }
}
