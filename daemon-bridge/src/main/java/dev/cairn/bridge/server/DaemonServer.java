// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.daemon.Sessions;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon that serves the sessions of a store to clients at sockets. Each connection has a thread of the platform's,
 * since what is done for one may take the processor or the disk for long, which must not keep others waiting. Safe for
 * use by several threads.
 */
public final class DaemonServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonServer.class);

    /** How long clients' work may take to end, and leave the store sound, when the server ends. */
    private static final Duration FAREWELL = Duration.ofSeconds(15);

    /** How long it waits before it accepts again when the system had no room for another connection. */
    private static final Duration BREATH = Duration.ofMillis(100);

    private final ServerSetup setup;
    private final Sessions sessions;
    private final Journal journal;
    private final List<Listener> listeners = new ArrayList<>();
    private final Map<Connection, Thread> connections = new ConcurrentHashMap<>();
    private final Semaphore largeRequests = new Semaphore(1, true);
    private final Patrol patrol;
    private volatile boolean closed;

    /** A server that does not listen anywhere yet. */
    public DaemonServer(ServerSetup setup, Sessions sessions, Journal journal) {
        this.setup = setup;
        this.sessions = sessions;
        this.journal = journal;
        this.patrol = new Patrol(connections.keySet(), setup.limits(), journal);
        patrol.start();
    }

    /**
     * Listens at an address until the server is closed.
     *
     * @return the port, where it is one: a port of 0 stands for any that is free
     */
    public Optional<Integer> listen(ListenAddress address) throws ServerException {
        Listener listener = Listener.at(address);
        try {
            add(listener, address.toString());
            return listener.port();
        } catch (IOException e) {
            throw new ServerException("cannot listen at '" + address + "'", Optional.empty(), Optional.of(e));
        }
    }

    /** Listens at a socket that whoever started this process has made, and keeps. */
    public void listen(ServerSocketChannel inherited) throws ServerException {
        try {
            add(Listener.on(inherited), "inherited socket");
        } catch (IOException e) {
            throw new ServerException("cannot listen at the inherited socket", Optional.empty(), Optional.of(e));
        }
    }

    private void add(Listener listener, String name) throws IOException {
        synchronized (listeners) {
            if (closed) {
                listener.close();
                throw new ClosedChannelException();
            }
            listeners.add(listener);
        }
        Thread.ofPlatform().daemon().name("listener " + name).start(() -> accept(listener));
    }

    private void accept(Listener listener) {
        while (!closed) {
            try {
                SocketChannel channel = listener.accept();
                try {
                    admit(channel);
                } catch (IOException | RuntimeException e) {
                    channel.close();
                    throw e;
                }
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException | RuntimeException e) {
                // One client, or a lack of file descriptors, does not end the daemon.
                LOG.warn("A connection could not be accepted", e);
                journal.note("a connection could not be accepted: " + e.getMessage());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(BREATH.toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void admit(SocketChannel channel) throws IOException {
        Peer peer = Peer.of(channel);
        if (peer.remote()) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        if (isFull(peer)) {
            journal.note("refused a connection from " + peer.description() + ": there are too many");
            channel.close();
            return;
        }
        journal.note("accepted connection from " + peer.description());
        Connection connection = new Connection(channel, peer, largeRequests, patrol::stir);
        Thread thread = Thread.ofPlatform().daemon().name("client").unstarted(() -> {
            try {
                new Service(connection, setup, sessions, journal).run();
            } finally {
                connections.remove(connection);
            }
        });
        connections.put(connection, thread);
        patrol.stir();
        thread.start();
        if (closed) {
            connection.end();
        }
    }

    /** The superuser always gets in, so that something can be done about those who take all places. */
    private boolean isFull(Peer peer) {
        if (peer.trusted()) {
            return false;
        }
        long own = connections.keySet().stream()
                .filter(other -> other.peer().account().equals(peer.account()))
                .count();
        return own >= setup.limits().connectionsOfOne()
                || connections.size() >= setup.limits().connections();
    }

    /** How many clients are connected. */
    public int connections() {
        return connections.size();
    }

    /**
     * Accepts nobody any more, ends what is being done for clients, waits until it has ended, and closes their
     * connections.
     */
    @Override
    public void close() {
        List<Listener> open;
        synchronized (listeners) {
            closed = true;
            open = List.copyOf(listeners);
            listeners.clear();
        }
        for (Listener listener : open) {
            try {
                listener.close();
            } catch (IOException e) {
                LOG.warn("A socket could not be closed", e);
            }
        }
        connections.keySet().forEach(Connection::end);
        awaitAll();
        patrol.end();
    }

    private void awaitAll() {
        long deadline = System.nanoTime() + FAREWELL.toNanos();
        try {
            for (Map.Entry<Connection, Thread> entry : connections.entrySet()) {
                entry.getValue().join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        connections.keySet().forEach(Connection::sever);
    }
}
