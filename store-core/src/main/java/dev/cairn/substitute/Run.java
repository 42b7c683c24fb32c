// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.http.Fetcher;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Fetches some items and all that they refer to. Servers are asked level by level, in one batch each, while what is
 * known already is downloaded and unpacked, several items side by side; an item becomes valid when all that it refers
 * to is. Used by the requesting thread alone; work is done on threads of its own.
 */
final class Run {
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final SubstituteStore store;
    private final Offers offers;
    private final FetchTerms terms;
    private final EventSink events;
    private final Workers workers;
    private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
    private final Map<StorePath, Item> items = new LinkedHashMap<>();
    private final Slots slots = new Slots();
    private final PriorityQueue<Item> ready =
            new PriorityQueue<>(Comparator.comparingInt(Item::depth).reversed().thenComparing(Item::path));
    private final List<Item> blocked = new ArrayList<>();
    private final Set<String> troubled = new HashSet<>();
    private List<Item> sought = new ArrayList<>();
    private boolean seeking;
    private long pause = FIRST_PAUSE_MILLIS;
    private Optional<Outcome> end = Optional.empty();

    /** Told of from the first item on that is to be had. */
    private Optional<Whole> whole = Optional.empty();

    /** What is told of all of it together. */
    private record Whole(Activities.Activity activity, Tally tally) {}

    /** @param staging where items are unpacked; closed by the caller, when this is over */
    Run(
            SubstituteStore store,
            Staging staging,
            Fetcher fetcher,
            Offers offers,
            FetchTerms terms,
            EventSink events) {
        this.store = store;
        this.offers = offers;
        this.terms = terms;
        this.events = events;
        this.workers = new Workers(store, staging, fetcher, terms, happenings);
    }

    /** @return what became of each of {@code wanted} */
    SortedMap<StorePath, Outcome> run(Collection<StorePath> wanted) throws DaemonException {
        wanted.forEach(path -> need(path, 0));
        try {
            go();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new DaemonException.Cancelled();
        } finally {
            workers.stop();
            items.values().forEach(this::release);
            whole.ifPresent(this::end);
        }
        SortedMap<StorePath, Outcome> outcomes = new TreeMap<>();
        for (StorePath path : wanted) {
            Item item = items.get(path);
            outcomes.put(
                    path,
                    item.state == Item.State.VALID
                            ? new Outcome.Valid()
                            : item.lost.or(() -> end).orElseThrow());
        }
        return outcomes;
    }

    private void end(Whole told) {
        told.tally().tell();
        if (items.values().stream().allMatch(item -> item.state == Item.State.VALID)) {
            told.activity().finish();
        } else {
            told.activity().cancel();
        }
    }

    private Whole whole(Item first) {
        if (whole.isEmpty()) {
            Activities.Activity activity = new Activities(events).start(Event.Kind.FETCH, first.path().toString());
            whole = Optional.of(new Whole(activity, new Tally(activity)));
        }
        return whole.get();
    }

    private void go() throws InterruptedException, DaemonException {
        seek();
        while (end.isEmpty() && (seeking || workers.areBusy() || !blocked.isEmpty())) {
            @Nullable Happening happening = blocked.isEmpty()
                    ? happenings.take()
                    : happenings.poll(pause, TimeUnit.MILLISECONDS);
            if (happening == null) {
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                ready.addAll(blocked);
                blocked.clear();
            } else {
                handle(happening);
            }
            seek();
            start();
        }
        if (end.isEmpty()) {
            for (Item item : items.values()) {
                if (!item.isOver()) {
                    // Whoever signed that knows no store, where nothing can refer to what is made after it.
                    lose(item, failed(item, "it refers to what refers to it"));
                }
            }
        }
    }

    private Item need(StorePath path, int depth) {
        Item known = items.get(path);
        if (known != null) {
            return known;
        }
        Item item = new Item(path, depth);
        items.put(path, item);
        sought.add(item);
        return item;
    }

    /** Asks for everything that was met since the last time. */
    private void seek() {
        if (!seeking && !sought.isEmpty()) {
            List<Item> batch = sought;
            sought = new ArrayList<>();
            seeking = true;
            workers.run("look up", () -> lookUp(batch));
        }
    }

    private Happening lookUp(List<Item> batch) throws DaemonException {
        List<StorePath> paths = batch.stream().map(Item::path).toList();
        store.addTemporaryRoots(paths);
        Set<StorePath> valid = terms.repair() ? Set.of() : store.valid(paths);
        List<StorePath> missing = paths.stream().filter(path -> !valid.contains(path)).toList();
        Map<StorePath, Offers.Found> found = missing.isEmpty() ? Map.of() : offers.find(missing, events);
        return new Happening.LookedUp(batch, valid, found);
    }

