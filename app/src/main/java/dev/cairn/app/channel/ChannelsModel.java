// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.channel;

import dev.cairn.app.operation.Operation;
import dev.cairn.app.operation.Operations;
import dev.cairn.app.task.Failure;
import dev.cairn.app.task.Latest;
import dev.cairn.app.task.Tasks;
import dev.cairn.app.task.Work;
import dev.cairn.error.CairnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * The one picture of the channels that all sections share, and the way to change them: every change runs as an
 * operation, then the picture is read again. Lives on the user interface's thread.
 */
public final class ChannelsModel {
    private final ChannelActions actions;
    private final Operations operations;
    private final Latest reading;
    private final ReadOnlyObjectWrapper<List<ChannelRow>> rows = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyIntegerWrapper packages = new ReadOnlyIntegerWrapper(0);
    private final ReadOnlyObjectWrapper<Optional<Past>> past = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper known = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyObjectWrapper<Optional<Failure>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final List<Runnable> whenChanged = new ArrayList<>();
    private int running;

    public ChannelsModel(ChannelActions actions, Operations operations, Tasks tasks) {
        this.actions = actions;
        this.operations = operations;
        this.reading = new Latest(tasks);
    }

    /** In order of priority. */
    public ReadOnlyObjectProperty<List<ChannelRow>> rowsProperty() {
        return rows.getReadOnlyProperty();
    }

    /** How many packages those that are enabled have together, each name counted once. */
    public ReadOnlyIntegerProperty packagesProperty() {
        return packages.getReadOnlyProperty();
    }

    /** What is looked into, if not the present. */
    public ReadOnlyObjectProperty<Optional<Past>> pastProperty() {
        return past.getReadOnlyProperty();
    }

    /** What can be offered of GNU Guix. */
    public GuixOffer guixOffer() {
        return actions.guixOffer();
    }

    /** Reads a list of channels, off this thread. */
    public ListedGuix readList(String file, String service) throws CairnException {
        return actions.readList(file, service);
    }

    /** Whether they were read at least once. */
    public ReadOnlyBooleanProperty knownProperty() {
        return known.getReadOnlyProperty();
    }

    /** Whether something is being fetched or changed. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Why they could not be read the last time, if so. */
    public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /** Adds somebody to be told when there may be other packages than before. */
    public void whenChanged(Runnable listener) {
        whenChanged.add(listener);
    }

    private record Found(List<ChannelRow> rows, int packages, Optional<Past> past) {}

    /** Reads again how it stands with the channels. */
    public void reload() {
        read(this::find, () -> {});
    }

    /** Reads the channels themselves again: somebody may have changed the folder of one. */
    public void reread() {
        read(
                () -> {
                    actions.reread();
                    return find();
                },
                () -> whenChanged.forEach(Runnable::run));
    }

    private Found find() throws CairnException {
        return new Found(actions.list(), actions.packages(), actions.past());
    }

    private void read(Work<Found> work, Runnable then) {
        reading.run(
                work,
                found -> {
                    failure.set(Optional.empty());
                    packages.set(found.packages());
                    rows.set(found.rows());
                    past.set(found.past());
                    known.set(true);
                    then.run();
                },
                exception -> {
                    failure.set(Optional.of(Failure.of(exception)));
                    known.set(true);
                });
    }

    /** Fetches one channel, or all that are enabled. */
    public Operation fetch(String title, Optional<String> channel) {
        return follow(operations.run(title, 0, events -> actions.fetch(channel, events), _ -> {}));
    }

    /** Looks into a channel as it was at another revision, which is fetched if need be. */
    public Operation lookInto(String title, String channel, String revision) {
        return follow(operations.run(
                title,
                0,
                events -> {
                    actions.lookInto(channel, revision, events);
                    return true;
                },
                _ -> {}));
    }

    /** Changes which channels there are. */
    public Operation change(String title, Change change) {
        Work<Boolean> work = () -> {
            change.apply(actions);
            return true;
        };
        return follow(operations.run(title, 0, _ -> work.run(), _ -> {}));
    }

    /** One change of the list. */
    @FunctionalInterface
    public interface Change {
        void apply(ChannelActions actions) throws CairnException;
    }

    /** Whatever came of it, the channels may be others now. */
    private Operation follow(Operation operation) {
        running++;
        busy.set(true);
        boolean[] told = {false};
        operation.stateProperty().subscribe(state -> {
            if (state.ended() && !told[0]) {
                told[0] = true;
                running--;
                busy.set(running > 0);
                reload();
                whenChanged.forEach(Runnable::run);
            }
        });
        return operation;
    }
}
