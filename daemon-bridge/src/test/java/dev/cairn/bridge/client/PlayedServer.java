// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server that says what it was told to say, and takes only what it was told to expect. For one connection. */
final class PlayedServer implements AutoCloseable {
    private record Step(boolean expected, byte[] octets) {}

    private final DaemonAddress address;
    private final ServerSocketChannel socket;
    private final Queue<Step> steps = new ArrayDeque<>();
    private final CompletableFuture<Boolean> played = new CompletableFuture<>();

    PlayedServer(Path file) throws IOException {
        this.address = new DaemonAddress.Local(file);
        this.socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        socket.bind(UnixDomainSocketAddress.of(file));
        Thread.ofVirtual().start(this::play);
    }

    DaemonAddress address() {
        return address;
    }

    /** To be called before anybody connects. */
    void add(boolean expected, byte[] octets) {
        steps.add(new Step(expected, octets));
    }

    private void play() {
        try (SocketChannel client = socket.accept()) {
            for (Step step : steps) {
                if (step.expected) {
                    expect(client, step.octets);
                } else {
                    client.write(ByteBuffer.wrap(step.octets));
                }
            }
            played.complete(true);
        } catch (IOException | AssertionError e) {
            played.completeExceptionally(e);
        }
    }

    private static void expect(SocketChannel client, byte[] octets) throws IOException {
        ByteBuffer came = ByteBuffer.allocate(octets.length);
        while (came.hasRemaining() && client.read(came) >= 0) {
            int at = came.position();
            if (came.duplicate().flip().compareTo(ByteBuffer.wrap(octets, 0, at)) != 0) {
                break;
            }
        }
        if (!came.flip().equals(ByteBuffer.wrap(octets))) {
            byte[] got = new byte[came.remaining()];
            came.get(got);
            throw new AssertionError("expected " + HexFormat.of().formatHex(octets) + "\n but got "
                    + HexFormat.of().formatHex(got));
        }
    }

    /** Waits until all was said and heard. */
    void await() throws Exception {
        played.get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