    private void handle(Happening happening) throws DaemonException {
        workers.reported();
        switch (happening) {
            case Happening.LookedUp(List<Item> batch, Set<StorePath> valid, Map<StorePath, Offers.Found> found) -> {
                seeking = false;
                for (Item item : batch) {
                    if (valid.contains(item.path())) {
                        validated(item);
                    } else {
                        lookedUp(item, Optional.ofNullable(found.get(item.path())));
                    }
                }
            }
            case Happening.LookedUpAgain(Item item, Offers.Found found, Optional<CandidateException> reason) ->
                lookedUpAgain(item, found, reason);
            case Happening.Blocked(Item item) -> {
                slots.leave(item);
                if (!item.isOver()) {
                    item.state = Item.State.READY;
                    blocked.add(item);
                }
            }
            case Happening.Fetched(Item item, Unpacked unpacked, PathInfo info) -> {
                slots.leave(item);
                pause = FIRST_PAUSE_MILLIS;
                item.unpacked = Optional.of(unpacked);
                item.info = Optional.of(info);
                if (item.isOver()) {
                    release(item);
                } else {
                    item.state = Item.State.UNPACKED;
                    settle(item);
                }
            }
            case Happening.Passed(Item item, CandidateException reason) -> {
                slots.leave(item);
                passed(item, reason);
            }
            case Happening.Settled(Item item) -> {
                slots.leave(item);
                pause = FIRST_PAUSE_MILLIS;
                item.telling.ifPresent(ItemTelling::succeeded);
                validated(item);
            }
            case Happening.Stopped(Optional<Item> item) -> item.ifPresent(one -> {
                slots.leave(one);
                release(one);
            });
            case Happening.Broken(DaemonException failure) -> throw failure;
            case Happening.Defect(RuntimeException defect) -> throw defect;
            case Happening.Defect(Throwable defect) -> throw new AssertionError(defect);
        }
    }

    private void lookedUp(Item item, Optional<Offers.Found> found) throws DaemonException {
        found.ifPresent(one -> item.reasons().addAll(one.reasons()));
        found.ifPresent(one -> item.candidates().addAll(one.candidates()));
        if (terms.repair()) {
            Optional<PathInfo> registered = store.info(item.path());
            item.candidates().removeIf(candidate -> registered.isEmpty()
                    || !candidate.narHash().equals(registered.get().narHash()));
        }
        if (item.candidates().isEmpty()) {
            lose(item, new Outcome.Absent(item.reasons()));
        } else {
            prepare(item);
        }
    }

    /** Puts those last that come from servers which failed with other items. */
    private void reorder(Item item) {
        if (!troubled.isEmpty()) {
            List<Candidate> sorted = new ArrayList<>(item.candidates());
            sorted.sort(Comparator.comparing(candidate -> troubled.contains(candidate.server())));
            item.candidates().clear();
            item.candidates().addAll(sorted);
        }
    }

    /** An item is to be had from the first of its candidates. */
    private void prepare(Item item) {
        reorder(item);
        Candidate candidate = item.candidates().getFirst();
        item.state = Item.State.READY;
        Whole told = whole(item);
        told.tally().expect(item, candidate);
        if (item.telling.isEmpty()) {
            item.telling = Optional.of(new ItemTelling(item, told.activity(), told.tally()));
        }
        for (StorePath reference : candidate.references()) {
            if (!terms.repair() && !reference.equals(item.path())) {
                Item needed = need(reference, item.depth() + 1);
                item.addReference(needed);
            }
        }
        Optional<Item> lost = item.lostReference();
        if (lost.isPresent()) {
            lose(item, because(lost.get()));
        } else {
            ready.add(item);
        }
    }

    private void start() {
        while (end.isEmpty() && !ready.isEmpty() && slots.hasRoomFor(ready.peek())) {
            Item item = ready.remove();
            if (item.isOver()) {
                continue;
            }
            if (isOnlyTroubled(item)) {
                seekEverywhere(item, Optional.empty());
            } else {
                item.state = Item.State.RUNNING;
                slots.enter(item);
                workers.fetch(item);
            }
        }
    }

    /** Whether the server that it is to come from got into trouble with other items, and no other was asked yet. */
    private boolean isOnlyTroubled(Item item) {
        reorder(item);
        return !item.isSoughtEverywhere()
                && troubled.contains(item.candidates().getFirst().server());
    }

