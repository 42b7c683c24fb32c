// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.fault;

import dev.cairn.archive.ArchiveWriter;
import dev.cairn.archive.ItemDescription;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.layout.StoreLayout;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.StorePath;
import dev.cairn.signature.SecretKey;
import dev.cairn.trust.KeyFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Several clients of a daemon at once, each going on until the daemon goes away: some add texts and trees, some build,
 * some import, one collects. Of what they made they keep a part alive by roots, and remember it.
 */
final class MixedLoad {
    /** What a client does once. */
    @FunctionalInterface
    private interface Step {
        void run(Daemon daemon, String name) throws CairnException, IOException;
    }

    private final DaemonProcess process;
    private final StoreLayout layout;
    private final SecretKey key;
    private final String label;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<Integer>> clients = new ArrayList<>();
    private final Collection<StorePath> kept = new ConcurrentLinkedQueue<>();
    private final AtomicInteger steps = new AtomicInteger();

    /** @param label makes the names of this load different from those of others */
    MixedLoad(DaemonProcess process, StoreLayout layout, String label)
            throws CairnException, IOException {
        this.process = process;
        this.layout = layout;
        this.key = new KeyFiles(layout.configuration()).signingKey();
        this.label = label;
    }

    /** What has roots since the daemon said that it was valid, and that it still was when the root was there. */
    Collection<StorePath> kept() {
        return kept;
    }

    int steps() {
        return steps.get();
    }

    /** Begins the work. */
    void start() {
        start("texts", this::addTexts);
        start("trees", this::addTree);
        start("builds", this::build);
        start("more-builds", this::build);
        start("imports", this::importItem);
        start("collections", (daemon, _) -> {
            daemon.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
            daemon.optimise(EventSink.NONE);
        });
    }

    private void start(String client, Step step) {
        clients.add(threads.submit(client(client, step)));
    }

    /** Waits until clients have done something so often, or have all given up. */
    void awaitSteps(int number) throws InterruptedException {
        while (steps.get() < number && !clients.stream().allMatch(Future::isDone)) {
            Thread.sleep(5);
        }
    }

    /** Waits until all clients have lost their daemon, which is the only failure they may meet. */
    void finish() throws InterruptedException, ExecutionException {
        threads.shutdown();
        for (Future<Integer> client : clients) {
            client.get();
        }
    }

    private Callable<Integer> client(String client, Step step) {
        return () -> {
            int number = 0;
            try (Daemon daemon = process.connect()) {
                while (true) {
                    step.run(daemon, client + "-" + label + "-" + number++);
                    steps.incrementAndGet();
                }
            } catch (DaemonException.Unavailable _) {
                return number;
            }
        };
    }

    private void keep(Daemon daemon, StorePath item) throws DaemonException, IOException {
        Files.createSymbolicLink(layout.gcRoots().resolve(item.name()), Path.of(item.toString()));
        if (daemon.isValid(item)) {
            kept.add(item);
        }
    }

    private void addTexts(Daemon daemon, String name) throws CairnException, IOException {
        StorePath first = daemon.addText(name + "-first", octets(name), List.of());
        StorePath second = daemon.addText(name + "-second", octets("see " + first), List.of(first));
        if (name.hashCode() % 4 == 0) {
            keep(daemon, second);
        }
    }

    private void addTree(Daemon daemon, String name) throws CairnException, IOException {
        StorePath tree = daemon.addNar(name, new ByteArrayInputStream(nar(name)), true, HashAlgorithm.SHA256);
        if (name.hashCode() % 4 == 0) {
            keep(daemon, tree);
        }
    }

    private void build(Daemon daemon, String name) throws CairnException, IOException {
        DerivationHasher<DaemonException> hasher = new DerivationHasher<>(layout.storeDirectory(), _ -> {
            throw new AssertionError("there are no inputs");
        });
        String script = "mkdir $out; echo " + name + " > $out/name; echo " + name + "; "
                + (name.hashCode() % 3 == 0 ? "sleep 0.1; " : "") + "echo x > scratch; ln -s $out $out/self";
        NamedDerivation derivation = new DerivationBuilder(name, "x86_64-linux", "/bin/sh")
                .argument("-c")
                .argument(script)
                .variable("hostTools", "1")
                .variable("PATH", "/usr/bin:/bin")
                .build(hasher);
        daemon.addText(derivation.name() + ".drv", derivation.text(), List.of());
        daemon.build(List.of(BuildTarget.all(derivation.path())), BuildOptions.DEFAULT, EventSink.NONE);
        if (name.hashCode() % 2 == 0) {
            keep(daemon, derivation.output("out"));
        }
    }

    private void importItem(Daemon daemon, String name) throws CairnException, IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        ArchiveWriter writer = new ArchiveWriter(archive);
        writer.beginItem();
        try (ArchiveWriter.Item item = new ArchiveWriter.Item(archive)) {
            item.contents().write(nar(name));
            String hash = Hash.sha256(octets(name)).base32().substring(0, StorePath.HASH_LENGTH);
            Hash signed = item.describe(new ItemDescription(
                    layout.storeDirectory().item(hash + "-" + name), new TreeSet<>(), Optional.empty()));
            item.sign(Optional.of(key.sign(signed).octets()));
        }
        writer.end();
        StorePath imported = daemon.importItems(new ByteArrayInputStream(archive.toByteArray()), EventSink.NONE)
                .getFirst();
        if (name.hashCode() % 4 == 0) {
            keep(daemon, imported);
        }
    }

    /** A tree with a file that all have, one that only some have, and one of its own. */
    private static byte[] nar(String name) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NarWriter writer = new NarWriter(out);
        writer.directoryStart();
        writer.entry("common");
        writer.regular(false, new byte[20_000]);
        writer.entry("folder");
        writer.directoryStart();
        writer.entry("some");
        writer.regular(true, new byte[9000 + name.length()]);
        writer.directoryEnd();
        writer.entry("own");
        writer.regular(false, octets(name));
        writer.directoryEnd();
        writer.finish();
        return out.toByteArray();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
