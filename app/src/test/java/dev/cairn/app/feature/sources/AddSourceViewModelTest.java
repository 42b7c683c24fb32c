// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.channel.ChannelRow;
import dev.cairn.app.channel.GuixWish;
import dev.cairn.app.channel.ListedGuix;
import dev.cairn.app.fake.Models;
import dev.cairn.catalog.CatalogException;
import dev.cairn.channel.guix.GuixSource;
import dev.cairn.channel.guix.definition.ChannelDefinition;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.junit.jupiter.api.Test;

class AddSourceViewModelTest {
    private static final String COMMIT = "a".repeat(40);

    private final Models models = new Models();
    private final BooleanProperty open = new SimpleBooleanProperty(true);
    private final AddSourceViewModel adding = new AddSourceViewModel(models.channels, open, models.tasks);

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

    @Test
    void offersGuixAsItsProjectServesIt() {
        adding.kindProperty().set(AddSourceViewModel.Kind.GUIX);
        assertThat(adding.nameProperty().get()).isEqualTo("guix");
        assertThat(adding.serviceProperty().get()).isEqualTo("https://data.example.org");
        assertThat(adding.branchProperty().get()).isEqualTo("master");
        assertThat(adding.completeProperty().get()).isTrue();
        adding.add();
        models.settle();
        assertThat(models.channelActions.wish()).as("nobody is believed unless that was asked for").contains(
                new GuixWish("https://data.example.org", "master", Optional.empty(), false));
        assertThat(open.get()).isFalse();
        assertThat(row("guix").status().fetched()).isPresent();
    }

    @Test
    void believesTheFarmsWhenAskedTo() {
        adding.kindProperty().set(AddSourceViewModel.Kind.GUIX);
        adding.farmsProperty().set(true);
        adding.commitProperty().set(" " + "a".repeat(40));
        adding.add();
        models.settle();
        assertThat(models.channelActions.wish()).contains(
                new GuixWish("https://data.example.org", "master", Optional.of("a".repeat(40)), true));
    }

    @Test
    void takesAnotherServiceWhoseFarmsAreNotKnown() {
        adding.kindProperty().set(AddSourceViewModel.Kind.GUIX);
        adding.farmsProperty().set(true);
        adding.kindProperty().set(AddSourceViewModel.Kind.SERVICE);
        assertThat(adding.serviceProperty().get()).isEmpty();
        assertThat(adding.completeProperty().get()).isFalse();
        adding.serviceProperty().set("http://localhost:8765");
        adding.branchProperty().set("staging");
        adding.add();
        models.settle();
        assertThat(models.channelActions.wish()).contains(
                new GuixWish("http://localhost:8765", "staging", Optional.empty(), false));
    }

    @Test
    void showsWhatAListSaysAndAddsJustThat() {
        GuixSource source = new GuixSource(
                URI.create("https://data.example.org"), "guix", "master", Optional.of(COMMIT), List.of());
        ChannelDefinition guix = new ChannelDefinition(
                "guix", "https://example.org/guix.git", Optional.empty(), Optional.of(COMMIT), Optional.empty());
        ChannelDefinition other = new ChannelDefinition(
                "mine", "https://example.org/mine.git", Optional.of("main"), Optional.empty(), Optional.empty());
        models.channelActions.list(new ListedGuix(guix, List.of(other), source));
        adding.kindProperty().set(AddSourceViewModel.Kind.FILE);
        assertThat(adding.nameProperty().get()).isEqualTo("guix");
        assertThat(adding.completeProperty().get()).isFalse();
        adding.list().fileProperty().set("/home/me/channels.scm");
        models.settle();

        ListedGuix listed = adding.list().listedProperty().get().orElseThrow();
        assertThat(ListedGuixViewModel.facts(listed))
                .extracting(ListedGuixViewModel.Fact::value)
                .satisfiesExactly(
                        name -> assertThat(name).isEqualTo("guix"),
                        url -> assertThat(url).isEqualTo("https://example.org/guix.git"),
                        branch -> assertThat(branch).contains("the commit says it all"),
                        commit -> assertThat(commit).isEqualTo(COMMIT),
                        introduction -> assertThat(introduction).startsWith("None"));
        assertThat(ListedGuixViewModel.leftOut(listed)).singleElement().asString().contains("mine", "mine.git");
        assertThat(models.channelActions.added()).isEmpty();
        adding.farmsProperty().set(true);
        adding.add();
        models.settle();
        assertThat(models.channelActions.added()).contains(source);
        assertThat(models.channelActions.wish().orElseThrow().farms()).isTrue();
        assertThat(open.get()).isFalse();
    }

    @Test
    void saysWhyAListCannotBeUsed() {
        adding.kindProperty().set(AddSourceViewModel.Kind.FILE);
        models.channelActions.failNext(new CatalogException.Unusable(
                "the list names neither", Optional.of("Name one."), Optional.empty()));
        adding.list().fileProperty().set("/home/me/channels.scm");
        models.settle();
        assertThat(adding.list().problemProperty().get()).isEqualTo("The list names neither. Name one.");
        assertThat(adding.completeProperty().get()).isFalse();
        adding.list().fileProperty().set("");
        assertThat(adding.list().problemProperty().get()).isEmpty();
    }

    private ChannelRow row(String name) {
        return models.channels.rowsProperty().get().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
