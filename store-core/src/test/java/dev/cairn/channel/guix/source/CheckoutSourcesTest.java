// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.event.Event;
import dev.cairn.git.GitCache;
import dev.cairn.git.TestRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutSourcesTest {
    private static final Location PLACE = new Location("mine/tea.scm", 3, 2);

    @TempDir
    private Path folder;

    private static String module(String input) {
        return """
                (define-module (mine tea))
                (define-public tea
                  (package (name "tea") (version "1") (propagated-inputs (list %s))))
                (define-public milk (package (name "milk") (version "2")))
                (define-public sugar (package (name "sugar") (version "3")))
                """.formatted(input);
    }

    @Test
    void readsTheModulesOfEachCommit() throws Exception {
        try (TestRepository repository = new TestRepository(folder.resolve("origin"))) {
            String older = repository.commit("master", Map.of("mine/tea.scm", module("milk")));
            String newer = repository.commit("master", Map.of(
                    "modules/mine/tea.scm", module("sugar"),
                    ".guix-channel", "(channel (version 0) (directory \"modules\"))"));
            CheckoutSources sources = new CheckoutSources(new GitCache(folder.resolve("cache")), repository.url());
            assertThat(sources.at(older).of("tea", "1", PLACE))
                    .isInstanceOfSatisfying(
                            Knowledge.Unknown.class, unknown -> assertThat(unknown.why()).contains("not fetched"));
            List<Event> events = new ArrayList<>();
            assertThat(sources.fetch(older, events::add).of("tea", "1", PLACE).inputs())
                    .containsExactly(new PropagatedInput("milk", Optional.of("2"), "out"));
            assertThat(sources.fetch(newer, events::add).of("tea", "1", PLACE).inputs())
                    .containsExactly(new PropagatedInput("sugar", Optional.of("3"), "out"));
            assertThat(sources.at(older).of("tea", "1", PLACE)).isInstanceOf(Knowledge.Known.class);
            assertThat(events).isNotEmpty();
        }
    }
}
