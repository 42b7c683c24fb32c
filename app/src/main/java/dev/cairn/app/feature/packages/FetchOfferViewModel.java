// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import dev.cairn.app.channel.ChannelRow;
import dev.cairn.app.channel.ChannelsModel;
import dev.cairn.ui.l10n.Messages;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** Which channels wait to be fetched for the first time, until the user has answered. */
public final class FetchOfferViewModel {
    private static final Messages TEXTS = Messages.of("packages");

    private final ChannelsModel channels;
    private final ReadOnlyBooleanWrapper visible = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private List<String> waiting = List.of();
    private boolean dismissed;

    public FetchOfferViewModel(ChannelsModel channels) {
        this.channels = channels;
        channels.rowsProperty().subscribe(this::publish);
        channels.busyProperty().subscribe(this::publish);
    }

    ReadOnlyBooleanProperty visibleProperty() {
        return visible.getReadOnlyProperty();
    }

    ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    void fetch() {
        for (String channel : waiting) {
            channels.fetch(TEXTS.text("offer.operation", channel), Optional.of(channel));
        }
    }

    /** Not now; asked again at the next start. */
    void dismiss() {
        dismissed = true;
        publish();
    }

    private void publish() {
        waiting = channels.rowsProperty().get().stream()
                .filter(ChannelRow::waitsForFetching)
                .map(ChannelRow::name)
                .toList();
        text.set(TEXTS.text("offer", waiting.size(), waiting.stream().collect(Collectors.joining(", "))));
        visible.set(!waiting.isEmpty() && !dismissed && !channels.busyProperty().get());
    }
}
