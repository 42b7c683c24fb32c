// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.StoreGraph;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/** Removes garbage in an order that keeps the store sound at every step: referrers first; stops at a limit. */
final class Deletion {
    private static final long MEBI = 1024 * 1024;
    private static final int NAMES_THAT_DEDUPLICATION_GIVES = 2;

    private final StoreLayout layout;
    private final Survey survey;
    private final Remover remover;
    private final Activities.Activity activity;
    private final OptionalLong limit;
    private final OptionalLong total;
    private final Edges referrers;
    private final BitSet visited;
    private final List<String> removed = new ArrayList<>();

    /** Octets by the measure of the limit (formats, section 9.5), which is not what is reported in the end. */
    private long counted;

    Deletion(
            StoreLayout layout, Survey survey, Remover remover, Activities.Activity activity, OptionalLong limit) {
        this.layout = layout;
        this.survey = survey;
        this.remover = remover;
        this.activity = activity;
        this.limit = limit;
        StoreGraph graph = survey.graph();
        this.referrers = Edges.reverse(graph.paths().size(), graph.offsets(), graph.targets());
        this.visited = new BitSet(graph.paths().size());
        long dead = survey.items(false).stream().mapToLong(item -> graph.narSizes()[item]).sum();
        this.total = OptionalLong.of(limit.isPresent() ? Math.min(limit.getAsLong(), dead) : dead);
    }

    /** Full logical names of what was removed, sorted. */
    List<String> removed() {
        Collections.sort(removed);
        return removed;
    }

    /** Removes everything that is dead, or enough of it. */
    void everything() throws DaemonException, IOException {
        for (Path stray : survey.strays()) {
            if (isEnough()) {
                return;
            }
            stray(stray);
        }
        List<Integer> dead = survey.items(false);
        // Shuffled, so that a limit does not always hit the same items; each time alike, so that a preview holds.
        Collections.shuffle(dead, new Random(dead.hashCode()));
        for (int item : dead) {
            if (isEnough()) {
                return;
            }
            item(item);
        }
    }

    /** Removes an entry of the store directory that is no item. */
    void stray(Path entry) throws DaemonException, IOException {
        Interrupts.check();
        long size = weight(entry, 0);
        tell(layout.storeDirectory().path() + "/" + entry.getFileName());
        if (remover.stray(entry)) {
            removed.add(layout.storeDirectory().path() + "/" + entry.getFileName());
            count(size);
        }
    }

    /** Removes a dead item after everything that refers to it, which is dead as well. */
    void item(int start) throws DaemonException, IOException {
        Deque<int[]> stack = new ArrayDeque<>();
        if (!visited.get(start)) {
            visited.set(start);
            stack.push(new int[] {start, referrers.start(start)});
        }
        while (!stack.isEmpty() && !isEnough()) {
            int[] top = stack.peek();
            if (top[1] < referrers.end(top[0])) {
                int referrer = referrers.targets()[top[1]++];
                if (!visited.get(referrer)) {
                    visited.set(referrer);
                    stack.push(new int[] {referrer, referrers.start(referrer)});
                }
            } else {
                stack.pop();
                remove(top[0]);
            }
        }
    }

    private void remove(int item) throws DaemonException, IOException {
        Interrupts.check();
        StorePath path = survey.graph().paths().get(item);
        long size = weight(layout.physical(path), survey.graph().narSizes()[item]);
        tell(path.toString());
        if (remover.item(path)) {
            removed.add(path.toString());
            count(size);
        }
    }

    /** In guix-daemon's words. */
    private void tell(String path) {
        String soFar = limit.isPresent()
                ? Math.min(100, counted * 100 / Math.max(1, limit.getAsLong())) + "%"
                : counted / MEBI + " MiB";
        activity.message(Event.Verbosity.INFO, "[" + soFar + "] deleting '" + path + "'");
    }

    private long weight(Path path, long narSize) throws IOException {
        try {
            FileNode node = FileNode.read(path);
            if (node.isDirectory()) {
                return narSize > 0 ? narSize : FileTrees.size(path);
            }
            return node.names() <= NAMES_THAT_DEDUPLICATION_GIVES ? node.size() : 0;
        } catch (NoSuchFileException _) {
            return 0;
        }
    }

    private void count(long size) {
        counted += size;
        activity.progress(counted, total);
        if (isEnough()) {
            activity.message(
                    Event.Verbosity.INFO,
                    "deleted or invalidated more than " + limit.getAsLong() + " bytes; stopping");
        }
    }

    private boolean isEnough() {
        return limit.isPresent() && counted > limit.getAsLong();
    }
}
