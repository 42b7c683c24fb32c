// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.fs.FileTrees;
import dev.cairn.layout.Places;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class RootsSocketTest {
    private Path folder;
    private StoreLayout layout;

    @BeforeEach
    void makeStore() throws IOException {
        folder = Files.createTempDirectory("cr");
        layout = new StoreLayout(StoreDirectory.NIX, folder, Places.NIX);
    }

    @AfterEach
    void deleteStore() throws IOException {
        FileTrees.delete(folder);
    }

    @Test
    void whoAsksDuringACollectionIsToldThatNothingMoreComesWhenItIsOver() throws Exception {
        RootsSocket socket = RootsSocket.listen(layout);
        try (SocketChannel one = connect();
                SocketChannel two = connect()) {
            say(one, "/nix/store/one");
            CompletableFuture<Integer> first = answer(one);
            CompletableFuture<Integer> second = answer(two);
            assertThat(first).isNotDone();
            socket.close();
            assertThat(first.get()).isEqualTo(-1);
            assertThat(second.get()).isEqualTo(-1);
        }
    }

    @Test
    void whoSpeaksWhenItIsOverMeetsNoErrorThatNixTakesForAnAnswer() throws Exception {
        // However long it takes until the client comes to say it.
        RootsSocket socket = RootsSocket.listen(layout, Duration.ofMinutes(1));
        try (SocketChannel client = connect()) {
            CompletableFuture<Void> end = CompletableFuture.runAsync(() -> {
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            // It is told at once, and listened to until it hangs up.
            int answer = client.read(ByteBuffer.allocate(1));
            say(client, "/nix/store/late");
            client.shutdownOutput();
            end.get();
            assertThat(answer).isEqualTo(-1);
        }
    }

    @Test
    void isNotWaitedForByACollectionWithoutEnd() throws Exception {
        RootsSocket socket = RootsSocket.listen(layout);
        try (SocketChannel silent = connect()) {
            socket.close();
            assertThat(silent.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void isThereWithoutAnybodyWhoListensBeforeAndAfterACollection() throws Exception {
        RootsSocket.prepare(layout);
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        RootsSocket.listen(layout).close();
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        try (var entries = Files.list(RootsSocket.file(layout).getParent())) {
            assertThat(entries).containsExactly(RootsSocket.file(layout));
        }
    }

    @Test
    void preparingTakesTheNameOfNobodyWhoListens() throws Exception {
        try (RootsSocket _ = RootsSocket.listen(layout)) {
            RootsSocket.prepare(layout);
            connect().close();
        }
    }

    @Test
    void letsEverybodyGoAlsoWhenTheCollectionIsInterrupted() throws Exception {
        RootsSocket socket = RootsSocket.listen(layout);
        try (SocketChannel client = connect()) {
            say(client, "/nix/store/one");
            CompletableFuture<Integer> answer = answer(client);
            Thread.currentThread().interrupt();
            socket.close();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(answer.get()).isEqualTo(-1);
        }
    }

    @Test
    void doesWithoutANameThatHasTooManyOctets() throws Exception {
        int room = 107 - RootsSocket.file(layout).toString().length() - "/".length();
        layout = new StoreLayout(StoreDirectory.NIX, folder.resolve("ä".repeat(room)), Places.NIX);
        assertThat(RootsSocket.file(layout).toString()).hasSize(107);
        RootsSocket.prepare(layout);
        RootsSocket.listen(layout).close();
        assertThat(FileTrees.exists(RootsSocket.file(layout))).isFalse();
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(RootsSocket.file(layout)));
    }

    private static void say(SocketChannel client, String path) throws IOException {
        client.write(ByteBuffer.wrap((path + "\n").getBytes(StandardCharsets.US_ASCII)));
    }

    /** What the client reads: -1 is the end; it hangs up then, as Nix's programs do. */
    private static CompletableFuture<Integer> answer(SocketChannel client) {
        return CompletableFuture.supplyAsync(() -> {
            try (client) {
                return client.read(ByteBuffer.allocate(1));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }
}
