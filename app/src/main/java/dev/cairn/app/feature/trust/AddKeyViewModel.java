// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.trust;

import dev.cairn.app.task.Failure;
import dev.cairn.app.task.Latest;
import dev.cairn.app.task.Tasks;
import dev.cairn.ui.l10n.Messages;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** A key that is about to be believed: pasted, from a file, or what a server says is its own. */
public final class AddKeyViewModel {
    private static final Messages TEXTS = Messages.of("trust");

    private final TrustViewModel trust;
    private final TrustActions actions;
    private final Latest reading;
    private final StringProperty text = new SimpleStringProperty("");
    private final StringProperty name = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Optional<SignerKey>> key = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(false);
    private Optional<String> server = Optional.empty();

    AddKeyViewModel(TrustViewModel trust, TrustActions actions, Tasks tasks) {
        this.trust = trust;
        this.actions = actions;
        this.reading = new Latest(tasks);
        text.subscribe(this::look);
    }

    /** What was pasted. */
    StringProperty textProperty() {
        return text;
    }

    /** What the user calls the key; may stay empty. */
    StringProperty nameProperty() {
        return name;
    }

    /** The key that the text is, once it is one. */
    ReadOnlyObjectProperty<Optional<SignerKey>> keyProperty() {
        return key.getReadOnlyProperty();
    }

    /** What is wrong with the text, and what to do; empty while nothing is. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** What is worth knowing of the key: that it is believed already, say; may be empty. */
    ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** The server that was asked for its key, if that is where this one is from. */
    Optional<String> server() {
        return server;
    }

    /** Begins with nothing. */
    void begin() {
        reading.forget();
        server = Optional.empty();
        busy.set(false);
        text.set("");
        name.set("");
        problem.set("");
    }

    /** Begins with what a server says is its key; it is asked now. */
    void beginWith(String url) {
        begin();
        server = Optional.of(url);
        name.set(TrustViewModel.host(url));
        busy.set(true);
        reading.run(
                () -> actions.keyOf(url),
                found -> {
                    busy.set(false);
                    text.set(found.text());
                },
                exception -> {
                    busy.set(false);
                    problem.set(sentences(Failure.of(exception)));
                });
    }

    /** Takes the text of a file. */
    void load(Path file) {
        busy.set(true);
        reading.run(
                () -> actions.readFile(file),
                found -> {
                    busy.set(false);
                    text.set(found);
                },
                exception -> {
                    busy.set(false);
                    problem.set(sentences(Failure.of(exception)));
                });
    }

    /** Has the key believed; the sheet stays open, with the reason, where that fails. */
    void confirm() {
        key.get().ifPresent(found -> {
            busy.set(true);
            trust.believe(
                    found,
                    name.get(),
                    () -> busy.set(false),
                    failure -> {
                        busy.set(false);
                        problem.set(sentences(failure));
                    });
        });
    }

    void cancel() {
        reading.forget();
        trust.addingProperty().set(false);
    }

    private void look() {
        problem.set("");
        note.set("");
        key.set(Optional.empty());
        if (text.get().isBlank()) {
            return;
        }
        try {
            SignerKey found = SignerKey.parse(text.get());
            key.set(Optional.of(found));
            if (trust.isBelieved(found)) {
                note.set(TEXTS.text("add.known"));
            }
        } catch (TrustProblem e) {
            problem.set(sentences(Failure.of(e)));
        }
    }

    private static String sentences(Failure failure) {
        return Failure.sentences(failure.message(), failure.hint());
    }
}
