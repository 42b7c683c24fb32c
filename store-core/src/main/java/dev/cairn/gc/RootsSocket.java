// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

import dev.cairn.fs.FileTrees;
import dev.cairn.layout.StoreLayout;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Nix's programs say which items they need while a collection holds {@code gc.lock}: they do not wait for the
 * lock, but connect to this socket and wait for an answer there. They get none. When the collection is over their
 * connections end, whereupon they try to get the lock again.
 */
final class RootsSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RootsSocket.class);
    private static final int BACKLOG = 1024;
    private static final int LONGEST_NAME = 107;

    private final ServerSocketChannel channel;

    private RootsSocket(ServerSocketChannel channel) {
        this.channel = channel;
    }

    /** Where the socket of a store is. */
    static Path file(StoreLayout layout) {
        return layout.state().resolve("gc-socket").resolve("socket");
    }

    /**
     * Sees to it that there is a socket, if nobody listens at it: a program that finds none goes on as if it had the
     * lock. To be called before the lock is taken.
     */
    static void prepare(StoreLayout layout) throws IOException {
        if (isReachable(layout) && !FileTrees.exists(file(layout))) {
            listen(layout).close();
        }
    }

    /** Listens until closed; to be called by whoever holds the lock. */
    static RootsSocket listen(StoreLayout layout) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        RootsSocket socket = new RootsSocket(channel);
        if (!isReachable(layout)) {
            LOG.warn("{} is too long for a socket; Nix's programs are not told of collections", file(layout));
            return socket;
        }
        boolean done = false;
        try {
            Path file = file(layout);
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            channel.bind(UnixDomainSocketAddress.of(file), BACKLOG);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
            channel.configureBlocking(false);
            done = true;
            return socket;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    private static boolean isReachable(StoreLayout layout) {
        return file(layout).toString().length() <= LONGEST_NAME;
    }

    /** Lets everybody go who waits. The socket stays, without anybody who listens. */
    @Override
    public void close() throws IOException {
        try (channel) {
            if (channel.getLocalAddress() == null) {
                return;
            }
            // What is closed with something unread is reset, which not every version takes for an end.
            ByteBuffer unread = ByteBuffer.allocate(64 * 1024);
            while (dismiss(unread)) {
                unread.clear();
            }
        }
    }

    /** @return false when nobody waits any more */
    private boolean dismiss(ByteBuffer unread) throws IOException {
        try (SocketChannel client = channel.accept()) {
            if (client == null) {
                return false;
            }
            client.configureBlocking(false);
            client.read(unread);
            return true;
        }
    }
}
