// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Closes a socket on which something takes too long; Unix-domain sockets have no time limits of their own. */
final class Watchdog {
    /** How long a daemon may take to say who it is. */
    static final Duration GREETING = Duration.ofSeconds(20);

    /** How long a daemon may take to end a connection. */
    static final Duration PARTING = Duration.ofSeconds(2);

    private enum State {
        WATCHING,
        DONE,
        BITTEN
    }

    /** Something that reads or writes. */
    @FunctionalInterface
    interface Exchange<T> {
        T run() throws IOException;
    }

    private Watchdog() {}

    /** @throws SocketTimeoutException when it took longer than {@code limit}; the socket is closed then */
    static <T> T within(Duration limit, SocketChannel socket, Exchange<T> exchange) throws IOException {
        AtomicReference<State> state = new AtomicReference<>(State.WATCHING);
        Thread dog = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(limit);
                if (state.compareAndSet(State.WATCHING, State.BITTEN)) {
                    socket.close();
                }
            } catch (InterruptedException | IOException _) {
                // Called off, or closed already.
            }
        });
        try {
            T result = exchange.run();
            state.compareAndSet(State.WATCHING, State.DONE);
            return result;
        } catch (IOException e) {
            if (!state.compareAndSet(State.WATCHING, State.DONE)) {
                throw new SocketTimeoutException("nothing came within " + limit.toSeconds() + " seconds");
            }
            throw e;
        } finally {
            dog.interrupt();
        }
    }
}
