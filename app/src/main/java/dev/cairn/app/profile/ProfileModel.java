// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.profile;

import dev.cairn.app.operation.Foreseen;
import dev.cairn.app.operation.Operation;
import dev.cairn.app.operation.Operations;
import dev.cairn.app.task.Failure;
import dev.cairn.app.task.Latest;
import dev.cairn.app.task.Tasks;
import dev.cairn.path.StorePath;
import dev.cairn.profile.GenerationTag;
import dev.cairn.transaction.Change;
import dev.cairn.transaction.Plan;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * The one picture of the profile that all sections share, and the way to change it: every change runs as an operation,
 * then the picture is read again, and it can be undone by switching back. Lives on the user interface's thread.
 */
public final class ProfileModel {
    private final ProfileActions actions;
    private final Operations operations;
    private final Latest reading;
    private final ReadOnlyObjectWrapper<Installed> installed = new ReadOnlyObjectWrapper<>(Installed.NOTHING);
    private final ReadOnlyBooleanWrapper known = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyObjectWrapper<Optional<Failure>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Map<String, Pending>> pending = new ReadOnlyObjectWrapper<>(Map.of());
    private final ArrayDeque<Done> undoable = new ArrayDeque<>();
    private Consumer<Done> whenChanged = _ -> {};

    public ProfileModel(ProfileActions actions, Operations operations, Tasks tasks) {
        this.actions = actions;
        this.operations = operations;
        this.reading = new Latest(tasks);
    }

    /**
     * A change that was made.
     *
     * @param what such as {@code Installed hello}
     * @param before the generation that was current
     * @param after the one that is current now
     */
    public record Done(String what, int before, int after) {}

    /** What is being done to a package. */
    public enum Doing {
        INSTALLING,
        UPGRADING,
        REMOVING
    }

    /** A package that an operation changes, from when that is asked for until it is known what came of it. */
    public record Pending(Doing doing, Operation operation) {}

    public ProfileActions actions() {
        return actions;
    }

    /** What the profile holds, as last read. */
    public ReadOnlyObjectProperty<Installed> installedProperty() {
        return installed.getReadOnlyProperty();
    }

    public Installed installed() {
        return installed.get();
    }

    /** What is being done to packages, by their names. */
    public ReadOnlyObjectProperty<Map<String, Pending>> pendingProperty() {
        return pending.getReadOnlyProperty();
    }

    public Optional<Pending> pending(String name) {
        return Optional.ofNullable(pending.get().get(name));
    }

    /** Whether the profile was read at least once. */
    public ReadOnlyBooleanProperty knownProperty() {
        return known.getReadOnlyProperty();
    }

    /** Why the profile could not be read the last time, if so. */
    public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /** Called after each change, with what to tell the user. */
    public void whenChanged(Consumer<Done> listener) {
        whenChanged = listener;
    }

    /** Reads the profile again. */
    public void refresh() {
        reading.run(
                actions::read,
                result -> {
                    failure.set(Optional.empty());
                    installed.set(result);
                    known.set(true);
                    forgetEnded();
                },
                exception -> {
                    failure.set(Optional.of(Failure.of(exception)));
                    forgetEnded();
                });
    }

    private void forgetEnded() {
        Map<String, Pending> left = new HashMap<>(pending.get());
        if (left.values().removeIf(change -> change.operation().state().ended())) {
            pending.set(Map.copyOf(left));
        }
    }

    /** Applies a plan as an operation called {@code title}. */
    public Operation apply(String title, Plan plan) {
        Set<String> prepared = plan.prepared().stream().map(StorePath::toString).collect(Collectors.toSet());
        // One more than the plan's builds: the profile itself.
        Foreseen foreseen = new Foreseen(plan.toBuild().size() + prepared.size() + 1, prepared, plan.downloadSize());
        Operation operation = watched(operations.run(
                title,
                foreseen,
                events -> actions.apply(plan, events),
                number -> changed(new Done(plan.cause(), plan.base(), number), true)));
        Map<String, Pending> more = new HashMap<>(pending.get());
        for (Change change : plan.changes()) {
            more.put(change.entry().name(), new Pending(doing(change), operation));
        }
        pending.set(Map.copyOf(more));
        return operation;
    }

    private static Doing doing(Change change) {
        return switch (change) {
            case Change.Added _ -> Doing.INSTALLING;
            case Change.Upgraded _ -> Doing.UPGRADING;
            case Change.Removed _ -> Doing.REMOVING;
        };
    }

    /**
     * Makes another generation current.
     *
     * @param what how to call it afterwards, such as {@code Switched to generation 3}
     */
    public Operation switchTo(int number, String title, String what) {
        int before = installed().generation();
        return watched(operations.run(
                title, 0, _ -> actions.switchTo(number), now -> changed(new Done(what, before, now), true)));
    }

    /**
     * Changes the tag of a generation, after what is changing the profile already.
     *
     * @param done called when it has it
     */
    public Operation tag(int number, GenerationTag.Change change, String title, Runnable done) {
        return operations.run(
                title,
                0,
                _ -> {
                    actions.tag(number, change);
                    return number;
                },
                _ -> done.run());
    }

    /** Whether there is a change of this session that can be undone. */
    public boolean canUndo() {
        return !undoable.isEmpty();
    }

    /** Switches back to what was current before the last change of this session. */
    public void undo(String title, String what) {
        if (undoable.isEmpty()) {
            return;
        }
        Done last = undoable.pop();
        operations.run(
                title,
                0,
                _ -> actions.switchTo(last.before()),
                now -> changed(new Done(what, last.after(), now), false));
    }

    /** What failed or was cancelled late may still have changed the profile; what it holds now is read either way. */
    private Operation watched(Operation operation) {
        operation.stateProperty().subscribe(state -> {
            if (state == Operation.State.FAILED || state == Operation.State.CANCELLED) {
                refresh();
            }
        });
        return operation;
    }

    private void changed(Done done, boolean canBeUndone) {
        if (canBeUndone && done.before() != done.after()) {
            undoable.push(done);
        }
        refresh();
        whenChanged.accept(done);
    }
}
