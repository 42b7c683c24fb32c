// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.bridge.wire.Dialect;
import dev.cairn.bridge.wire.ErrorReport;
import dev.cairn.bridge.wire.Handshake;
import dev.cairn.bridge.wire.Message;
import dev.cairn.bridge.wire.ProtocolVersion;
import dev.cairn.bridge.wire.WireException;
import dev.cairn.bridge.wire.WireLimits;
import dev.cairn.bridge.wire.WireReader;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.DaemonException.Unavailable.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;

/** Opens connections: finds the daemon and learns which dialect it speaks (daemon, sections 2 and 17). */
final class Greeting {
    /** Daemons of Nix's from before this minor version differ in ways that nobody has tried. */
    private static final int OLDEST_NIX = 21;

    private static final int MAJOR = 1;
    private static final int CPU = 14;
    private static final int RESERVE = 11;
    private static final int NAMED = 33;
    private static final String NOT_A_DAEMON =
            "Name the socket of guix-daemon, nix-daemon or 'cairn daemon', such as /var/guix/daemon-socket/socket.";

    private final DaemonAddress address;

    Greeting(DaemonAddress address) {
        this.address = address;
    }

    /**
     * Connects.
     *
     * @throws DaemonException.Unavailable when that does not lead to a daemon whose protocol is known
     */
    Link open() throws DaemonException {
        if (Thread.currentThread().isInterrupted()) {
            throw new DaemonException.Cancelled();
        }
        boolean open = false;
        SocketChannel socket = connect();
        try {
            Link link = Watchdog.within(Watchdog.GREETING, socket, () -> greet(socket));
            open = true;
            return link;
        } catch (IOException e) {
            throw strange(e);
        } finally {
            if (!open) {
                close(socket);
            }
        }
    }

    private SocketChannel connect() throws DaemonException {
        try {
            boolean local = address instanceof DaemonAddress.Local;
            SocketChannel socket = local
                    ? SocketChannel.open(StandardProtocolFamily.UNIX)
                    : SocketChannel.open();
            boolean open = false;
            try {
                open = Watchdog.within(Watchdog.GREETING, socket, () -> socket.connect(address.socketAddress()));
                return socket;
            } finally {
                if (!open) {
                    close(socket);
                }
            }
        } catch (UnresolvedAddressException e) {
            throw unavailable(Reason.ABSENT, "its host is not known", "Check the name of the host.", e);
        } catch (IOException e) {
            throw notThere(e);
        }
    }

    private DaemonException notThere(IOException e) {
        if (Thread.currentThread().isInterrupted()) {
            return new DaemonException.Cancelled();
        }
        String text = Optional.ofNullable(e.getMessage()).orElse("").toLowerCase(Locale.ROOT);
        if (text.contains("permission denied")) {
            return unavailable(
                    Reason.NOT_PERMITTED,
                    "this user may not connect to it",
                    "Ask whoever runs the daemon for access: the permissions of the socket's folder decide.",
                    e);
        }
        boolean missing = address instanceof DaemonAddress.Local(var file) && !Files.exists(file);
        return unavailable(
                Reason.ABSENT,
                missing ? "there is no such socket" : "nobody listens there (" + e.getMessage() + ")",
                "Start the daemon, or name another socket.",
                e);
    }

    private Link greet(SocketChannel socket) throws IOException {
        InputStream input = SocketStreams.input(socket);
        WireReader in = new WireReader(input);
        WireWriter out = new WireWriter(SocketStreams.output(socket));
        out.writeInt(Handshake.CLIENT_MAGIC);
        out.flush();
        if (in.readLong() != Handshake.SERVER_MAGIC) {
            throw new WireException("it does not speak the protocol of store daemons");
        }
        ProtocolVersion theirs = new ProtocolVersion(in.readInt());
        Dialect dialect = Dialect.of(theirs);
        if (theirs.major() != MAJOR || dialect == Dialect.NIX && !theirs.atLeast(OLDEST_NIX)) {
            throw new UnknownVersion(theirs);
        }
        ProtocolVersion ours = dialect.version();
        ProtocolVersion version = theirs.compareTo(ours) < 0 ? theirs : ours;
        out.writeInt(ours.number());
        if (version.atLeast(CPU)) {
            out.writeBool(false);
        }
        if (version.atLeast(RESERVE)) {
            // Nix's newer daemons do not look at it.
            out.writeBool(dialect == Dialect.GUIX);
        }
        out.flush();
        if (dialect == Dialect.NIX && version.atLeast(NAMED)) {
            in.readText(WireLimits.NAME);
        }
        awaitWelcome(in, dialect, version);
        return new Link(address, socket, input, dialect, version);
    }

    private static void awaitWelcome(WireReader in, Dialect dialect, ProtocolVersion version) throws IOException {
        while (true) {
            switch (Message.of(in.readInt())) {
                case NEXT -> in.readText(WireLimits.NAME);
                case LAST -> {
                    return;
                }
                case ERROR -> throw new Rejection(ErrorReport.read(in, dialect, version).message());
                case READ, WRITE, START_ACTIVITY, STOP_ACTIVITY, RESULT ->
                    throw new WireException("it began to work before it was asked");
            }
        }
    }

    private DaemonException strange(IOException e) {
        if (Thread.currentThread().isInterrupted()) {
            return new DaemonException.Cancelled();
        }
        return switch (e) {
            case UnknownVersion unknown -> unavailable(
                    Reason.UNKNOWN_VERSION,
                    "it speaks version " + unknown.version + " of the protocol, which Cairn does not know",
                    "Upgrade the daemon: Nix 2.4 and Guix 1.4 are the oldest that Cairn works with.",
                    e);
            case Rejection rejection -> unavailable(
                    Reason.LOST,
                    "it refuses to work: " + rejection.getMessage(),
                    "Look at the daemon's own log.",
                    e);
            case WireException wrong ->
                unavailable(Reason.NOT_A_DAEMON, wrong.getMessage(), NOT_A_DAEMON, e);
            case SocketTimeoutException late ->
                unavailable(Reason.NOT_A_DAEMON, "it does not answer: " + late.getMessage(), NOT_A_DAEMON, e);
            case EOFException _ ->
                unavailable(Reason.NOT_A_DAEMON, "it closed the connection at once", NOT_A_DAEMON, e);
            default -> unavailable(
                    Reason.LOST,
                    "the connection broke at once: " + e.getMessage(),
                    "Look at the daemon's own log, then try again.",
                    e);
        };
    }

    private DaemonException.Unavailable unavailable(Reason reason, String problem, String hint, Exception cause) {
        return new DaemonException.Unavailable(
                address.toString(),
                reason,
                "the daemon at '" + address + "' cannot be used: " + problem,
                hint,
                Optional.of(cause));
    }

    private static void close(SocketChannel socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It was of no use anyway.
        }
    }

    /** Not a version that Cairn knows. */
    private static final class UnknownVersion extends IOException {
        private final transient ProtocolVersion version;

        UnknownVersion(ProtocolVersion version) {
            super("unknown version " + version);
            this.version = version;
        }
    }

    /** The daemon cannot serve anybody. */
    private static final class Rejection extends IOException {
        Rejection(String message) {
            super(message);
        }
    }
}
