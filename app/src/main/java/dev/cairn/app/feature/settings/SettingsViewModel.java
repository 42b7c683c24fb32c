// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.settings;

import dev.cairn.app.shell.Theme;
import dev.cairn.app.task.Failure;
import dev.cairn.error.CairnException;
import dev.cairn.ui.l10n.Messages;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** What can be chosen, and facts about this installation: where the store is, and whose. */
public final class SettingsViewModel {
    private static final Messages TEXTS = Messages.of("settings");

    private final ObjectProperty<Theme> theme;
    private final Path store;
    private final DaemonChoice choice;
    private final StringProperty daemon = new SimpleStringProperty();
    private final ReadOnlyStringWrapper daemonNote = new ReadOnlyStringWrapper();
    private final ReadOnlyBooleanWrapper pending = new ReadOnlyBooleanWrapper(false);

    /** @param store the folder of the store */
    public SettingsViewModel(ObjectProperty<Theme> theme, Path store, DaemonChoice choice) {
        this.theme = theme;
        this.store = store;
        this.choice = choice;
        daemon.set(choice.chosen().or(choice::inUse).orElse(""));
        Optional<String> chosen = choice.chosen();
        // Given by an option or a variable, what is in use need not be what was chosen.
        pending.set(chosen.isPresent() && !chosen.equals(choice.inUse()));
        daemonNote.set(pending.get() ? now() + " " + chosen(chosen) : now());
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

    /** What holds now, or what became of the last choice. */
    public ReadOnlyStringProperty daemonNoteProperty() {
        return daemonNote.getReadOnlyProperty();
    }

    /** Whether what was chosen is not what the window works with. */
    public ReadOnlyBooleanProperty daemonPendingProperty() {
        return pending.getReadOnlyProperty();
    }

    /** Remembers the address for the next start. */
    public void chooseDaemon() {
        Optional<String> address = Optional.of(daemon.get().strip()).filter(text -> !text.isEmpty());
        try {
            choice.choose(address);
            daemonNote.set(now() + " " + chosen(address));
            pending.set(!address.equals(choice.inUse()));
        } catch (CairnException e) {
            daemonNote.set(Failure.sentences(String.valueOf(e.getMessage()), e.hint()));
        }
    }

    private String now() {
        return choice.inUse().map(used -> TEXTS.text("daemon.used", used)).orElse(TEXTS.text("daemon.none"));
    }

    private String chosen(Optional<String> address) {
        if (address.equals(choice.inUse())) {
            return TEXTS.text("daemon.chosen.same");
        }
        return address.map(text -> TEXTS.text("daemon.chosen", text)).orElse(TEXTS.text("daemon.chosen.none"));
    }
}
