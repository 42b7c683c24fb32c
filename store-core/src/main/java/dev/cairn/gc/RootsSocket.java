// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import dev.cairn.fs.Octets;
import dev.cairn.layout.StoreLayout;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Nix's programs say which items they need while a collection holds {@code gc.lock}: they do not wait for the
 * lock, but connect to this socket and wait for an answer there. They get none. When the collection is over they are
 * told that nothing more comes, whereupon they try to get the lock again.
 *
 * <p>Nix 2.8 takes an error at this socket for an answer and goes on without a root, two excepted: that nobody listens,
 * which lets it try again, and a connection that breaks as it writes. So the name is there at all times, and changes by
 * renaming only; and no connection is closed with something unread, which would reset it.
 */
final class RootsSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RootsSocket.class);
    private static final int BACKLOG = 1024;

    /** Octets that the system takes for the name of a socket. */
    private static final int LONGEST_NAME = 107;

    /** As long as the real name, so that what is said of the length of that holds. */
    private static final String TEMPORARY = "s%05d";

    private static final int TEMPORARY_NAMES = 100_000;

    private static final Duration PATIENCE = Duration.ofMillis(200);

    private static final Duration PAUSE = Duration.ofMillis(1);

    private final StoreLayout layout;
    private final ServerSocketChannel channel;
    private final Duration patience;

    private RootsSocket(StoreLayout layout, ServerSocketChannel channel, Duration patience) {
        this.layout = layout;
        this.channel = channel;
        this.patience = patience;
    }

    /** Where the socket of a store is. */
    static Path file(StoreLayout layout) {
        return layout.state().resolve("gc-socket").resolve("socket");
    }

    /**
     * Sees to it that there is a socket, if nobody listens at it: where there is none, Nix's programs fail. To be called
     * before the lock is taken.
     */
    static void prepare(StoreLayout layout) throws IOException {
        if (!isReachable(layout) || FileTrees.exists(file(layout))) {
            return;
        }
        Path temporary = temporary(layout);
        try {
            // Closed before it has the name: nobody can be waiting at it.
            bind(temporary).close();
            Files.createLink(file(layout), temporary);
        } catch (FileAlreadyExistsException _) {
            // Another collection was quicker, and may listen there.
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Listens until closed; to be called by whoever holds the lock. */
    static RootsSocket listen(StoreLayout layout) throws IOException {
        return listen(layout, PATIENCE);
    }

    /** @param patience how long one who was told that nothing more comes may take to hang up */
    static RootsSocket listen(StoreLayout layout, Duration patience) throws IOException {
        if (!isReachable(layout)) {
            LOG.warn("{} is too long for a socket; Nix's programs are not told of collections", file(layout));
            return new RootsSocket(layout, ServerSocketChannel.open(StandardProtocolFamily.UNIX), patience);
        }
        Path temporary = temporary(layout);
        ServerSocketChannel channel = bind(temporary);
        boolean done = false;
        try {
            channel.configureBlocking(false);
            Files.move(temporary, file(layout), StandardCopyOption.ATOMIC_MOVE);
            done = true;
            return new RootsSocket(layout, channel, patience);
        } finally {
            if (!done) {
                channel.close();
                Files.deleteIfExists(temporary);
            }
        }
    }

    private static boolean isReachable(StoreLayout layout) {
        return Octets.of(file(layout)).length <= LONGEST_NAME;
    }

    private static Path temporary(StoreLayout layout) throws IOException {
        Path folder = Files.createDirectories(file(layout).getParent());
        int number = ThreadLocalRandom.current().nextInt(TEMPORARY_NAMES);
        return folder.resolve(String.format(Locale.ROOT, TEMPORARY, number));
    }

    /** A socket that is listened at until the channel is closed; its name stays. */
    private static ServerSocketChannel bind(Path file) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        boolean done = false;
        try {
            Files.deleteIfExists(file);
            channel.bind(UnixDomainSocketAddress.of(file), BACKLOG);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
            done = true;
            return channel;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    /** Lets everybody go who waits, whatever interrupt is pending. A socket stays, without anybody who listens. */
    @Override
    public void close() throws IOException {
        Interrupts.shielded(() -> {
            try (channel) {
                if (channel.getLocalAddress() != null) {
                    leave();
                }
            }
        });
    }

    private void leave() throws IOException {
        Path temporary = temporary(layout);
        try {
            bind(temporary).close();
            // From now on nobody can join those who wait.
            Files.move(temporary, file(layout), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        List<SocketChannel> waiting = new ArrayList<>();
        try {
            for (SocketChannel client = channel.accept(); client != null; client = channel.accept()) {
                waiting.add(client);
                client.shutdownOutput();
                client.configureBlocking(false);
            }
            dismiss(waiting);
        } finally {
            for (SocketChannel client : waiting) {
                client.close();
            }
        }
    }

    /** Reads what they say until they hang up. */
    private void dismiss(List<SocketChannel> waiting) {
        ByteBuffer unread = ByteBuffer.allocate(64 * 1024);
        long end = System.nanoTime() + patience.toNanos();
        List<SocketChannel> left = new ArrayList<>(waiting);
        while (!left.isEmpty() && System.nanoTime() < end) {
            left.removeIf(client -> hasHungUp(client, unread));
            if (!left.isEmpty()) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static boolean hasHungUp(SocketChannel client, ByteBuffer unread) {
        try {
            int count;
            do {
                count = client.read(unread.clear());
            } while (count > 0);
            return count < 0;
        } catch (IOException _) {
            // It is gone, as it is meant to be.
            return true;
        }
    }
}
