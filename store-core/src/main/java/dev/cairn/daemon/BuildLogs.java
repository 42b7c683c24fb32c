// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** Finds what builders wrote: {@code drvs/XX/REST[.gz|.bz2]} (formats, section 8.7). */
public final class BuildLogs {
    @FunctionalInterface
    private interface Decompression {
        InputStream apply(InputStream in) throws IOException;
    }

    private final Path folder;

    /** A log as it is kept. */
    public record File(Path path, StoreSettings.LogCompression compression) {}

    /** @param layout of the store whose logs are looked for */
    public BuildLogs(StoreLayout layout) {
        this.folder = layout.logs().resolve("drvs");
    }

    /**
     * The log of the last build of a derivation, decompressed, if one is kept; of a build that still runs, what can be
     * read so far. The caller closes it.
     */
    public Optional<InputStream> open(StorePath derivation) throws DaemonException {
        String name = derivation.baseName();
        Path plain = folder.resolve(name.substring(0, 2)).resolve(name.substring(2));
        try {
            Optional<InputStream> log = open(plain, ".gz", GZIPInputStream::new);
            if (log.isEmpty()) {
                log = open(plain, ".bz2", BZip2CompressorInputStream::new);
            }
            return log.isPresent() ? log : open(plain, "", in -> in);
        } catch (IOException e) {
            throw DaemonException.of("reading the build log of '" + derivation + "'", e);
        }
    }

    /** The file of the log of the last build of a derivation, if one is kept. It may still be written. */
    public Optional<File> file(StorePath derivation) {
        String name = derivation.baseName();
        Path plain = folder.resolve(name.substring(0, 2)).resolve(name.substring(2));
        return Stream.of(
                        new File(plain.resolveSibling(plain.getFileName() + ".gz"), StoreSettings.LogCompression.GZIP),
                        new File(
                                plain.resolveSibling(plain.getFileName() + ".bz2"), StoreSettings.LogCompression.BZIP2),
                        new File(plain, StoreSettings.LogCompression.NONE))
                .filter(file -> Files.isRegularFile(file.path()))
                .findFirst();
    }

    private static Optional<InputStream> open(Path plain, String suffix, Decompression decompression)
            throws IOException {
        InputStream file;
        try {
            file = new BufferedInputStream(Files.newInputStream(plain.resolveSibling(plain.getFileName() + suffix)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SoFar(decompression.apply(file)));
        } catch (EOFException _) {
            file.close();
            return Optional.of(InputStream.nullInputStream());
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** A file that may still be written: where it stops in the middle, this is its end for now. */
    private static final class SoFar extends FilterInputStream {
        SoFar(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (EOFException _) {
                return -1;
            }
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            try {
                return super.read(octets, offset, length);
            } catch (EOFException _) {
                return -1;
            }
        }
    }
}
