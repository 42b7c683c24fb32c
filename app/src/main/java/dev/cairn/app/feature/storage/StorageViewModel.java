// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import dev.cairn.app.format.ByteSizes;
import dev.cairn.app.operation.Operations;
import dev.cairn.app.profile.ProfileModel;
import dev.cairn.app.task.Failure;
import dev.cairn.app.task.Latest;
import dev.cairn.app.task.Tasks;
import dev.cairn.daemon.CollectionResult;
import dev.cairn.error.CairnException;
import dev.cairn.profile.Generation;
import dev.cairn.ui.l10n.Messages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.binding.StringExpression;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The storage dashboard: what is live and dead, what a collection would delete, and running it. */
public final class StorageViewModel {
    private static final int SECONDS_TO_UNDO = 30;

    private final StorageActions actions;
    private final ProfileModel profile;
    private final Operations operations;
    private final Messages messages = Messages.of("storage");
    private final Latest reading;
    private final Latest previewing;
    private final ReadOnlyObjectWrapper<Optional<StorageSnapshot>> snapshot =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Failure>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<CollectionPreview>> preview =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final BooleanProperty previewOpen = new SimpleBooleanProperty(false);
    private final ReadOnlyObjectWrapper<Optional<String>> outcome = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper advice = new ReadOnlyStringWrapper("");
    private final ObservableList<RootRow> roots = FXCollections.observableArrayList();
    // Kept, because such a view hears of changes only as long as something holds it.
    private final ObservableList<RootRow> rootsView = FXCollections.unmodifiableObservableList(roots);
    private final ReadOnlyStringWrapper notice = new ReadOnlyStringWrapper("");
    private final Countdown countdown;
    private final ObservableBooleanValue awaiting;
    private final ObservableBooleanValue loading;
    private final StringBinding stale;
    private final Set<Integer> marked = new HashSet<>();
    private final ItemsViewModel items = new ItemsViewModel();

    public StorageViewModel(StorageActions actions, ProfileModel profile, Operations operations, Tasks tasks) {
        this.actions = actions;
        this.profile = profile;
        this.operations = operations;
        loading = Bindings.createBooleanBinding(
                () -> snapshot.get().isEmpty() && failure.get().isEmpty(), snapshot, failure);
        stale = Bindings.createStringBinding(
                () -> snapshot.get().isEmpty()
                        ? ""
                        : failure.get()
                                .map(found -> messages.text("stale", found.message()))
                                .orElse(""),
                snapshot,
                failure);
        reading = new Latest(tasks);
        previewing = new Latest(tasks);
        countdown = new Countdown(tasks, SECONDS_TO_UNDO);
        awaiting = countdown.leftProperty().greaterThan(0);
        countdown.leftProperty().subscribe(left -> tellWaiting(left.intValue()));
        profile.installedProperty().subscribe((_, _) -> refresh());
    }

    /**
     * A row of the table of roots.
     *
     * @param exclusiveBytes what would become unused were it alone removed
     * @param marked whether the user wants it gone
     */
    public record RootRow(StorageRoot root, String title, String detail, long exclusiveBytes, boolean marked) {}

    /**
     * What a collection would do.
     *
     * @param generations numbers of the generations that go first, ascending
     * @param items what would be deleted, largest first
     * @param bytes octets of that
     * @param exact whether {@code bytes} are octets on disk rather than sums of item sizes
     */
    public record CollectionPreview(
            List<Integer> generations, List<StorageSnapshot.SizedItem> items, int count, long bytes, boolean exact) {}

