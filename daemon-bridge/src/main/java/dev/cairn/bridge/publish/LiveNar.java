// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import dev.cairn.bridge.web.Body;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.fs.NarFiles;
import dev.cairn.nar.NarWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** An archive that is made while it is sent; the item cannot be collected before this is closed. */
final class LiveNar implements Body.Source {
    private final Daemon session;
    private final PathInfo item;
    private final Packing packing;
    private final MemoryBudget.Share memory;

    private LiveNar(Daemon session, PathInfo item, Packing packing, MemoryBudget.Share memory) {
        this.session = session;
        this.item = item;
        this.packing = packing;
        this.memory = memory;
    }

    /**
     * Prepares sending an item.
     *
     * @param memory given back when this is closed, or at once when the item is not there any more
     */
    static Optional<Body> of(Daemon daemon, PathInfo item, Packing packing, MemoryBudget.Share memory)
            throws DaemonException {
        Daemon session = null;
        boolean prepared = false;
        try {
            session = daemon.newSession();
            session.addTemporaryRoot(item.path());
            // Only now nobody can take it away.
            prepared = session.isValid(item.path());
            OptionalLong length = packing.level() == 0 ? OptionalLong.of(item.narSize()) : OptionalLong.empty();
            return prepared
                    ? Optional.of(new Body.Streamed(length, new LiveNar(session, item, packing, memory)))
                    : Optional.empty();
        } finally {
            if (!prepared) {
                memory.close();
                if (session != null) {
                    session.close();
                }
            }
        }
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        Client client = new Client(out);
        // Closed in any case: compressors have memory outside of the heap.
        try (OutputStream packed = packing.open(client)) {
            boolean whole = false;
            try {
                NarWriter writer = new NarWriter(packed);
                NarFiles.dump(session.physical(item.path()), writer);
                writer.finish();
                whole = true;
            } finally {
                client.gone = !whole;
            }
        }
    }

    /** Who fetches the archive, until that fails: what is not whole must not get an end that makes it look so. */
    private static final class Client extends FilterOutputStream {
        private boolean gone;

        Client(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            if (!gone) {
                out.write(octet);
            }
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            if (!gone) {
                out.write(octets, offset, length);
            }
        }

        @Override
        public void flush() throws IOException {
            if (!gone) {
                out.flush();
            }
        }

        /** The connection may have more answers to bring. */
        @Override
        public void close() throws IOException {
            flush();
        }
    }

    @Override
    public void close() throws IOException {
        memory.close();
        try {
            session.close();
        } catch (DaemonException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
