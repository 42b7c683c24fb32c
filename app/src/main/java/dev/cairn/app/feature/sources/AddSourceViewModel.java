// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.sources;

import dev.cairn.app.channel.ChannelsModel;
import dev.cairn.app.operation.Operation;
import dev.cairn.app.task.Failure;
import dev.cairn.ui.l10n.Messages;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** What the user types to add a channel, and what is wrong with it. */
public final class AddSourceViewModel {
    private static final Messages TEXTS = Messages.of("sources");

    private final ChannelsModel channels;
    private final BooleanProperty open;
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty source = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final BooleanBinding complete = Bindings.createBooleanBinding(
            () -> !name.get().isBlank() && !source.get().isBlank(), name, source);

    /** @param open whether the sheet is open; closed here once the channel is added */
    public AddSourceViewModel(ChannelsModel channels, BooleanProperty open) {
        this.channels = channels;
        this.open = open;
        open.subscribe(now -> {
            if (now) {
                name.set("");
                source.set("");
                problem.set("");
            }
        });
        name.subscribe(() -> problem.set(""));
        source.subscribe(() -> problem.set(""));
    }

    StringProperty nameProperty() {
        return name;
    }

    StringProperty sourceProperty() {
        return source;
    }

    /** Why it cannot be added, and what to do; empty while nothing is known to be wrong. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Whether there is something in every field. */
    BooleanBinding completeProperty() {
        return complete;
    }

    void cancel() {
        open.set(false);
    }

    /** Adds the channel and fetches it; the sheet stays open, with the reason, where it cannot be added. */
    void add() {
        if (!complete.get()) {
            return;
        }
        String wanted = name.get().strip();
        String from = source.get().strip();
        Operation adding =
                channels.change(TEXTS.text("operation.add", wanted), actions -> actions.add(wanted, from));
        adding.stateProperty().subscribe(state -> {
            if (state == Operation.State.SUCCEEDED) {
                open.set(false);
                if (!from.startsWith("/")) {
                    channels.fetch(TEXTS.text("operation.fetch", wanted), Optional.of(wanted));
                }
            } else if (state == Operation.State.FAILED) {
                adding.failureProperty()
                        .get()
                        .ifPresent(failure -> problem.set(Failure.sentences(failure.message(), failure.hint())));
            }
        });
    }
}