    /** What the store holds, as last looked at. */
    public ReadOnlyObjectProperty<Optional<StorageSnapshot>> snapshotProperty() {
        return snapshot.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /** Why what is shown is how the store was before, if looking again failed; empty if it did not. */
    public StringExpression staleProperty() {
        return stale;
    }

    /** What the collection that the user is asked to confirm would do. */
    public ReadOnlyObjectProperty<Optional<CollectionPreview>> previewProperty() {
        return preview.getReadOnlyProperty();
    }

    /** Whether the user is being asked; setting it to false is a no. */
    public BooleanProperty previewOpenProperty() {
        return previewOpen;
    }

    /** What the last collection of this session did. */
    public ReadOnlyObjectProperty<Optional<String>> outcomeProperty() {
        return outcome.getReadOnlyProperty();
    }

    /** Whether the store is being looked at for the first time. */
    public ObservableBooleanValue loadingProperty() {
        return loading;
    }

    /** One sentence: what can be freed, and what that costs. */
    public ReadOnlyStringProperty adviceProperty() {
        return advice.getReadOnlyProperty();
    }

    /** Generations first, newest first, then the other roots by name. */
    public ObservableList<RootRow> roots() {
        return rootsView;
    }

    /** The items by themselves. */
    public ItemsViewModel items() {
        return items;
    }

    /** Looks at the store again. */
    public void refresh() {
        reading.run(
                actions::read,
                result -> {
                    failure.set(Optional.empty());
                    show(result);
                },
                exception -> failure.set(Optional.of(Failure.of(exception))));
    }

    /** Marks a generation to go with the next collection, or takes the mark off. */
    public void mark(RootRow row, boolean wanted) {
        if (!row.root().isRemovable()) {
            return;
        }
        row.root().generation().ifPresent(generation -> {
            if (wanted) {
                marked.add(generation.number());
            } else {
                marked.remove(generation.number());
            }
        });
        snapshot.get().ifPresent(this::show);
    }

    /** Marks the generation with this number, as soon as it is known, if it can go. */
    public void markNumber(int number) {
        marked.add(number);
        snapshot.get().ifPresent(this::show);
    }

    /** Finds out what a collection would delete, then offers it for confirmation. */
    public void previewCollection() {
        if (snapshot.get().isEmpty() || countdown.isRunning()) {
            return;
        }
        StorageSnapshot now = snapshot.get().get();
        List<StorageRoot> going = markedRoots(now);
        previewing.run(
                () -> previewOf(now, going),
                result -> {
                    preview.set(Optional.of(result));
                    previewOpen.set(true);
                },
                exception -> failure.set(Optional.of(Failure.of(exception))));
    }

    /**
     * Does what the preview says, after some seconds in which that can be taken back: until then nothing is changed.
     */
    public void collect() {
        Optional<CollectionPreview> confirmed = previewOpen.get() ? preview.get() : Optional.empty();
        previewOpen.set(false);
        outcome.set(Optional.empty());
        confirmed.ifPresent(plan -> countdown.start(() -> sweep(plan)));
    }

    /** Whether a collection that was confirmed waits to begin. */
    public ObservableBooleanValue awaitingProperty() {
        return awaiting;
    }

    /** What is about to happen, and when; empty while nothing waits. */
    public ReadOnlyStringProperty noticeProperty() {
        return notice.getReadOnlyProperty();
    }

    /** Begins the collection that waits at once. */
    public void collectNow() {
        countdown.finish();
    }

    /** Takes back the collection that waits. @return whether there was one */
    public boolean undo() {
        boolean was = countdown.isRunning();
        countdown.cancel();
        return was;
    }

    private void tellWaiting(int left) {
        Optional<CollectionPreview> plan = left > 0 ? preview.get() : Optional.empty();
        notice.set(plan.map(waiting -> waiting.generations().isEmpty()
                        ? messages.text("waiting", waiting.count(), left)
                        : messages.text(
                                "waiting.generations", waiting.count(), left, numbers(waiting.generations())))
                .orElse(""));
    }

    private void sweep(CollectionPreview plan) {
        operations.run(
                messages.text("collecting"),
                0,
                events -> actions.collect(plan.generations(), events),
                result -> collected(plan, result));
    }

    private static String numbers(List<Integer> generations) {
        return generations.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private void collected(CollectionPreview plan, CollectionResult result) {
        marked.removeAll(plan.generations());
        outcome.set(Optional.of(messages.text("freed", ByteSizes.text(result.bytes()), result.paths().size())));
        profile.refresh();
        refresh();
    }

    private CollectionPreview previewOf(StorageSnapshot now, List<StorageRoot> going)
            throws CairnException {
        CollectionResult unused = actions.preview();
        StorageSnapshot.WhatIf more = now.without(going);
        List<StorageSnapshot.SizedItem> items = new ArrayList<>(now.deadItems());
        items.addAll(more.items());
        items.sort(Comparator.comparingLong(StorageSnapshot.SizedItem::bytes).reversed());
        return new CollectionPreview(
                numbersOf(going),
                List.copyOf(items),
                unused.paths().size() + more.count(),
                unused.bytes() + more.bytes(),
                going.isEmpty());
    }

    private static List<Integer> numbersOf(List<StorageRoot> roots) {
        return roots.stream()
                .flatMap(root -> root.generation().stream())
                .map(Generation::number)
                .sorted()
                .toList();
    }

    private List<StorageRoot> markedRoots(StorageSnapshot now) {
        return now.roots().stream()
                .filter(root -> root.isRemovable()
                        && root.generation().filter(g -> marked.contains(g.number())).isPresent())
                .toList();
    }

    private void show(StorageSnapshot now) {
        List<RootRow> rows = new ArrayList<>();
        for (StorageRoot root : now.roots()) {
            boolean isMarked =
                    root.isRemovable() && root.generation().filter(g -> marked.contains(g.number())).isPresent();
            rows.add(new RootRow(
                    root, RootNames.title(root), RootNames.detail(root), now.exclusiveBytes(root), isMarked));
        }
        rows.sort(Comparator.comparing(RootRow::root, RootNames.ORDER));
        snapshot.set(Optional.of(now));
        items.show(now, markedRoots(now));
        roots.setAll(rows);
        advice.set(advice(now));
    }

    private String advice(StorageSnapshot now) {
        List<StorageRoot> going = markedRoots(now);
        if (!going.isEmpty()) {
            long bytes = now.unusedBytes() + now.bytesWithout(going);
            return messages.text("advice.marked", ByteSizes.text(bytes), numbers(numbersOf(going)));
        }
        return now.deadCount() == 0
                ? messages.text("advice.nothing")
                : messages.text("advice.unused", ByteSizes.text(now.unusedBytes()));
    }
}
