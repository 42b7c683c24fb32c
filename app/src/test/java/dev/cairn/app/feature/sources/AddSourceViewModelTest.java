// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.channel.ChannelRow;
import dev.cairn.app.fake.Models;
import dev.cairn.catalog.CatalogException;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.junit.jupiter.api.Test;

class AddSourceViewModelTest {
    private final Models models = new Models();
    private final BooleanProperty open = new SimpleBooleanProperty(true);
    private final AddSourceViewModel adding = new AddSourceViewModel(models.channels, open);

    @Test
    void waitsUntilEveryFieldHasSomething() {
        assertThat(adding.completeProperty().get()).isFalse();
        adding.nameProperty().set("mine");
        adding.sourceProperty().set("/home/me/channel");
        assertThat(adding.completeProperty().get()).isTrue();
    }

    @Test
    void addsAnArchiveAndFetchesIt() {
        adding.nameProperty().set("backports");
        adding.sourceProperty().set("deb http://archive.example.org/debian stable-backports main");
        adding.add();
        models.settle();
        assertThat(open.get()).isFalse();
        assertThat(row("backports").status().fetched()).isPresent();
    }

    @Test
    void staysOpenWithTheReasonWhereItCannotBeAdded() {
        adding.nameProperty().set("mine");
        adding.sourceProperty().set("deb nonsense");
        models.channelActions.failNext(new CatalogException.Unusable(
                "'nonsense' is no address", Optional.of("Write deb ADDRESS SUITE COMPONENT."), Optional.empty()));
        adding.add();
        models.settle();
        assertThat(open.get()).isTrue();
        assertThat(adding.problemProperty().get()).contains("no address").contains("ADDRESS SUITE");
        adding.sourceProperty().set("deb");
        assertThat(adding.problemProperty().get()).isEmpty();
    }

    private ChannelRow row(String name) {
        return models.channels.rowsProperty().get().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
