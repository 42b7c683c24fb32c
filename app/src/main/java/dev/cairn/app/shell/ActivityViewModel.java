// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import dev.cairn.app.operation.Operation;
import dev.cairn.app.operation.Operations;
import dev.cairn.ui.l10n.Messages;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ListChangeListener;

/** What the activity bar says and which operation the drawer shows. */
public final class ActivityViewModel {
    private static final Messages TEXTS = Messages.of("shell");

    private final Operations operations;
    private final ReadOnlyStringWrapper line = new ReadOnlyStringWrapper(TEXTS.text("activity.idle"));
    private final ReadOnlyStringWrapper transferred = new ReadOnlyStringWrapper("");
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(0);
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(false);
    private final ObjectProperty<Optional<Operation>> selected = new SimpleObjectProperty<>(Optional.empty());

    public ActivityViewModel(Operations operations) {
        this.operations = operations;
        operations.currentProperty().subscribe(this::follow);
        operations.all().addListener((ListChangeListener<Operation>) change -> {
            while (change.next()) {
                if (change.wasAdded()) {
                    selected.set(Optional.of(change.getAddedSubList().getFirst()));
                }
            }
            if (operations.all().isEmpty()) {
                selected.set(Optional.empty());
                line.set(TEXTS.text("activity.idle"));
            }
        });
    }

    public Operations operations() {
        return operations;
    }

    /** What happens now or, when nothing does, how the last operation ended. */
    public ReadOnlyStringProperty lineProperty() {
        return line.getReadOnlyProperty();
    }

    /** How much of what has come, how fast, and how long it will take; empty while nothing is downloaded. */
    public ReadOnlyStringProperty transferredProperty() {
        return transferred.getReadOnlyProperty();
    }

    /** From 0 to 1; negative while something runs whose extent is not known. */
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** The operation that the drawer shows: the newest unless the user chose another. */
    public ObjectProperty<Optional<Operation>> selectedProperty() {
        return selected;
    }

    /** Cancels what runs now. */
    public void cancel() {
        operations.currentProperty().get().ifPresent(Operation::cancel);
    }

    private void follow(Optional<Operation> current) {
        line.unbind();
        transferred.unbind();
        progress.unbind();
        busy.set(current.isPresent());
        if (current.isPresent()) {
            Operation operation = current.get();
            line.bind(operation.stateProperty().flatMap(state -> state == Operation.State.CANCELLING
                    ? new SimpleObjectProperty<>(TEXTS.text("activity.cancelling"))
                    : operation.summaryProperty()));
            transferred.bind(operation.transferredProperty());
            progress.bind(operation.progressProperty());
        } else {
            transferred.set("");
            progress.set(0);
            line.set(operations.all().isEmpty()
                    ? TEXTS.text("activity.idle")
                    : outcome(operations.all().getFirst()));
        }
    }

    private static String outcome(Operation last) {
        return last.title() + " \u00b7 " + TEXTS.text("state." + last.state().name().toLowerCase(Locale.ROOT));
    }
}
