// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.event.Event;
import dev.cairn.git.GitCache;
import dev.cairn.git.TestRepository;
import dev.cairn.manifest.SearchPathSpecification;
import java.nio.file.Files;
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
            CheckoutSources sources = new CheckoutSources(new GitCache(folder.resolve("cache")));
            PackageSource atOlder = sources.at(older);
            assertThat(atOlder.of("tea", "1", PLACE))
                    .isInstanceOfSatisfying(
                            Knowledge.Unknown.class, unknown -> assertThat(unknown.why()).contains("not fetched"));
            List<Event> events = new ArrayList<>();
            sources.fetch(repository.url(), older, events::add);
            assertThat(atOlder.of("tea", "1", PLACE).inputs())
                    .containsExactly(new PropagatedInput("milk", Optional.of("2"), "out"));
            sources.fetch(repository.url(), newer, events::add);
            assertThat(sources.at(newer).of("tea", "1", PLACE).inputs())
                    .containsExactly(new PropagatedInput("sugar", Optional.of("3"), "out"));
            assertThat(events).isNotEmpty();
        }
    }

    @Test
    void asksProfilesOfAnInstalledGuixForWhatItDoesNotKnow() throws Exception {
        Path profile = folder.resolve("var/guix/profiles/per-user/alice/guix-profile");
        Files.createDirectories(profile);
        Files.writeString(profile.resolve("manifest"), """
                (manifest (version 4) (packages (
                  ("tea" "1" "out" "/gnu/store/4123456789abcdfghijklmnpqrsvwxyz-tea-1"
                    (propagated-inputs (("milk" "2" "lib" "/gnu/store/5123456789abcdfghijklmnpqrsvwxyz-milk-2-lib")))
                    (search-paths (("TEA" ("tea") ":" directory #f)))))))
                """);
        Files.createDirectories(folder.resolve("var/guix/profiles/per-user/bob/guix-profile"));
        Files.writeString(folder.resolve("var/guix/profiles/per-user/bob/guix-profile/manifest"), "(oops");
        PackageSource source = PackageSource.none("nothing was fetched").or(InstalledGuix.of(folder));
        assertThat(source.of("tea", "1", PLACE))
                .isEqualTo(new Knowledge.Known(
                        List.of(new PropagatedInput("milk", Optional.of("2"), "lib")),
                        List.of(SearchPathSpecification.directories("TEA", ":", "tea"))));
        assertThat(source.of("tea", "2", PLACE)).isEqualTo(new Knowledge.Unknown("nothing was fetched"));
        assertThat(InstalledGuix.of(folder.resolve("none")).of("tea", "1", PLACE))
                .isInstanceOf(Knowledge.Unknown.class);
    }
}
