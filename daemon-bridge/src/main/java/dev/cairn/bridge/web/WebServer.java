// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.web;

import dev.cairn.bridge.server.ServerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens at one address until it is closed. Each connection has a thread of the platform's, as answers may take the
 * processor or the disk for long, which must not keep others waiting. Safe for use by several threads.
 */
public final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int BACKLOG = 256;
    private static final Duration TICK = Duration.ofMillis(250);

    private final ServerSocketChannel listener;
    private final WebHandler handler;
    private final WebLimits limits;
    private final Map<WebConnection, Thread> connections = new ConcurrentHashMap<>();
    private final Thread patrol;
    private volatile boolean closed;

    private WebServer(ServerSocketChannel listener, WebHandler handler, WebLimits limits) {
        this.listener = listener;
        this.handler = handler;
        this.limits = limits;
        this.patrol = Thread.ofPlatform().daemon().name("web patrol").start(this::patrol);
        Thread.ofPlatform().daemon().name("web listener").start(this::accept);
    }

    /**
     * Begins to listen.
     *
     * @param host a name or address of this machine's; one for all of them is {@code 0.0.0.0}
     * @param port 0 stands for any that is free
     * @throws ServerException when that is not possible, as when somebody else listens there
     */
    public static WebServer listen(String host, int port, WebHandler handler, WebLimits limits) throws ServerException {
        try {
            InetAddress address = InetAddress.getByName(host);
            ServerSocketChannel listener = ServerSocketChannel.open();
            try {
                listener.bind(new InetSocketAddress(address, port), BACKLOG);
            } catch (IOException e) {
                listener.close();
                throw e;
            }
            return new WebServer(listener, handler, limits);
        } catch (UnknownHostException e) {
            throw cannotListen(host, port, "no such host", "Give a name or address of this machine's.", e);
        } catch (IOException e) {
            String reason = Optional.ofNullable(e.getMessage()).orElse(e.toString());
            throw cannotListen(
                    host, port, reason, "Choose another port, or end the program that listens there.", e);
        }
    }

    private static ServerException cannotListen(String host, int port, String reason, String hint, IOException cause) {
        return new ServerException(
                "cannot listen at " + host + ", port " + port + ": " + reason, Optional.of(hint), Optional.of(cause));
    }

    /** The port at which it listens. */
    public int port() throws IOException {
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    /** How many clients are connected. */
    public int connections() {
        return connections.size();
    }

    private void accept() {
        while (!closed) {
            try {
                SocketChannel channel = listener.accept();
                try {
                    admit(channel);
                } catch (IOException | RuntimeException | OutOfMemoryError e) {
                    channel.close();
                    throw e;
                }
            } catch (ClosedChannelException _) {
                // The listener's, or a client that went at once.
                if (!listener.isOpen()) {
                    return;
                }
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                // A lack of file descriptors or threads passes.
                LOG.warn("A connection could not be accepted", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void admit(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (connections.size() >= limits.connections() && !makeRoom()) {
            LOG.warn("There are too many connections; one was refused");
            channel.close();
            return;
        }
        WebConnection connection = new WebConnection(channel, handler, limits);
        Thread thread = Thread.ofPlatform().daemon().name("web client").unstarted(() -> {
            try {
                connection.run();
            } finally {
                connections.remove(connection);
            }
        });
        connections.put(connection, thread);
        LockSupport.unpark(patrol);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            connections.remove(connection);
            throw e;
        }
        if (closed) {
            connection.finish();
            connection.severIfIdle();
        }
    }

    /** The connections that wait for their next request. */
    Stream<WebConnection> idle() {
        return connections.keySet().stream().filter(connection -> connection.stopwatch().isIdle());
    }

    /** Ends the connection that has waited for its next request for longest. */
    private boolean makeRoom() {
        Optional<WebConnection> idle = idle().max(Comparator.comparingLong(connection -> connection.stopwatch().elapsed()));
        idle.ifPresent(connection -> {
            connections.remove(connection);
            connection.sever();
        });
        return idle.isPresent();
    }

    /** Looks again and again for clients that stall; rests while there are none. */
    private void patrol() {
        while (!Thread.currentThread().isInterrupted()) {
            if (connections.isEmpty()) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, TICK.toNanos());
            }
            for (WebConnection connection : connections.keySet()) {
                if (connection.stopwatch().isOver()) {
                    connection.sever();
                }
            }
        }
    }

    /** Accepts nobody any more, gives the answers under way their time, and ends all connections. */
    @Override
    public void close() {
        closed = true;
        try {
            listener.close();
        } catch (IOException e) {
            LOG.warn("A socket could not be closed", e);
        }
        // All know of it before the first client can see it.
        connections.keySet().forEach(WebConnection::finish);
        connections.keySet().forEach(WebConnection::severIfIdle);
        awaitAll(limits.farewell());
        connections.keySet().forEach(WebConnection::sever);
        connections.values().forEach(Thread::interrupt);
        awaitAll(limits.farewell());
        patrol.interrupt();
    }

    private void awaitAll(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (Thread thread : connections.values()) {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
