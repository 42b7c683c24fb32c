// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.error.FormatException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a daemon listens, as {@code GUIX_DAEMON_SOCKET} names it (daemon, section 7). */
public sealed interface DaemonAddress {
    /** What a daemon listens at by TCP unless told otherwise. */
    int DEFAULT_PORT = 44146;

    /** A Unix-domain socket. */
    record Local(Path socket) implements DaemonAddress {
        @Override
        public String toString() {
            return socket.toString();
        }
    }

    /** A TCP port of a machine. The connection is not encrypted, and the daemon does not know who comes. */
    record Remote(String host, int port) implements DaemonAddress {
        @Override
        public String toString() {
            return "guix://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * Reads {@code /FILE}, {@code file:///FILE}, {@code unix:///FILE} or {@code guix://HOST[:PORT]}, an IPv6 address
     * standing in brackets.
     *
     * @throws FormatException when it is none of these; {@code ssh://} is not supported
     */
    static DaemonAddress parse(String text) throws FormatException {
        String file = text;
        for (String scheme : new String[] {"file://", "unix://"}) {
            file = file.startsWith(scheme) ? file.substring(scheme.length()) : file;
        }
        if (file.startsWith("/")) {
            return local(file, text);
        }
        Matcher tcp = TcpForm.PATTERN.matcher(text);
        if (tcp.matches()) {
            String host = tcp.group(1) != null ? tcp.group(1) : tcp.group(2);
            int port = tcp.group(3) == null ? DEFAULT_PORT : Integer.parseInt(tcp.group(3));
            if (port >= 1 && port <= 65535) {
                return new Remote(host, port);
            }
        }
        throw new FormatException(
                "daemon address",
                text.startsWith("ssh://")
                        ? "'" + text + "' is on another machine's socket; forward it to a socket here by ssh -L"
                        : "'" + text + "' is neither an absolute file name, unix:///FILE nor guix://HOST[:PORT]");
    }

    private static DaemonAddress local(String file, String text) throws FormatException {
        try {
            return new Local(Path.of(file));
        } catch (InvalidPathException e) {
            throw new FormatException("daemon address", "'" + text + "' is no file name: " + e.getReason());
        }
    }

    /** What sockets are opened by; names of hosts are looked up. */
    default SocketAddress socketAddress() {
        return switch (this) {
            case Local local -> UnixDomainSocketAddress.of(local.socket());
            case Remote remote -> new InetSocketAddress(remote.host(), remote.port());
        };
    }

    /** How {@code guix://} is written. */
    final class TcpForm {
        private static final Pattern PATTERN =
                Pattern.compile("guix://(?:\\[([0-9A-Fa-f:.]+)\\]|([^/:\\[\\]@]+))(?::([0-9]{1,5}))?/?");

        private TcpForm() {}
    }
}
