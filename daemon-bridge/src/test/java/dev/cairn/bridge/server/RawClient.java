// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.Dialect;
import dev.cairn.bridge.wire.ErrorReport;
import dev.cairn.bridge.wire.Handshake;
import dev.cairn.bridge.wire.Message;
import dev.cairn.bridge.wire.WireReader;
import dev.cairn.bridge.wire.WireWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A client that says what it is told to say, be it wrong. */
final class RawClient implements AutoCloseable {
    final SocketChannel channel;
    final WireReader in;
    final WireWriter out;

    /** The texts that came while the server worked last. */
    final List<String> texts = new ArrayList<>();

    private RawClient(SocketChannel channel) {
        this.channel = channel;
        this.in = new WireReader(new BufferedInputStream(Channels.newInputStream(channel)));
        this.out = new WireWriter(Channels.newOutputStream(channel));
    }

    static RawClient connect(Path socket) throws IOException {
        return connect(UnixDomainSocketAddress.of(socket));
    }

    static RawClient connect(SocketAddress address) throws IOException {
        return new RawClient(SocketChannel.open(address));
    }

    /** Introduces itself as a client of Guix does. */
    RawClient greet() throws IOException {
        return greet(Dialect.GUIX.version().number());
    }

    RawClient greet(long version) throws IOException {
        out.writeInt(Handshake.CLIENT_MAGIC);
        out.flush();
        in.readInt();
        in.readInt();
        out.writeInt(version);
        if ((version & 0xff) >= 14) {
            out.writeInt(0);
        }
        if ((version & 0xff) >= 11) {
            out.writeInt(1);
        }
        out.flush();
        awaitLast();
        return this;
    }

    /** Begins a request. */
    WireWriter request(long operation) throws IOException {
        out.writeLong(operation);
        return out;
    }

    /** Sends octets as they are, after all that was written before. */
    void send(byte[] octets) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(octets);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /** Sends a request that has one string. */
    RawClient ask(long operation, String text) throws IOException {
        request(operation).writeText(text);
        out.flush();
        return this;
    }

    /** Sends a request without anything in it. */
    RawClient ask(long operation) throws IOException {
        request(operation);
        out.flush();
        return this;
    }

    /** Sends a request to be told nothing but what is asked for. */
    RawClient setOptions(int verbosity, List<Map.Entry<String, String>> settings) throws IOException {
        return setOptions(false, verbosity, settings);
    }

    RawClient setOptions(boolean keepFailed, int verbosity, List<Map.Entry<String, String>> settings)
            throws IOException {
        request(19);
        for (long field : new long[] {keepFailed ? 1 : 0, 0, 0, verbosity, 0, 0, 0, 1, 1}) {
            out.writeInt(field);
        }
        out.writePairs(settings);
        out.flush();
        awaitLast();
        return this;
    }

    /** Reads up to where the reply begins. @throws Failure when there is none */
    WireReader awaitLast() throws IOException {
        texts.clear();
        while (true) {
            switch (Message.of(in.readInt())) {
                case NEXT -> texts.add(in.readText(1 << 20));
                case LAST -> {
                    return in;
                }
                case ERROR -> throw new Failure(ErrorReport.read(in, Dialect.GUIX, Dialect.GUIX.version()));
                case READ, WRITE, START_ACTIVITY, STOP_ACTIVITY, RESULT -> throw new AssertionError("unexpected");
            }
        }
    }

    /** Whether the server has ended the connection. */
    boolean isEnded() throws IOException {
        try {
            return in.stream().read() < 0;
        } catch (IOException e) {
            if ("Connection reset".equals(e.getMessage()) || "Broken pipe".equals(e.getMessage())) {
                return true;
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** What a server answered in place of a reply. */
    static final class Failure extends IOException {
        final transient ErrorReport report;

        Failure(ErrorReport report) {
            super(report.message());
            this.report = report;
        }
    }
}
