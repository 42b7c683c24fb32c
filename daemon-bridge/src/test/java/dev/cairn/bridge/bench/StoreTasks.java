// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.bench;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.DerivationItems;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.TextItem;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is done to stores that are empty at first. */
final class StoreTasks {
    private static final int TEXTS = 10_000;
    private static final int BUILDS = 500;

    private StoreTasks() {}

    /** @param folder where what is to be added is made */
    static List<Task> all(Path folder) throws Exception {
        Path shell = Workloads.shell(folder);
        Trees trees = new Trees(folder, new HashMap<>());
        return List.of(new AddTree(trees), new Export(trees, new HashMap<>()), new AddTexts(), new Builds(shell));
    }

    /** A tree for each round, so that no round finds files that it can share, and none has to delete what it made. */
    private record Trees(Path folder, Map<Integer, Path> made) {
        Path of(int round) throws IOException {
            Path tree = made.get(round);
            if (tree == null) {
                tree = Workloads.tree(folder.resolve("tree-" + round), round);
                made.put(round, tree);
            }
            return tree;
        }
    }

    private static StorePath add(Daemon daemon, Path tree) throws DaemonException {
        return daemon.addTree("tree", tree, true, HashAlgorithm.SHA256);
    }

    private record AddTree(Trees trees) implements Task {
        @Override
        public String name() {
            return "add-tree";
        }

        @Override
        public double aim() {
            return 0.8;
        }

        @Override
        public void prepare(Peer peer, Daemon daemon, int round) throws IOException {
            trees.of(round);
        }

        @Override
        public Object run(Peer peer, Daemon daemon, int round) throws DaemonException, IOException {
            PathInfo info = daemon.pathInfo(add(daemon, trees.of(round))).orElseThrow();
            return info.narHash() + " " + info.narSize();
        }
    }

    private record Export(Trees trees, Map<String, StorePath> items) implements Task {
        @Override
        public String name() {
            return "export";
        }

        @Override
        public double aim() {
            return 0.8;
        }

        @Override
        public void prepare(Peer peer, Daemon daemon, int round) throws DaemonException, IOException {
            items.put(peer.name(), add(daemon, trees.of(0)));
        }

        @Override
        public Object run(Peer peer, Daemon daemon, int round) throws DaemonException {
            Counting out = new Counting();
            daemon.exportItem(items.get(peer.name()), false, out);
            return out.count;
        }
    }

    private static final class Counting extends OutputStream {
        private long count;

        @Override
        public void write(int octet) {
            count++;
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            count += length;
        }
    }

    private record AddTexts() implements Task {
        @Override
        public String name() {
            return "add-texts";
        }

        @Override
        public double aim() {
            return 0.7;
        }

        @Override
        public Object run(Peer peer, Daemon daemon, int round) throws DaemonException {
            int octets = 0;
            for (int i = 0; i < TEXTS; i++) {
                byte[] text = ("text " + i + " of round " + round + "\n").getBytes(StandardCharsets.UTF_8);
                octets += daemon.addText("text-" + i, text, Set.of()).baseName().length();
            }
            return octets;
        }
    }

    private static final class Builds implements Task {
        private final Path shell;
        private final Map<String, List<BuildTarget>> targets = new HashMap<>();

        Builds(Path shell) {
            this.shell = shell;
        }

        @Override
        public String name() {
            return "builds";
        }

        @Override
        public double aim() {
            return 0.8;
        }

        @Override
        public void prepare(Peer peer, Daemon daemon, int round) throws Exception {
            StorePath program = daemon.addTree("shell", shell, true, HashAlgorithm.SHA256);
            DerivationHasher<CairnException> hasher =
                    new DerivationHasher<>(daemon.storeDirectory(), path -> DerivationItems.read(daemon, path));
            List<TextItem> derivations = new ArrayList<>();
            for (int i = 0; i < BUILDS; i++) {
                NamedDerivation trivial = new DerivationBuilder(
                                "trivial-" + i, "x86_64-linux", program + "/bin/sh")
                        .source(program)
                        .argument("-c")
                        .argument("echo $number > $out")
                        .variable("number", i + " of round " + round)
                        .build(hasher);
                derivations.add(new TextItem(
                        trivial.name() + NamedDerivation.SUFFIX,
                        trivial.text(),
                        trivial.derivation().references()));
            }
            targets.put(peer.name(), daemon.addTexts(derivations).stream().map(BuildTarget::all).toList());
        }

        @Override
        public Object run(Peer peer, Daemon daemon, int round) throws DaemonException {
            List<BuildTarget> wanted = targets.getOrDefault(peer.name(), List.of());
            daemon.build(wanted, BuildOptions.DEFAULT.change().maxJobs(2).build(), EventSink.NONE);
            int built = 0;
            for (BuildTarget target : wanted) {
                built += daemon.valid(daemon.derivationOutputs(target.derivation()).values()).size();
            }
            return built;
        }
    }
}
