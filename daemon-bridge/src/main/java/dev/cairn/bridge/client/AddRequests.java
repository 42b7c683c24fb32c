// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.bridge.wire.Dialect;
import dev.cairn.bridge.wire.FramedOutput;
import dev.cairn.bridge.wire.Operation;
import dev.cairn.bridge.wire.ProtocolVersion;
import dev.cairn.bridge.wire.WireException;
import dev.cairn.bridge.wire.WireReader;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.nar.NarSink;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The questions that add items (daemon, sections 4.1, 4.2 and 17), as one connection's dialect and version have them.
 */
record AddRequests(StoreDirectory store, Dialect dialect, ProtocolVersion version) {
    /** From this version on, Nix's daemons take contents in frames, and texts and trees by one operation. */
    private static final int FRAMED = 25;

    AddRequests(StoreDirectory store, Link link) {
        this(store, link.dialect(), link.version());
    }

    private boolean framed() {
        return dialect == Dialect.NIX && version.atLeast(FRAMED);
    }

    Request<StorePath> text(String name, byte[] contents, Collection<StorePath> references) {
        if (framed()) {
            return framed(name, "text:sha256", references, out -> out.write(contents));
        }
        return new Request<>(
                Operation.ADD_TEXT_TO_STORE,
                out -> {
                    out.writeText(name);
                    out.writeBytes(contents);
                    out.writeStorePaths(new TreeSet<>(references));
                },
                this::path);
    }

    /** Gives what is to be added, as the parts of an archive. */
    @FunctionalInterface
    interface Contents {
        void writeTo(NarSink sink) throws IOException, CairnException;
    }

    Request<StorePath> nar(String name, boolean recursive, HashAlgorithm algorithm, Contents contents) {
        if (framed()) {
            String method = "fixed:" + (recursive ? "r:" : "") + algorithm.id();
            return framed(name, method, List.of(), out -> {
                if (recursive) {
                    writeNar(contents, out);
                } else {
                    OneFile file = new OneFile(out);
                    contents.writeTo(file);
                    file.check();
                }
            });
        }
        return new Request<>(
                Operation.ADD_TO_STORE,
                out -> {
                    out.writeText(name);
                    // What an old bug made: anything but plain SHA-256 of a tree says 1.
                    out.writeBool(dialect == Dialect.GUIX || algorithm != HashAlgorithm.SHA256 || !recursive);
                    out.writeBool(recursive);
                    out.writeText(algorithm.id());
                    writeNar(contents, new Raw(out));
                },
                this::path);
    }

    private static void writeNar(Contents contents, OutputStream out) throws IOException, CairnException {
        NarWriter writer = new NarWriter(out);
        contents.writeTo(writer);
        writer.finish();
    }

    /** Writes what an item is made of. */
    @FunctionalInterface
    private interface Writing {
        void to(OutputStream out) throws IOException, CairnException;
    }

    private Request<StorePath> framed(
            String name, String method, Collection<StorePath> references, Writing contents) {
        return new Request<>(
                Operation.ADD_TO_STORE,
                out -> {
                    out.writeText(name);
                    out.writeText(method);
                    out.writeStorePaths(new TreeSet<>(references));
                    out.writeBool(false);
                    FramedOutput frames = new FramedOutput(out);
                    contents.to(frames);
                    frames.close();
                },
                in -> {
                    StorePath path = path(in);
                    PathInfos.read(in, store, dialect, path);
                    return path;
                });
    }

    private StorePath path(WireReader in) throws IOException {
        return PathInfos.optionalPath(in, store)
                .orElseThrow(() -> new WireException("the name of the new item is empty"));
    }

    /** The octets of a request without anything around them. */
    private static final class Raw extends OutputStream {
        private final WireWriter out;

        Raw(WireWriter out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int start, int length) throws IOException {
            out.writeRaw(octets, start, length);
        }
    }

    /** Passes on the contents of an archive of a single file; of any other, nothing. */
    private static final class OneFile implements NarSink {
        private final OutputStream out;
        private boolean other;

        OneFile(OutputStream out) {
            this.out = out;
        }

        void check() throws FormatException {
            if (other) {
                throw new FormatException("archive", "a single regular file was expected");
            }
        }

        @Override
        public void regular(boolean executable, long size, InputStream contents) throws IOException {
            if (!other) {
                contents.transferTo(out);
            }
        }

        @Override
        public void symlink(String target) {
            other = true;
        }

        @Override
        public void directoryStart() {
            other = true;
        }

        @Override
        public void entry(String name) {
            other = true;
        }

        @Override
        public void directoryEnd() {
            other = true;
        }
    }
}
