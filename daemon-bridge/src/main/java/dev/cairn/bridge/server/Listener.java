// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** A place where clients come in. Closing it takes nobody else's place away. */
final class Listener implements AutoCloseable {
    private static final int BACKLOG = 128;

    /** Octets of a name that the system takes for a socket, its end included. */
    private static final int LONGEST_NAME = 108;

    private final ServerSocketChannel channel;
    private final Optional<Path> file;
    private final Object fileKey;

    private Listener(ServerSocketChannel channel, Optional<Path> file) throws IOException {
        this.channel = channel;
        this.file = file;
        this.fileKey = file.isPresent() ? key(file.get()) : "";
    }

    /** Listens at an address. */
    static Listener at(ListenAddress address) throws ServerException {
        try {
            return switch (address) {
                case ListenAddress.Unix unix -> atFile(unix.file());
                case ListenAddress.Tcp tcp -> atPort(tcp);
            };
        } catch (UnknownHostException e) {
            throw new ServerException(
                    "cannot listen at '" + address + "': no such host", Optional.empty(), Optional.of(e));
        } catch (IOException e) {
            throw new ServerException(
                    "cannot listen at '" + address + "': " + Optional.ofNullable(e.getMessage()).orElse(e.toString()),
                    Optional.of("Check that the folder may be written to and that no other daemon listens there."),
                    Optional.of(e));
        }
    }

    /** Takes a socket that somebody else made, and who also takes it away. */
    static Listener on(ServerSocketChannel channel) throws IOException {
        return new Listener(channel, Optional.empty());
    }

    private static Listener atPort(ListenAddress.Tcp address) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(InetAddress.getByName(address.host()), address.port()), BACKLOG);
            return new Listener(channel, Optional.empty());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static Listener atFile(Path file) throws IOException, ServerException {
        Files.createDirectories(file.getParent());
        makeWay(file);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            bind(channel, file);
            // Who may connect is decided by the mode of the folder.
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
            return new Listener(channel, Optional.of(file));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Takes away the socket of a daemon that is no more. */
    private static void makeWay(Path file) throws IOException, ServerException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new ServerException(
                    "cannot listen at '" + file + "': it exists and is no socket",
                    Optional.of("Give another name with --listen, or take that file away."),
                    Optional.empty());
        }
        if (isAnswered(file)) {
            throw new ServerException(
                    "cannot listen at '" + file + "': another daemon listens there",
                    Optional.of("Stop it first, or give another name with --listen."),
                    Optional.empty());
        }
        Files.deleteIfExists(file);
    }

    private static boolean isAnswered(Path file) {
        if (isTooLong(file)) {
            return false;
        }
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
            return probe.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    /** A name that is too long for the system is reached through a link with a short one. */
    private static void bind(ServerSocketChannel channel, Path file) throws IOException {
        if (!isTooLong(file)) {
            channel.bind(UnixDomainSocketAddress.of(file), BACKLOG);
            return;
        }
        Path folder = Files.createTempDirectory("cairn");
        Path link = folder.resolve("s");
        try {
            Files.createSymbolicLink(link, file.getParent().toAbsolutePath());
            channel.bind(UnixDomainSocketAddress.of(link.resolve(file.getFileName())), BACKLOG);
        } finally {
            Files.deleteIfExists(link);
            Files.deleteIfExists(folder);
        }
    }

    private static boolean isTooLong(Path file) {
        return file.toString().getBytes(StandardCharsets.UTF_8).length >= LONGEST_NAME;
    }

    private static Object key(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
        return key == null ? "" : key;
    }

    /** The next client; waits for one. */
    SocketChannel accept() throws IOException {
        return channel.accept();
    }

    /** The port, where it is one. */
    Optional<Integer> port() throws IOException {
        return channel.getLocalAddress() instanceof InetSocketAddress address
                ? Optional.of(address.getPort())
                : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (file.isPresent() && Files.exists(file.get(), LinkOption.NOFOLLOW_LINKS)
                && key(file.get()).equals(fileKey)) {
            Files.deleteIfExists(file.get());
        }
    }
}
