// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.fake.FakeChannels;
import dev.cairn.app.fake.Models;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FetchOfferViewModelTest {
    private final Models models = new Models();
    private final FetchOfferViewModel offer = new FetchOfferViewModel(models.channels);

    @BeforeEach
    void look() {
        models.channels.reload();
        models.settle();
    }

    @Test
    void offersToFetchWhatWasNeverFetched() {
        assertThat(offer.visibleProperty().get()).isTrue();
        assertThat(offer.textProperty().get()).contains(FakeChannels.ARCHIVE);
    }

    @Test
    void isGoneOnceEverythingIsFetched() {
        offer.fetch();
        assertThat(offer.visibleProperty().get()).isFalse();
        models.settle();
        assertThat(offer.visibleProperty().get()).isFalse();
    }

    @Test
    void isGoneWhenTheUserDoesNotWantIt() {
        offer.dismiss();
        models.channels.reload();
        models.settle();
        assertThat(offer.visibleProperty().get()).isFalse();
    }

    @Test
    void leavesDisabledChannelsAlone() {
        models.channels.change("", actions -> actions.setEnabled(FakeChannels.ARCHIVE, false));
        models.settle();
        assertThat(offer.visibleProperty().get()).isFalse();
    }
}
