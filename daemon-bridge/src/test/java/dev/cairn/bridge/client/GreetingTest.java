// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.bridge.wire.Dialect;
import dev.cairn.bridge.wire.ProtocolVersion;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.DaemonException.Unavailable;
import dev.cairn.daemon.DaemonException.Unavailable.Reason;
import dev.cairn.path.StoreDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are none, or none that is known, and those that break what they promised. */
class GreetingTest {
    private static final long CLIENT = 0x6e697863L;
    private static final long SERVER = 0x6478696fL;
    private static final long LAST = 0x616c7473L;

    @TempDir
    private Path folder;

    @Test
    void saysThatNobodyIsThere() throws IOException {
        assertThat(reason(new DaemonAddress.Local(folder.resolve("none")))).isEqualTo(Reason.ABSENT);
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(reason(new DaemonAddress.Local(file))).isEqualTo(Reason.ABSENT);
        assertThat(reason(new DaemonAddress.Remote("localhost", 1))).isEqualTo(Reason.ABSENT);
    }

    @Test
    void knowsOtherServersFromDaemons() throws Exception {
        try (PlayedServer server = new PlayedServer(folder.resolve("socket"))) {
            server.add(true, numbers(CLIENT));
            server.add(false, "HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII));
            assertThat(reason(server.address())).isEqualTo(Reason.NOT_A_DAEMON);
        }
        try (PlayedServer closing = new PlayedServer(folder.resolve("closing"))) {
            assertThat(reason(closing.address())).isIn(Reason.NOT_A_DAEMON, Reason.LOST);
        }
    }

    @Test
    void refusesVersionsThatItDoesNotKnow() throws Exception {
        for (long version : new long[] {0x110, 0x264, 0x063}) {
            try (PlayedServer server = new PlayedServer(folder.resolve("socket" + version))) {
                server.add(true, numbers(CLIENT));
                server.add(false, numbers(SERVER, version));
                assertThat(reason(server.address())).isEqualTo(Reason.UNKNOWN_VERSION);
            }
        }
    }

    @Test
    void goesByTheOlderOfBothVersions() throws Exception {
        try (PlayedServer server = new PlayedServer(folder.resolve("socket"))) {
            server.add(true, numbers(CLIENT));
            server.add(false, numbers(SERVER, 0x116));
            server.add(true, numbers(0x122, 0, 0));
            server.add(false, numbers(LAST));
            try (Link link = new Greeting(server.address()).open()) {
                assertThat(link.dialect()).isEqualTo(Dialect.NIX);
                assertThat(link.version()).isEqualTo(new ProtocolVersion(0x116));
            }
            server.await();
        }
    }

    @Test
    void refusesLengthsThatNoAnswerHas() throws Exception {
        try (PlayedServer server = new PlayedServer(folder.resolve("socket"))) {
            greet(server);
            server.add(true, numbers(23));
            server.add(false, numbers(LAST, 0xffff_ffffL));
            try (Link link = new Greeting(server.address()).open()) {
                assertThatThrownBy(() -> link.ask(
                                new Requests(StoreDirectory.GNU, link).allPaths(), Listener.NONE))
                        .isInstanceOfSatisfying(Unavailable.class, lost ->
                                assertThat(lost.reason()).isEqualTo(Reason.LOST));
                assertThat(link.isOpen()).isFalse();
            }
        }
    }

    @Test
    void saysThatTheConnectionWasLost() throws Exception {
        try (PlayedServer server = new PlayedServer(folder.resolve("socket"))) {
            greet(server);
            server.add(true, numbers(23));
            server.add(false, numbers(LAST, 1));
            try (Link link = new Greeting(server.address()).open()) {
                assertThatThrownBy(() -> link.ask(
                                new Requests(StoreDirectory.GNU, link).allPaths(), Listener.NONE))
                        .isInstanceOf(Unavailable.class)
                        .hasMessageContaining("closed the connection")
                        .hasMessageContaining("query-all-valid-paths");
            }
        }
    }

    private static void greet(PlayedServer server) throws IOException {
        server.add(true, numbers(CLIENT));
        server.add(false, numbers(SERVER, 0x164));
        server.add(true, numbers(0x164, 0, 1));
        server.add(false, numbers(LAST));
    }

    private static Reason reason(DaemonAddress address) {
        try (Link _ = new Greeting(address).open()) {
            throw new AssertionError("that is no daemon");
        } catch (DaemonException e) {
            assertThat(e).isInstanceOf(Unavailable.class);
            assertThat(e.hint()).isPresent();
            return ((Unavailable) e).reason();
        }
    }

    private static byte[] numbers(long... numbers) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        WireWriter writer = new WireWriter(octets);
        for (long number : numbers) {
            writer.writeLong(number);
        }
        writer.flush();
        return octets.toByteArray();
    }
}
