// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DerivationItems;
import dev.cairn.derivation.Derivation;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.path.StorePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What realising targets will take, going by what the store has now. */
public final class Needs {
    /** Builders that fetch, unpack or link what others have built. */
    private static final Set<String> PREPARING = Set.of(
            "builtin:download",
            "builtin:git-download",
            "builtin:debian-contents",
            "builtin:debian-package",
            "builtin:debian-overlay");

    private static final Set<String> DOWNLOADING = Set.of("builtin:download", "builtin:git-download");

    private final Daemon daemon;
    private final SortedSet<StorePath> present = new TreeSet<>();
    private final Set<StorePath> seen = new HashSet<>();

    /** In the order in which the walk is through with them: inputs first. */
    private final List<StorePath> toBuild = new ArrayList<>();

    private final List<StorePath> prepared = new ArrayList<>();

    private final SortedSet<StorePath> offered;

    /** Derivations that download, or of which nothing is known before they are fetched. */
    private final SortedSet<StorePath> downloading = new TreeSet<>();

    private Needs(Daemon daemon, SortedSet<StorePath> offered) {
        this.daemon = daemon;
        this.offered = offered;
    }

    /**
     * Looks through the derivations of what is missing; inputs of what is there already, or is offered by servers, are
     * not looked at.
     *
     * @param events is told what is wrong with servers
     */
    public static Needs of(Daemon daemon, Collection<BuildTarget> targets, EventSink events) throws CairnException {
        Needs needs = new Needs(daemon, OfferedOutputs.of(daemon, targets, events));
        for (BuildTarget target : targets) {
            needs.walk(target);
        }
        return needs;
    }

    /** Items that are needed and in the store. */
    public List<StorePath> present() {
        return List.copyOf(present);
    }

    /** Derivations that will be built, inputs first. */
    public List<StorePath> toBuild() {
        return List.copyOf(toBuild);
    }

    /** Derivations that only fetch, unpack or link what others have built, inputs first. */
    public List<StorePath> prepared() {
        return List.copyOf(prepared);
    }

    /** Outputs that will be fetched rather than built; what these refer to comes with them. */
    public List<StorePath> offered() {
        return List.copyOf(offered);
    }

    /**
     * Octets that builders will download, without what is fetched from servers; empty where they are not known.
     *
     * @param fileSizes what derivations download, as far as it is known
     */
    OptionalLong downloadSize(Map<StorePath, Long> fileSizes) {
        return fileSizes.keySet().containsAll(downloading)
                ? OptionalLong.of(downloading.stream().mapToLong(fileSizes::get).sum())
                : OptionalLong.empty();
    }

    /** A derivation to build, and those of its inputs that were not looked at yet. */
    private record Visit(StorePath path, String builder, Iterator<Map.Entry<StorePath, SortedSet<String>>> inputs) {}

    /** Depth first with a stack of its own, because chains of derivations can be longer than a thread's stack. */
    private void walk(BuildTarget start) throws CairnException {
        Deque<Visit> stack = new ArrayDeque<>();
        enter(start).ifPresent(stack::push);
        while (!stack.isEmpty()) {
            Visit visit = stack.peek();
            if (visit.inputs().hasNext()) {
                Map.Entry<StorePath, SortedSet<String>> input = visit.inputs().next();
                enter(new BuildTarget(input.getKey(), input.getValue())).ifPresent(stack::push);
            } else {
                stack.pop();
                (PREPARING.contains(visit.builder()) ? prepared : toBuild).add(visit.path());
            }
        }
    }

    /** Notes what is there; gives the visit if the derivation must be built and is met for the first time. */
    private Optional<Visit> enter(BuildTarget target) throws CairnException {
        StorePath path = target.derivation();
        if (!daemon.isValid(path)) {
            // It is to be fetched itself, and what it needs is not known before.
            if (seen.add(path)) {
                toBuild.add(path);
                downloading.add(path);
            }
            return Optional.empty();
        }
        Set<StorePath> items =
                new HashSet<>(target.of(daemon.derivationOutputs(path)).values());
        SortedSet<StorePath> valid = daemon.valid(items);
        present.addAll(valid);
        items.removeAll(valid);
        items.removeAll(offered);
        if (items.isEmpty() || !seen.add(path)) {
            return Optional.empty();
        }
        Derivation derivation = DerivationItems.read(daemon, path);
        if (DOWNLOADING.contains(derivation.builder())) {
            downloading.add(path);
        }
        return Optional.of(new Visit(
                path, derivation.builder(), derivation.inputDerivations().entrySet().iterator()));
    }
}
