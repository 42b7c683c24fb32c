// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.cairn.debian.Compression;
import dev.cairn.debian.ReleaseFile.IndexFile;
import dev.cairn.fs.Interrupts;
import dev.cairn.fs.Lzma;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.hash.HashingOutputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** Checks files against what a release says of them, and unpacks them. */
final class IndexCheck {
    private static final int BUFFER = 256 * 1024;

    private IndexCheck() {}

    /** Refuses a file with other contents than were promised. */
    static void check(IndexFile entry, Path file) throws FetchProblem, IOException {
        long size = Files.size(file);
        if (size != entry.size()) {
            throw differs(entry, "it has " + size + " octets, not " + entry.size());
        }
        try (InputStream in = Files.newInputStream(file);
                HashingOutputStream hashing = new HashingOutputStream(algorithm(entry))) {
            copy(in, hashing, Long.MAX_VALUE, entry.name());
            checkHash(entry, hashing.hash());
        }
    }

    /**
     * Unpacks a file.
     *
     * @param promised what the release says of the result, if anything
     * @param limit octets of a result of which it says nothing
     */
    static void unpack(Path packed, Compression form, Path file, Optional<IndexFile> promised, long limit)
            throws FetchProblem, IOException {
        if (form == Compression.NONE) {
            Files.move(packed, file, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        String name = promised.map(IndexFile::name).orElse(file.getFileName().toString());
        long most = promised.map(IndexFile::size).orElse(limit);
        boolean checked = promised.filter(entry -> !entry.weak()).isPresent();
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(packed), BUFFER);
                InputStream in = open(raw, form, name);
                OutputStream out = Files.newOutputStream(file)) {
            if (!checked) {
                copy(in, out, most, name);
                return;
            }
            IndexFile entry = promised.orElseThrow();
            HashingOutputStream hashing = new HashingOutputStream(algorithm(entry));
            long size = copy(in, new Both(out, hashing), most, name);
            if (size != entry.size()) {
                throw differs(entry, "it has " + size + " octets, not " + entry.size());
            }
            checkHash(entry, hashing.hash());
        }
    }

    private static InputStream open(InputStream in, Compression form, String name) throws FetchProblem, IOException {
        try {
            return switch (form) {
                case NONE -> in;
                case GZIP -> new GZIPInputStream(in, BUFFER);
                case XZ -> Lzma.xz(in);
                case ZSTD -> new ZstdInputStreamNoFinalizer(in);
                case BZIP2 -> new BZip2CompressorInputStream(in, true);
                case LZMA -> throw new IllegalArgumentException(name);
            };
        } catch (IOException e) {
            throw damaged(name, e);
        }
    }

    private static long copy(InputStream in, OutputStream out, long most, String name)
            throws FetchProblem, IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int n = read(in, buffer, name); n >= 0; n = read(in, buffer, name)) {
            Interrupts.check();
            size += n;
            if (size > most) {
                throw new FetchProblem("the list '" + name + "' has more octets than the " + most + " that it may have",
                        "Tell the people who keep the archive.");
            }
            out.write(buffer, 0, n);
        }
        return size;
    }

    /** What cannot be unpacked is the archive's fault, what cannot be written is not. */
    private static int read(InputStream in, byte[] buffer, String name) throws FetchProblem {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw damaged(name, e);
        }
    }

    private static FetchProblem damaged(String name, IOException cause) {
        return new FetchProblem("the list '" + name + "' cannot be unpacked: " + cause.getMessage(),
                "Tell the people who keep the archive.");
    }

    private static HashAlgorithm algorithm(IndexFile entry) {
        return entry.sha256().isPresent() ? HashAlgorithm.SHA256 : HashAlgorithm.SHA512;
    }

    private static void checkHash(IndexFile entry, Hash actual) throws FetchProblem {
        String promised = entry.sha256().or(entry::sha512).orElseThrow();
        if (!actual.hex().equals(promised)) {
            throw differs(entry, "it has the digest " + actual.hex() + ", not " + promised);
        }
    }

    private static FetchProblem differs(IndexFile entry, String how) {
        return new FetchProblem(
                "the list '" + entry.name() + "' has other contents than the release promises: " + how,
                "The archive may be in the middle of an update: try again later.");
    }

    /** Writes everything twice. */
    private static final class Both extends OutputStream {
        private final OutputStream first;
        private final OutputStream second;

        Both(OutputStream first, OutputStream second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public void write(int octet) throws IOException {
            first.write(octet);
            second.write(octet);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            first.write(octets, offset, length);
            second.write(octets, offset, length);
        }
    }
}
