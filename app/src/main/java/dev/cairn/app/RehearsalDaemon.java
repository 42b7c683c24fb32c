// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.bridge.client.DaemonAddress;
import dev.cairn.bridge.client.SocketDaemon;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** A daemon at a socket and what its clients ask most, in a throw-away folder. */
final class RehearsalDaemon {
    /** So many that the code that serves them counts as busy. */
    private static final int TEXTS = 3000;

    private static final int FILES = 400;
    private static final int LARGEST = 40_000;
    private static final Duration START = Duration.ofSeconds(10);

    private final Path folder;
    private final Consumer<List<String>> command;

    /** @param command runs a command line */
    RehearsalDaemon(Path folder, Consumer<List<String>> command) {
        this.folder = folder;
        this.command = command;
    }

    void run() throws IOException, CairnException, InterruptedException {
        Path socket = folder.resolve("socket");
        Path root = Files.createDirectory(folder.resolve("root"));
        Thread server = Thread.ofPlatform()
                .start(() -> command.accept(List.of("--store-root=" + root, "daemon", "--listen=" + socket)));
        try {
            await(server, socket);
            StoreLayout layout = new StoreLayout(StoreDirectory.GNU, root);
            try (Daemon daemon = SocketDaemon.open(new DaemonAddress.Local(socket), layout)) {
                texts(daemon);
                tree(daemon);
            }
            String address = "--daemon=" + socket;
            command.accept(List.of("--store-root=" + root, address, "install", "hello@1.0"));
            command.accept(List.of("--store-root=" + root, address, "gc"));
        } finally {
            server.interrupt();
            server.join();
        }
    }

    private static void await(Thread server, Path socket) throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (!Files.exists(socket)) {
            if (!server.isAlive() || System.nanoTime() > end) {
                throw new IOException("the daemon does not listen");
            }
            Thread.sleep(10);
        }
    }

    private static void texts(Daemon daemon) throws CairnException {
        for (int i = 0; i < TEXTS; i++) {
            daemon.addText("text", ("text " + i).getBytes(StandardCharsets.UTF_8), Set.of());
        }
    }

    private void tree(Daemon daemon) throws IOException, CairnException {
        Random random = new Random(1);
        Path tree = Files.createDirectory(folder.resolve("tree"));
        for (int i = 0; i < FILES; i++) {
            byte[] contents = new byte[random.nextInt(LARGEST)];
            random.nextBytes(contents);
            Files.write(tree.resolve("file-" + i), contents);
        }
        StorePath item = daemon.addTree("tree", tree, true, HashAlgorithm.SHA256);
        daemon.requisites(List.of(item));
        daemon.exportItem(item, false, OutputStream.nullOutputStream());
        daemon.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
        FileTrees.delete(tree);
    }
}
