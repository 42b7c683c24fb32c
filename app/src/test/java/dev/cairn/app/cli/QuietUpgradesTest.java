// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.Choices;
import dev.cairn.app.Installation;
import dev.cairn.app.Workspace;
import dev.cairn.app.profile.StoreProfileActions;
import dev.cairn.testing.CacheServer;
import dev.cairn.testing.DataServiceStub;
import dev.cairn.testing.GuixPackages;
import dev.cairn.testing.Namespaces;
import dev.cairn.testing.SharedData;
import dev.cairn.transaction.Change;
import dev.cairn.transaction.Outlook;
import dev.cairn.transaction.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which upgrades there are is found without asking any server; what they would take is not. */
class QuietUpgradesTest {
    private static final String HELLO = "/gnu/store/8wfj0rk77ci8fw5xv6l7c03pl7hcqshx-hello-2.12";
    private static final String FIRST = "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334";
    private static final String SECOND = "3f2b1c0d9e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c";

    @TempDir
    private Path home;

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void asksNobodyWhatCanBeUpgraded() throws Exception {
        Path cache = SharedData.require("data/guix-cache");
        Namespaces.assumeUsable();
        Installation nothing = new Installation(Optional.of(home.resolve("nothing")));
        CommandRuns cairn = new CommandRuns(home, nothing, home);
        try (DataServiceStub service = DataServiceStub.start();
                CacheServer farm = CacheServer.serving(cache)) {
            service.commit(FIRST, "2025-06-12 08:00:00", List.of(
                    GuixPackages.with("hello", "2.12", new TreeMap<>(Map.of("out", HELLO)))));
            cairn.must("channel", "add", "guix", service.address().toString(), "--type=guix");
            cairn.must("pull");
            cairn.must(Files.readAllBytes(cache.resolve("signing-key.pub")), "archive", "--authorize");
            Path configuration = Files.createDirectories(home.resolve(".local/share/cairn/etc/cairn"));
            Files.writeString(configuration.resolve("substitutes"), farm.url() + "\n");
            cairn.must("install", "hello");
            service.commit(SECOND, "2025-06-13 20:16:26", List.of(GuixPackages.simple("hello", "9.9")));
            cairn.must("pull");

            int asked = service.asked().size();
            farm.forget();
            Map<String, String> environment = Map.of("HOME", home.toString(), "USER", "tester");
            try (Workspace workspace = Workspace.of(environment, Choices.NONE, nothing, home)) {
                StoreProfileActions profile = new StoreProfileActions(
                        workspace.profile(), workspace::transactions, workspace::daemon, () -> {});
                Outlook outlook = profile.upgrades();
                assertThat(outlook.changes())
                        .singleElement()
                        .isInstanceOfSatisfying(Change.Upgraded.class, change -> {
                            assertThat(change.before().version()).isEqualTo("2.12");
                            assertThat(change.entry().version()).isEqualTo("9.9");
                        });
                assertThat(service.asked()).hasSize(asked);
                assertThat(farm.connections()).isZero();

                profile.plan(List.of(new Request.Upgrade(Optional.empty())));
                assertThat(farm.requests()).isNotEmpty();
            }
        }
    }
}
