// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.fake.FakeChannels;
import dev.cairn.app.fake.Models;
import dev.cairn.catalog.CatalogException;
import dev.cairn.app.feature.sources.SourcesViewModel.Card;
import dev.cairn.app.feature.sources.SourcesViewModel.State;
import dev.cairn.channel.ChannelRevision;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourcesViewModelTest {
    private final Models models = new Models();
    private final SourcesViewModel sources = new SourcesViewModel(models.channels, models.tasks, ZoneOffset.UTC);

    @BeforeEach
    void show() {
        sources.reload();
        models.settle();
    }

    @Test
    void tellsWhatWasNeverFetchedFromWhatIsReady() {
        assertThat(card("cairn").state()).isEqualTo(State.FINE);
        assertThat(card("cairn").fetches()).isFalse();
        assertThat(card(FakeChannels.ARCHIVE).state()).isEqualTo(State.WAITING);
        assertThat(card(FakeChannels.ARCHIVE).fetches()).isTrue();
    }

    @Test
    void showsWhoSignedAPlaceAndUntilWhenItIsGood() {
        assertThat(card(FakeChannels.ARCHIVE).places().getFirst().facts())
                .isEqualTo("Made on 1 May 2026 \u00b7 valid until 8 May 2026 \u00b7 signed by key 89ABCDEF01234567");
    }

    @Test
    void showsRelaxedChecksAndProblemsOfAPlace() {
        assertThat(card(FakeChannels.ARCHIVE).places().getLast()).satisfies(place -> {
            assertThat(place.warnings()).singleElement().asString().contains("trusted=yes");
            assertThat(place.problem()).contains("It cannot be reached").contains("Check the address");
        });
    }

    @Test
    void fetchesAndCountsTheNewPackages() {
        sources.fetch(card(FakeChannels.ARCHIVE));
        assertThat(sources.busyProperty().get()).isTrue();
        models.settle();
        assertThat(sources.busyProperty().get()).isFalse();
        assertThat(card(FakeChannels.ARCHIVE).about()).contains("63,465 packages").contains("1 h ago");
        assertThat(card(FakeChannels.ARCHIVE).state()).isEqualTo(State.PROBLEM);
        assertThat(sources.subtitleProperty().get()).isEqualTo("2 channels \u00b7 63,475 packages");
    }

    @Test
    void disablesAndRanksChannels() {
        sources.setEnabled(card(FakeChannels.ARCHIVE), false);
        sources.setPriority(card("cairn"), -5);
        models.settle();
        assertThat(card(FakeChannels.ARCHIVE).state()).isEqualTo(State.DISABLED);
        assertThat(sources.cardsProperty().get()).extracting(Card::name).containsExactly(FakeChannels.ARCHIVE, "cairn");
    }

    @Test
    void tellsOthersThatThereAreOtherPackages() {
        int[] told = {0};
        models.channels.whenChanged(() -> told[0]++);
        sources.fetchAll();
        models.settle();
        assertThat(told[0]).isOne();
    }

    @Test
    void showsRevisionsLooksIntoOneAndGoesBackToIt() {
        models.channelActions.keep(
                FakeChannels.ARCHIVE, revision(1, "a", 29_000, false), revision(2, "b", 30_000, true));
        sources.reload();
        models.settle();
        Card card = card(FakeChannels.ARCHIVE);
        assertThat(card.revision()).isEqualTo("Commit bbbbbbb of 2 May 2026, branch master");
        assertThat(card.revisions()).extracting(SourcesViewModel.Revision::label).containsExactly("bbbbbbb", "aaaaaaa");
        assertThat(card.revisions().getLast().facts()).startsWith("1 May 2026 \u00b7 29,000 packages");
        assertThat(card.revisions().getFirst().current()).isTrue();

        sources.lookInto(card, card.revisions().getLast());
        models.settle();
        assertThat(sources.pastProperty().getValue().orElseThrow()).contains("debian").contains("aaaaaaa");
        assertThat(card(FakeChannels.ARCHIVE).revisions().getLast().shown()).isTrue();
        assertThat(card("cairn").about()).as("not in that catalog").doesNotContain("packages");
        sources.lookAtPresent();
        models.settle();
        assertThat(sources.pastProperty().getValue()).isEmpty();

        sources.lookInto(card, " " + "A".repeat(40));
        models.settle();
        assertThat(sources.pastProperty().getValue()).isPresent();
        sources.goBack(card, card.revisions().getLast());
        models.settle();
        assertThat(sources.pastProperty().getValue()).isEmpty();
        assertThat(card(FakeChannels.ARCHIVE).revision()).startsWith("Commit aaaaaaa");
    }

    private static ChannelRevision revision(int number, String digit, int packages, boolean current) {
        Instant date = Instant.parse("2026-05-0" + number + "T06:00:00Z");
        return new ChannelRevision(number, digit.repeat(40), "master", Optional.of(date), date, packages, current);
    }

    @Test
    void saysWhyTheChannelsCannotBeRead() {
        models.channelActions.failNext(
                new CatalogException.Unusable("no such folder", Optional.empty(), Optional.empty()));
        sources.reload();
        models.settle();
        assertThat(sources.failureProperty().get()).isPresent();
        assertThat(sources.loadingProperty().get()).isFalse();
    }

    private Card card(String name) {
        return sources.cardsProperty().get().stream()
                .filter(card -> card.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
