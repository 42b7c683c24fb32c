// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.bridge.publish.Packing;
import dev.cairn.bridge.publish.PublishSettings;
import dev.cairn.bridge.publish.Publisher;
import dev.cairn.bridge.publish.Signer;
import dev.cairn.bridge.web.WebLimits;
import dev.cairn.bridge.web.WebServer;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;
import dev.cairn.fs.FileTrees;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.store.LocalStore;
import dev.cairn.trust.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** A store whose items a server offers, signed, and another one that fetches them, in a throw-away folder. */
final class RehearsalCache {
    /** Items one above the other, each of which refers to some trees of its own. */
    private static final int LEVELS = 6;

    private static final int TREES = 8;
    private static final int FILES = 10;
    private static final int LARGEST = 60_000;

    private final Path folder;
    private final Consumer<List<String>> command;
    private final Random random = new Random(1);

    /** @param command runs a command line */
    RehearsalCache(Path folder, Consumer<List<String>> command) {
        this.folder = folder;
        this.command = command;
    }

    Fetched run() throws IOException, CairnException {
        StoreLayout offering = new StoreLayout(StoreDirectory.GNU, folder.resolve("offering"));
        StoreLayout fetching = new StoreLayout(StoreDirectory.GNU, folder.resolve("fetching"));
        String into = "--store-root=" + fetching.root();
        command.accept(List.of("--store-root=" + offering.root(), "archive", "--generate-key"));
        KeyFiles keys = new KeyFiles(offering.configuration());
        new KeyFiles(fetching.configuration()).authorise(keys.signingKey().publicKey());
        PublishSettings settings = new PublishSettings(
                Dialect.GUIX, List.of(Packing.parse("zstd")), Optional.empty(), Optional.empty(), "nar", "localhost");
        Signer signer = new Signer(Optional.of(keys.signingKey()), List.of());
        try (Daemon daemon = LocalStore.open(offering);
                Publisher publisher = new Publisher(
                        daemon, settings, signer, Optional.empty(), Optional.empty(), _ -> {});
                WebServer server = WebServer.listen("127.0.0.1", 0, publisher.handler(), WebLimits.DEFAULT)) {
            StorePath top = closure(daemon);
            StorePath alone = tree(daemon, "alone");
            String address = "--substitute-urls=http://127.0.0.1:" + server.port();
            command.accept(List.of(into, "build", top.toString(), address));
            command.accept(List.of(into, "install", alone.toString(), address));
            return new Fetched(fetching, List.of(top, alone));
        }
    }

    /** @param items what {@code store} was to fetch */
    record Fetched(StoreLayout store, List<StorePath> items) {}

    private StorePath closure(Daemon daemon) throws IOException, CairnException {
        Set<StorePath> below = new HashSet<>();
        for (int level = 0; level < LEVELS; level++) {
            for (int i = 0; i < TREES; i++) {
                below.add(tree(daemon, "tree-" + level + "-" + i));
            }
            String text = String.join("\n", below.stream().map(StorePath::toString).sorted().toList());
            below = new HashSet<>(Set.of(daemon.addText("level-" + level, text.getBytes(UTF_8), below)));
        }
        return below.iterator().next();
    }

    private StorePath tree(Daemon daemon, String name) throws IOException, CairnException {
        Path tree = Files.createDirectory(folder.resolve(name));
        Files.createDirectory(tree.resolve("bin"));
        for (int i = 0; i < FILES; i++) {
            byte[] contents = new byte[random.nextInt(LARGEST)];
            random.nextBytes(contents);
            Files.write(tree.resolve(i % 2 == 0 ? "file-" + i : "bin/file-" + i), contents);
        }
        Files.createSymbolicLink(tree.resolve("link"), Path.of("bin"));
        StorePath item = daemon.addTree(name, tree, true, HashAlgorithm.SHA256);
        FileTrees.delete(tree);
        return item;
    }
}
