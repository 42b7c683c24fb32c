// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.bridge.wire.Activity;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.bridge.wire.ErrorReport;
import dev.cairn.bridge.wire.Message;
import dev.cairn.bridge.wire.ProtocolVersion;
import dev.cairn.bridge.wire.WireException;
import dev.cairn.bridge.wire.WireLimits;
import dev.cairn.bridge.wire.WireReader;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a daemon, which serves one request at a time (daemon, section 3). For one thread at a time; any
 * failure but {@link RemoteFailure} closes it, and interrupting its thread does too, whereupon the daemon ends what it
 * was doing.
 */
final class Link implements AutoCloseable {
    private static final int CHUNK = 32 * 1024;

    private final DaemonAddress address;
    private final SocketChannel socket;
    private final Dialect dialect;
    private final ProtocolVersion version;
    private final WireReader in;
    private final WireWriter out;
    private final Sending sending;

    /** @param version the one that decides what is sent: the smaller of both ends' */
    Link(DaemonAddress address, SocketChannel socket, InputStream input, Dialect dialect, ProtocolVersion version) {
        this.address = address;
        this.socket = socket;
        this.dialect = dialect;
        this.version = version;
        this.in = new WireReader(input);
        this.sending = new Sending(SocketStreams.output(socket));
        this.out = new WireWriter(sending);
    }

    Dialect dialect() {
        return dialect;
    }

    ProtocolVersion version() {
        return version;
    }

    boolean isOpen() {
        return socket.isOpen();
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws RemoteFailure when the daemon answers with an error
     * @throws DaemonException.Unavailable when the connection breaks
     * @throws DaemonException.Cancelled when the thread is interrupted
     */
    <T> T ask(Request<T> request, Listener listener) throws RemoteFailure, DaemonException {
        if (Thread.currentThread().isInterrupted()) {
            throw new DaemonException.Cancelled();
        }
        boolean done = false;
        try {
            send(request);
            work(request, listener);
            T reply = request.reply().read(in);
            done = true;
            return reply;
        } catch (RemoteFailure e) {
            done = true;
            throw e;
        } catch (OwnTrouble e) {
            throw DaemonException.of("passing on data of '" + request.operation().title() + "'", e.cause);
        } catch (IOException e) {
            throw lost(request, e);
        } finally {
            if (!done) {
                close();
            }
        }
    }

    /** A daemon that refuses a request at once may have answered and gone before all of it was sent. */
    private void send(Request<?> request) throws IOException, DaemonException {
        try {
            out.writeInt(request.operation().number());
            request.body().write(out);
            out.flush();
        } catch (IOException e) {
            if (sending.failure == null) {
                throw DaemonException.of("sending to the daemon", e);
            }
            if (Thread.currentThread().isInterrupted() || !socket.isOpen()) {
                throw e;
            }
        } catch (DaemonException e) {
            throw e;
        } catch (CairnException e) {
            throw new DaemonException.Refused(e.getMessage(), e.hint());
        }
    }

    private void work(Request<?> request, Listener listener) throws IOException, RemoteFailure {
        while (true) {
            switch (Message.of(in.readInt())) {
                case NEXT -> listener.text(in.readBytes(WireLimits.TEXT));
                case READ -> give(request.source(), in.readInt());
                case WRITE -> take(request.sink());
                case START_ACTIVITY -> listener.activity(Activity.readStarted(in));
                case STOP_ACTIVITY -> listener.activity(Activity.readStopped(in));
                case RESULT -> listener.activity(Activity.readTold(in));
                case ERROR -> throw new RemoteFailure(ErrorReport.read(in, dialect, version));
                case LAST -> {
                    return;
                }
            }
        }
    }

    private void give(InputStream source, long most) throws IOException {
        byte[] octets = new byte[Math.clamp(most, 1, CHUNK)];
        int count;
        try {
            count = source.read(octets);
        } catch (IOException e) {
            throw new OwnTrouble(e);
        }
        out.writeBytes(octets, 0, Math.max(count, 0));
        out.flush();
    }

    private void take(OutputStream sink) throws IOException {
        int length = in.readLength(WireLimits.TEXT);
        byte[] octets = new byte[Math.min(length, CHUNK)];
        for (int left = length; left > 0; ) {
            int count = in.stream().read(octets, 0, Math.min(left, octets.length));
            if (count < 0) {
                throw new EOFException();
            }
            try {
                sink.write(octets, 0, count);
            } catch (IOException e) {
                throw new OwnTrouble(e);
            }
            left -= count;
        }
        in.readPadding(length);
    }

    private DaemonException lost(Request<?> request, IOException cause) {
        if (Thread.currentThread().isInterrupted()) {
            return new DaemonException.Cancelled();
        }
        String problem =
                switch (cause) {
                    case WireException wrong -> "it sent what the protocol does not allow (" + wrong.getMessage() + ")";
                    case EOFException _ -> "it closed the connection";
                    default -> "the connection broke: " + cause.getMessage();
                };
        return new DaemonException.Unavailable(
                address.toString(),
                DaemonException.Unavailable.Reason.LOST,
                "the daemon at '" + address + "' was lost at '" + request.operation().title() + "': " + problem,
                "Look at the daemon's own log, then try again.",
                Optional.of(cause));
    }

    /** Ends the connection, but waits until the daemon has ended it too, and with it what it held for it. */
    void part() {
        try {
            if (socket.isOpen()) {
                Watchdog.within(Watchdog.PARTING, socket, () -> {
                    socket.shutdownOutput();
                    while (in.stream().read() >= 0) {
                        // Nothing that comes now matters.
                    }
                    return true;
                });
            }
        } catch (IOException _) {
            // Then it is over as well.
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // Nothing else can be done with it.
        }
    }

    /** It is not the connection that failed, but what gives or takes the data. */
    private static final class OwnTrouble extends IOException {
        private final IOException cause;

        OwnTrouble(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    /** Remembers whether it was sending that failed, rather than reading what is to be sent. */
    private static final class Sending extends FilterOutputStream {
        private @Nullable IOException failure;

        Sending(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            try {
                out.write(octets, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
