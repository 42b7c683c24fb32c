// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks up where hosts are. The system does that as long as it likes, deaf to interrupts, and a virtual thread would
 * keep others from running meanwhile; so a thread of its own asks. Safe for use by several threads.
 */
final class HostNames {
    /** As the JDK does, where no name server is asked about numbers. */
    static final HostNames OF_SYSTEM = new HostNames(InetAddress::getByName);

    private final System system;

    /** Who knows. */
    @FunctionalInterface
    interface System {
        InetAddress find(String host) throws UnknownHostException;
    }

    HostNames(System system) {
        this.system = system;
    }

    /**
     * The first address of a host.
     *
     * @param host a name, or an address as a URL has it, without brackets
     * @throws SocketTimeoutException when it takes longer than {@code patience}
     * @throws InterruptedIOException when the thread is interrupted, which stays so
     */
    InetAddress find(String host, Duration patience) throws IOException {
        if (host.matches("[0-9.]+|.*:.*")) {
            return system.find(host);
        }
        FutureTask<InetAddress> question = new FutureTask<>(() -> system.find(host));
        Thread.ofPlatform().daemon().name("look up " + host).start(question);
        try {
            return question.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw new SocketTimeoutException("nobody says where '" + host + "' is");
        } catch (InterruptedException _) {
            throw Transfer.interrupted();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException unknown ? unknown : new IOException(e.getCause());
        }
    }
}
