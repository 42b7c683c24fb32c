// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.settings;

import dev.cairn.app.shell.Theme;
import dev.cairn.app.task.Failure;
import dev.cairn.app.task.Running;
import dev.cairn.app.task.Tasks;
import dev.cairn.error.CairnException;
import dev.cairn.ui.l10n.Messages;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be chosen, and facts about this installation: where the store is, and whose. A daemon that is chosen is
 * tried first; it is worked with as soon as nothing runs on the present store, and that stays in use if it cannot be.
 */
public final class SettingsViewModel {
    private static final Messages TEXTS = Messages.of("settings");
    private static final Logger LOG = LoggerFactory.getLogger(SettingsViewModel.class);

    private final ObjectProperty<Theme> theme;
    private final Path store;
    private final DaemonChoice choice;
    private final ObservableValue<Optional<String>> busy;
    private final Tasks tasks;
    private final StringProperty daemon = new SimpleStringProperty();
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper();
    private final ReadOnlyObjectWrapper<Attempt> attempt = new ReadOnlyObjectWrapper<>(Attempt.NONE);
    private final ObservableBooleanValue changing;
    private Running reaching = Running.NOTHING;
    private Optional<DaemonChoice.Reached> reached = Optional.empty();
    private int attempts;

    /** How far the change to another store is. */
    public enum Attempt {
        /** There is none. */
        NONE,
        /** It is being tried. */
        TRYING,
        /** It could be worked with; something must end first. */
        WAITING,
        /** It cannot be worked with. */
        FAILED
    }

    /**
     * @param store the folder of the store
     * @param busy what has to end before another store can be worked with
     * @param tasks where other stores are reached for
     */
    public SettingsViewModel(
            ObjectProperty<Theme> theme,
            Path store,
            DaemonChoice choice,
            ObservableValue<Optional<String>> busy,
            Tasks tasks) {
        this.theme = theme;
        this.store = store;
        this.choice = choice;
        this.busy = busy;
        this.tasks = tasks;
        changing = Bindings.createBooleanBinding(
                () -> attempt.get() == Attempt.TRYING || attempt.get() == Attempt.WAITING, attempt);
        daemon.set(choice.inUse().orElse(""));
        rest();
        // Later: between one operation and the next nothing runs for a moment.
        busy.subscribe((_, _) -> tasks.later(this::proceed));
    }

    public ObjectProperty<Theme> themeProperty() {
        return theme;
    }

    public Path store() {
        return store;
    }

    /** The address as it is being typed; empty for the own store. */
    public StringProperty daemonProperty() {
        return daemon;
    }

    /** What holds now, what is being done about that, or why it stayed. */
    public ReadOnlyStringProperty daemonNoteProperty() {
        return note.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Attempt> attemptProperty() {
        return attempt.getReadOnlyProperty();
    }

    /** Whether another store is being tried or waited for. */
    public ObservableBooleanValue changingProperty() {
        return changing;
    }

    /** Tries what was typed, and works with it if that can be. */
    public void chooseDaemon() {
        if (changing.get()) {
            return;
        }
        Optional<String> address = Optional.of(daemon.get().strip()).filter(text -> !text.isEmpty());
        int number = ++attempts;
        tell(Attempt.TRYING, address.map(text -> TEXTS.text("daemon.trying", text))
                .orElse(TEXTS.text("daemon.trying.none")));
        reaching = tasks.run(
                () -> choice.reach(address),
                found -> {
                    if (number == attempts) {
                        reached = Optional.of(found);
                        attempt.set(Attempt.WAITING);
                        proceed();
                    } else {
                        close(found);
                    }
                },
                failure -> {
                    if (number == attempts) {
                        failed(failure);
                    }
                });
    }

    /** Stays with the present store. */
    public void keepDaemon() {
        if (changing.get()) {
            attempts++;
            reaching.cancel();
            giveUp();
            rest();
        }
    }

    /** Goes on with a store that was reached, if nothing is in the way. */
    private void proceed() {
        if (attempt.get() != Attempt.WAITING || reached.isEmpty()) {
            return;
        }
        if (busy.getValue().isPresent()) {
            note.set(TEXTS.text("daemon.waiting", busy.getValue().get()));
            return;
        }
        DaemonChoice.Reached next = reached.get();
        try {
            next.remember();
        } catch (CairnException e) {
            failed(e);
            return;
        }
        reached = Optional.empty();
        next.use();
    }

    private void failed(CairnException failure) {
        giveUp();
        tell(Attempt.FAILED, Failure.sentences(String.valueOf(failure.getMessage()), failure.hint()) + " " + inUse());
    }

    private void giveUp() {
        reached.ifPresent(this::close);
        reached = Optional.empty();
    }

    private void close(DaemonChoice.Reached unused) {
        tasks.run(
                () -> {
                    unused.close();
                    return true;
                },
                _ -> {},
                failure -> LOG.warn("cannot close a store that was not used in order", failure));
    }

    private void rest() {
        tell(
                Attempt.NONE,
                choice.overruling()
                        .map(variable -> inUse() + " " + TEXTS.text("daemon.overruled", variable))
                        .orElse(inUse()));
    }

    private void tell(Attempt state, String text) {
        attempt.set(state);
        note.set(text);
    }

    private String inUse() {
        return choice.inUse().map(used -> TEXTS.text("daemon.used", used)).orElse(TEXTS.text("daemon.none"));
    }
}
