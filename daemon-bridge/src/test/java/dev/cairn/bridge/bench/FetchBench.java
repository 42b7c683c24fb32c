// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.bench;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.Client;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.http.Proxies;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.signature.NixPublicKey;
import dev.cairn.store.LocalStore;
import dev.cairn.testing.SharedData;
import dev.cairn.trust.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Fetches from a binary cache on this machine by {@code cairn build} and by Nix's programs, in turn, each time into an
 * empty store, and prints how long that took by the clock, what it had of the processors, and the most memory that
 * Cairn held. What one run fetched is deleted at the very end: just after, the memory and the inodes that it had are
 * got more quickly (a virtual machine returns freed memory to its host after a while) or more slowly (ext4 does not use
 * inodes again at once) than usual, and how so depends on whose turn it is. Arguments: the number of rounds, and which
 * of {@code closure}, {@code sharing} (the same, where Nix has equal files share their octets as Guix's daemons and
 * Cairn do), {@code warm} (the same by a Cairn that runs already), {@code delayed} and {@code single}; none for three rounds of all. The environment variable {@code
 * CAIRN_LAUNCHER} may name another launcher.
 */
final class FetchBench {
    private static final int ROUNDS = 3;
    private static final int WARMING = 2;

    private final Path folder;
    private final BenchCache cache;
    private final String launcher;

    /** What one run needed. @param memory in KiB, of the largest process */
    private record Cost(double wall, double processors, long memory) {}

    /** A way to fetch. */
    private interface Way {
        Cost run(Path root) throws IOException, InterruptedException;
    }

    private FetchBench(Path folder, BenchCache cache) {
        this.folder = folder;
        this.cache = cache;
        this.launcher = System.getenv()
                .getOrDefault("CAIRN_LAUNCHER", SharedData.repository().resolve("cairn").toString());
    }

    static void main(List<String> arguments) throws Exception {
        List<String> tasks = new ArrayList<>(arguments);
        int rounds = !tasks.isEmpty() && tasks.getFirst().matches("[0-9]+")
                ? Integer.parseInt(tasks.removeFirst())
                : ROUNDS;
        Path folder = Files.createTempDirectory("cairn-fetch-bench");
        try {
            for (String task : tasks.isEmpty() ? List.of("closure", "sharing", "warm", "delayed", "single") : tasks) {
                Path served = Files.createDirectory(folder.resolve(task));
                Duration latency = task.equals("delayed") ? Duration.ofMillis(50) : Duration.ZERO;
                try (BenchCache cache = task.equals("single")
                        ? BenchCache.ofOneItem(served)
                        : BenchCache.ofClosure(served, latency)) {
                    new FetchBench(folder, cache).run(task, rounds);
                }
                FileTrees.delete(served);
            }
        } finally {
            FileTrees.delete(folder);
        }
    }

    private void run(String task, int rounds) throws Exception {
        List<Cost> cairn = new ArrayList<>();
        List<Cost> other = new ArrayList<>();
        boolean warm = task.equals("warm");
        for (int round = 0; warm && round < WARMING; round++) {
            in("warming", this::here);
        }
        for (int round = 0; round < rounds; round++) {
            cairn.add(in("cairn", warm ? this::here : this::cairn));
            other.add(in("other", other(task)));
        }
        double wall = median(cairn, 0) / median(other, 0);
        double processors = median(cairn, 1) / median(other, 1);
        System.out.printf(
                "%-8s by the clock %.2f s and %.2f s: %.2f   of processors %.2f s and %.2f s: %.2f   Cairn's memory %d MiB%n",
                task,
                median(cairn, 0),
                median(other, 0),
                wall,
                median(cairn, 1),
                median(other, 1),
                processors,
                cairn.stream().mapToLong(Cost::memory).max().orElse(0) / 1024);
    }

    private static double median(List<Cost> costs, int which) {
        double[] sorted = costs.stream()
                .mapToDouble(cost -> which == 0 ? cost.wall() : cost.processors())
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private Cost in(String name, Way way) throws IOException, InterruptedException {
        Path root = Files.createTempDirectory(folder, name);
        new ProcessBuilder("sync").start().waitFor();
        Cost cost = way.run(root);
        System.out.printf("         %-6s %.2f s, %.2f s of processors%n", name, cost.wall(), cost.processors());
        return cost;
    }

    /** In this process, as the window does it. What the server has of the processors is counted with it. */
    private Cost here(Path root) throws IOException {
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, root);
        StoreSettings settings = StoreSettings.DEFAULT.change()
                .substituteUrls(List.of(cache.url()))
                .build();
        long start = System.nanoTime();
        Duration used = ownProcessors();
        try {
            new KeyFiles(layout.configuration()).authorise(NixPublicKey.parse(cache.publicKey()));
            try (Daemon daemon = LocalStore.open(layout, Proxies.NONE, settings, Client.SELF)) {
                daemon.ensure(List.of(cache.top()), BuildOptions.DEFAULT, EventSink.NONE);
            }
        } catch (CairnException e) {
            throw new IllegalStateException(e);
        }
        double wall = (System.nanoTime() - start) / 1e9;
        return new Cost(wall, ownProcessors().minus(used).toMillis() / 1e3, 0);
    }

    private static Duration ownProcessors() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private Cost cairn(Path root) throws IOException, InterruptedException {
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, root);
        try {
            new KeyFiles(layout.configuration()).authorise(NixPublicKey.parse(cache.publicKey()));
        } catch (CairnException e) {
            throw new IllegalStateException(e);
        }
        return timed(
                Map.of("CAIRN_STORE_ROOT", root.toString(), "CAIRN_SKIP_BUILD", "1", "HOME", root.toString()),
                launcher, "build", cache.top().toString(), "--substitute-urls=" + cache.url());
    }

    private Way other(String task) {
        return switch (task) {
            case "single" -> this::shell;
            case "sharing" -> root -> nix(root, true);
            default -> root -> nix(root, false);
        };
    }

    private Cost nix(Path root, boolean shares) throws IOException, InterruptedException {
        return timed(
                Map.of(
                        "NIX_STORE_DIR", StoreDirectory.GNU.path(),
                        "NIX_STATE_DIR", "/nix/var/nix",
                        "HOME", root.toString()),
                "nix", "--extra-experimental-features", "nix-command", "copy", "--from", cache.url(),
                cache.top().toString(), "--store", "local?root=" + root,
                "--option", "trusted-public-keys", cache.publicKey(), "--option", "narinfo-cache-positive-ttl", "0",
                "--option", "auto-optimise-store", Boolean.toString(shares));
    }

    private Cost shell(Path root) throws IOException, InterruptedException {
        String pipeline = "curl -s '" + cache.narUrl() + "' | unzstd -c | nix-store --restore '"
                + root.resolve("restored") + "'";
        return timed(Map.of("HOME", root.toString()), "sh", "-c", pipeline);
    }

    private Cost timed(Map<String, String> variables, String... command) throws IOException, InterruptedException {
        Path report = folder.resolve("time");
        List<String> all = new ArrayList<>(List.of("/usr/bin/time", "-o", report.toString(), "-f", "%e %U %S %M"));
        all.addAll(Arrays.asList(command));
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(variables);
        int status = builder.start().waitFor();
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + Files.readString(log));
        }
        String[] parts = Files.readString(report).strip().split(" ");
        return new Cost(
                Double.parseDouble(parts[0]),
                Double.parseDouble(parts[1]) + Double.parseDouble(parts[2]),
                Long.parseLong(parts[3]));
    }
}