    /** @param reason why it did not come from the last one that was tried, if any was */
    private void seekEverywhere(Item item, Optional<CandidateException> reason) {
        item.state = Item.State.SOUGHT;
        item.seekEverywhere();
        workers.run("look up", () -> lookUpAgain(item, reason));
    }

    private void settle(Item item) {
        if (item.canSettle()) {
            item.state = Item.State.SETTLING;
            workers.settle(item);
        }
    }

    private void validated(Item item) {
        item.state = Item.State.VALID;
        release(item);
        for (Item dependent : item.dependents()) {
            if (dependent.state == Item.State.UNPACKED) {
                settle(dependent);
            }
        }
    }

    /** One candidate did not serve. */
    private void passed(Item item, CandidateException reason) {
        Candidate candidate = item.candidates().removeFirst();
        item.tried(candidate);
        if (reason.isTroubled()) {
            troubled.add(candidate.server());
        }
        item.reasons().add(candidate.shown() + ": " + reason.getMessage());
        if (item.isOver()) {
            release(item);
            return;
        }
        reorder(item);
        // Before a server in trouble is asked for more of it, all others are asked for the item.
        Optional<Candidate> next = Optional.ofNullable(item.candidates().peekFirst())
                .filter(other -> item.isSoughtEverywhere() || !troubled.contains(other.server()));
        item.telling.ifPresent(telling -> telling.passedOver(candidate, reason, next));
        if (next.isPresent()) {
            prepare(item);
        } else if (!item.isSoughtEverywhere()) {
            seekEverywhere(item, Optional.of(reason));
        } else {
            giveUp(item, reason);
        }
    }

    private void giveUp(Item item, CandidateException reason) {
        Outcome outcome = failed(item, String.join("; ", item.reasons()));
        item.telling.ifPresent(telling -> telling.failed(reason.status(), reason.getMessage()));
        lose(item, outcome);
    }

    private Happening lookUpAgain(Item item, Optional<CandidateException> reason) throws DaemonException {
        Offers.Found found = offers.findAll(List.of(item.path()), events).get(item.path());
        return new Happening.LookedUpAgain(item, found == null ? Offers.Found.NOTHING : found, reason);
    }

    private void lookedUpAgain(Item item, Offers.Found found, Optional<CandidateException> reason) {
        if (item.isOver()) {
            release(item);
            return;
        }
        found.candidates().stream()
                .filter(one -> item.isNew(one) && !item.candidates().contains(one))
                .forEach(item.candidates()::add);
        reorder(item);
        found.reasons().stream().filter(text -> !item.reasons().contains(text)).forEach(item.reasons()::add);
        if (item.candidates().isEmpty()) {
            // Only one that was tried was taken from the list.
            giveUp(item, reason.orElseThrow());
        } else {
            prepare(item);
        }
    }

    private static Outcome failed(Item item, String reason) {
        List<String> reasons = item.reasons().isEmpty() ? List.of(reason) : item.reasons();
        return new Outcome.Failed(new DaemonException.NotSubstituted(item.path(), reasons));
    }

    /** An item will not come, and so none that refers to it. */
    private void lose(Item first, Outcome outcome) {
        boolean stop = !terms.keepGoing() && (terms.needed() || outcome instanceof Outcome.Failed);
        if (stop && end.isEmpty()) {
            end = Optional.of(first.depth() == 0 ? outcome : outside(first, outcome));
        }
        Set<Item> open = new HashSet<>();
        lose(first, outcome, open);
        while (!open.isEmpty()) {
            Item item = open.iterator().next();
            open.remove(item);
            lose(item, outside(first, outcome), open);
        }
    }

    private void lose(Item item, Outcome outcome, Set<Item> open) {
        boolean running = item.state == Item.State.RUNNING;
        item.state = Item.State.LOST;
        item.lost = Optional.of(outcome);
        whole.ifPresent(told -> told.tally().forget(item));
        if (running) {
            workers.interrupt(item);
        } else {
            release(item);
        }
        item.dependents().stream().filter(dependent -> !dependent.isOver()).forEach(open::add);
    }

    /** What the loss of an item means to those that refer to it. */
    private static Outcome outside(Item item, Outcome outcome) {
        return outcome instanceof Outcome.Absent(List<String> reasons)
                ? new Outcome.Incomplete(item.path(), reasons)
                : outcome;
    }

    private static Outcome because(Item lost) {
        return outside(lost, lost.lost.orElseThrow());
    }

    /** Lets go of what an item holds that is not worked on any longer. */
    private void release(Item item) {
        item.telling.ifPresent(ItemTelling::givenUp);
        workers.release(item);
    }
}
