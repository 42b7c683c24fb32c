// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.bench;

import dev.cairn.daemon.Daemon;
import dev.cairn.fs.FileTrees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks Cairn's daemon and Nix's for the same, one after the other in each round, through the same client, and prints
 * how their times compare: by the clock, and by what the daemons (not the client) had of the processors, which other
 * work on the machine changes less. Nothing is deleted before the end, as what is free again, memory or inodes, serves
 * the next one faster or slower. Arguments: none, or the name of this class, the number of rounds and the names of
 * tasks; without names, all.
 */
public final class PeerBench {
    private static final int ROUNDS = 3;

    private final Set<String> wanted;
    private final int rounds;
    private final Map<String, Long> memory = new HashMap<>();

    /** What one daemon needed for one task in one round. */
    private record Cost(Duration wall, Duration processors, Object result) {}

    private PeerBench(int rounds, Set<String> wanted) {
        this.rounds = rounds;
        this.wanted = wanted;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> names = new ArrayList<>(Arrays.asList(arguments));
        if (!names.isEmpty() && FetchBench.class.getSimpleName().equals(names.getFirst())) {
            FetchBench.main(names.subList(1, names.size()));
            return;
        }
        if (!names.isEmpty() && !PeerBench.class.getSimpleName().equals(names.removeFirst())) {
            // One of another module's was asked for.
            return;
        }
        int rounds = !names.isEmpty() && names.getFirst().matches("[0-9]+")
                ? Integer.parseInt(names.removeFirst())
                : ROUNDS;
        Path folder = Files.createTempDirectory("cairn-peers");
        try {
            new PeerBench(rounds, Set.copyOf(names)).run(folder);
        } finally {
            FileTrees.delete(folder);
        }
    }

    private void run(Path folder) throws Exception {
        System.out.printf(
                "%-12s %27s %27s %15s %5s   peak memory%n",
                "task", "by the clock: Cairn, Nix", "of processors: Cairn, Nix", "ratios", "aim");
        if (isWanted(List.of("add-tree", "export", "add-texts", "builds"))) {
            try (Peer cairn = Peer.cairn(folder);
                    Peer nix = Peer.nix(folder)) {
                run(StoreTasks.all(folder), cairn, nix);
            }
        }
        if (isWanted(List.of("closure", "list-live", "list-dead"))) {
            Path real = Files.createDirectories(folder.resolve("real"));
            RealStore.makeCairns(real.resolve("cairn-root"));
            try (Peer cairn = Peer.cairn(real);
                    Peer nix = Peer.nix(real)) {
                RealStore.fillNixs(nix);
                RealStore.furnish(cairn);
                RealStore.furnish(nix);
                run(RealStore.tasks(), cairn, nix);
            }
        }
        memory.forEach((name, most) -> System.out.printf("%s's daemon: at most %d MiB%n", name, most / 1024));
    }

    private boolean isWanted(List<String> names) {
        return wanted.isEmpty() || names.stream().anyMatch(wanted::contains);
    }

    private void run(List<Task> tasks, Peer cairn, Peer nix) throws Exception {
        for (Task task : tasks) {
            if (!wanted.isEmpty() && !wanted.contains(task.name())) {
                continue;
            }
            List<Cost> ours = new ArrayList<>();
            List<Cost> theirs = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                ours.add(run(task, cairn, round));
                if (round == 0 || !task.once()) {
                    theirs.add(run(task, nix, round));
                }
                if (!ours.getLast().result().equals(theirs.getLast().result())) {
                    throw new IllegalStateException(task.name() + ": the results differ: " + ours.getLast().result()
                            + ", " + theirs.getLast().result());
                }
            }
            print(task, ours, theirs);
        }
    }

    private Cost run(Task task, Peer peer, int round) throws Exception {
        try (Daemon daemon = peer.open()) {
            task.prepare(peer, daemon, round);
            // What one left to be written is not the other's burden.
            new ProcessBuilder("sync").start().waitFor();
            Duration before = peer.processorTime();
            long start = System.nanoTime();
            Object result = task.run(peer, daemon, round);
            Duration wall = Duration.ofNanos(System.nanoTime() - start);
            Duration processors = peer.processorTime().minus(before);
            memory.merge(peer.name(), peer.peakMemory(), Math::max);
            return new Cost(wall, processors, result);
        }
    }

    private void print(Task task, List<Cost> ours, List<Cost> theirs) {
        double ourWall = median(ours.stream().map(Cost::wall).toList());
        double theirWall = median(theirs.stream().map(Cost::wall).toList());
        double ourTime = median(ours.stream().map(Cost::processors).toList());
        double theirTime = median(theirs.stream().map(Cost::processors).toList());
        System.out.printf(
                "%-12s %11.2f s %11.2f s %11.2f s %11.2f s %7.3f %7.3f %5.2f   %s%n",
                task.name(), ourWall, theirWall, ourTime, theirTime, ourWall / theirWall, ourTime / theirTime,
                task.aim(), memory);
        if (System.getenv("CAIRN_BENCH_DETAILS") != null) {
            System.out.println("  Cairn " + all(ours));
            System.out.println("  Nix   " + all(theirs));
        }
    }

    private static String all(List<Cost> costs) {
        return costs.stream()
                .map(cost -> "%.2f/%.2f".formatted(seconds(cost.wall()), seconds(cost.processors())))
                .toList()
                .toString();
    }

    private static double median(List<Duration> times) {
        List<Duration> sorted = times.stream().sorted().toList();
        return seconds(sorted.get(sorted.size() / 2));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
