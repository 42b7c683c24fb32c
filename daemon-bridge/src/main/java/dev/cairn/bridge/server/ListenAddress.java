// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a daemon is to listen (daemon, section 7). */
public sealed interface ListenAddress {
    /** The port of guix-daemon. */
    int DEFAULT_PORT = 44146;

    /** {@code HOST}, {@code HOST:PORT}, {@code [HOST]:PORT}. */
    Pattern HOST_AND_PORT = Pattern.compile("(?:\\[([0-9a-fA-F:.%a-z]+)]|([^:\\[\\]/]+))(?::([0-9]{1,5}))?");

    /** A socket in the file system. */
    record Unix(Path file) implements ListenAddress {
        @Override
        public String toString() {
            return file.toString();
        }
    }

    /** A port of this machine. Whoever comes over it is nobody in particular, and never trusted. */
    record Tcp(String host, int port) implements ListenAddress {
        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * What {@code --listen} names: a file if it begins with a slash, else a host and maybe a port.
     *
     * @throws ServerException when it is neither
     */
    static ListenAddress parse(String text) throws ServerException {
        if (text.startsWith("/")) {
            try {
                return new Unix(Path.of(text));
            } catch (InvalidPathException e) {
                throw malformed(text, e);
            }
        }
        Matcher matcher = HOST_AND_PORT.matcher(text);
        if (!matcher.matches()) {
            throw malformed(text, new IllegalArgumentException(text));
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        int port = matcher.group(3) == null ? DEFAULT_PORT : Integer.parseInt(matcher.group(3));
        if (port > 0xffff) {
            throw malformed(text, new IllegalArgumentException(text));
        }
        return new Tcp(host, port);
    }

    private static ServerException malformed(String text, Exception cause) {
        return new ServerException(
                "'" + text + "' is no address to listen at",
                Optional.of("Give the absolute name of a socket file, or HOST or HOST:PORT."),
                Optional.of(cause));
    }
}
