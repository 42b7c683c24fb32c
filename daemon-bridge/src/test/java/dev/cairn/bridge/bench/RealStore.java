// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.bench;

import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.StoreGraph;
import dev.cairn.error.FormatException;
import dev.cairn.event.EventSink;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Stores that have the database of a real daemon: 46,267 items with 1,330,510 references. The items' files are all
 * empty; each four hundredth item is a root.
 */
final class RealStore {
    private static final int ITEMS_FOR_EACH_ROOT = 400;
    private static final int CLOSURE = 20_000;

    private RealStore() {}

    static List<Task> tasks() {
        return List.of(new Closure(), new Listing("live", CollectionRequest.listLive()),
                new Listing("dead", CollectionRequest.listDead()));
    }

    /** Makes Cairn's, before its daemon is started. */
    static void makeCairns(Path root) throws IOException {
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, root);
        Files.createDirectories(layout.database());
        Files.copy(SharedData.unpacked("data/guix-db.sqlite.zst"), layout.database().resolve("db.sqlite"));
    }

    /** Fills Nix's, whose daemon is running. */
    static void fillNixs(Peer nix) throws Exception {
        try (Daemon daemon = nix.open()) {
            // So that there is a database.
            daemon.allPaths();
        }
        String theirs = SharedData.unpacked("data/guix-db.sqlite.zst").toString();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + nix.layout().database().resolve("db.sqlite"));
                Statement statement = connection.createStatement()) {
            statement.execute("attach '" + theirs + "' as theirs");
            for (String sql : List.of(
                    """
                    insert into ValidPaths (id, path, hash, registrationTime, deriver, narSize)
                    select id, '/nix' || substr(path, 5), hash, registrationTime,
                        case when deriver = '' then null else '/nix' || substr(deriver, 5) end, narSize
                    from theirs.ValidPaths""",
                    "insert into Refs select referrer, reference from theirs.Refs",
                    "insert into DerivationOutputs select drv, id, '/nix' || substr(path, 5) from theirs.DerivationOutputs")) {
                statement.execute("begin");
                statement.execute(sql);
                statement.execute("commit");
            }
        }
    }

    /** Makes files and roots. */
    static void furnish(Peer peer) throws Exception {
        List<StorePath> paths;
        try (Daemon daemon = peer.open()) {
            paths = List.copyOf(daemon.allPaths());
        }
        Files.createDirectories(peer.layout().gcRoots());
        for (int i = 0; i < paths.size(); i++) {
            Files.createFile(peer.layout().physical(paths.get(i)));
            if (i % ITEMS_FOR_EACH_ROOT == 0) {
                Files.createSymbolicLink(
                        peer.layout().gcRoots().resolve(paths.get(i).baseName()),
                        Path.of(paths.get(i).toString()));
            }
        }
    }

    /** Items whose closure together is just as large as wanted. */
    private static List<StorePath> start(Daemon daemon) throws DaemonException {
        StoreGraph graph = daemon.graph();
        BitSet closure = new BitSet();
        TreeSet<StorePath> start = new TreeSet<>();
        for (int i = 0; closure.cardinality() < CLOSURE; i++) {
            if (!closure.get(i)) {
                start.add(graph.paths().get(i));
                spread(graph, i, closure);
            }
        }
        return List.copyOf(start);
    }

    private static void spread(StoreGraph graph, int from, BitSet closure) {
        Deque<Integer> open = new ArrayDeque<>(List.of(from));
        closure.set(from);
        while (!open.isEmpty()) {
            int item = open.pop();
            for (int k = graph.offsets()[item]; k < graph.offsets()[item + 1]; k++) {
                int target = graph.targets()[k];
                if (!closure.get(target)) {
                    closure.set(target);
                    open.push(target);
                }
            }
        }
    }

    private static final class Closure implements Task {
        private List<String> names = List.of();

        @Override
        public String name() {
            return "closure";
        }

        @Override
        public double aim() {
            return 0.2;
        }

        @Override
        public void prepare(Peer peer, Daemon daemon, int round) throws DaemonException {
            if (names.isEmpty()) {
                names = start(daemon).stream().map(StorePath::baseName).toList();
            }
        }

        @Override
        public Object run(Peer peer, Daemon daemon, int round) throws DaemonException, FormatException {
            TreeSet<StorePath> start = new TreeSet<>();
            for (String name : names) {
                start.add(daemon.storeDirectory().item(name));
            }
            List<PathInfo> closure = daemon.requisites(start);
            return closure.stream().map(info -> info.path().baseName()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private record Listing(String what, CollectionRequest request) implements Task {
        @Override
        public String name() {
            return "list-" + what;
        }

        @Override
        public double aim() {
            return 0.02;
        }

        @Override
        public boolean once() {
            return true;
        }

        @Override
        public Object run(Peer peer, Daemon daemon, int round) throws DaemonException {
            return daemon.collectGarbage(request, EventSink.NONE).paths().stream()
                    .map(path -> path.substring(path.lastIndexOf('/') + 1))
                    .filter(name -> !name.startsWith("."))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
