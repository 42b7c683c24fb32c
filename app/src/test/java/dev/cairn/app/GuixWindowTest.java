// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.manifest.ManifestEntry;
import dev.cairn.testing.CacheServer;
import dev.cairn.testing.DataServiceStub;
import dev.cairn.testing.GuixPackages;
import dev.cairn.testing.Namespaces;
import dev.cairn.testing.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javafx.scene.Node;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Guix's packages in the real window: from a Data Service's listing and a server of what the real Guix has built. */
@ExtendWith(ApplicationExtension.class)
class GuixWindowTest {
    private static final String FIRST = "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334";
    private static final String SECOND = "3f2b1c0d9e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c";

    @TempDir
    private Path home;

    private CairnWindow window;

    @Start
    void open(Stage stage) {
        Installation nothing = new Installation(Optional.of(home.resolve("nothing")));
        Workspace workspace = Workspace.of(TestWindow.environment(home), Choices.NONE, nothing, home);
        window = TestWindow.open(stage, workspace, home);
    }

    @AfterEach
    void close(FxRobot robot) throws Exception {
        robot.interact(() -> window.stage().close());
        window.close();
    }

    @Test
    void addsTheChannelTrustsAServerInstallsAndLooksIntoThePast(FxRobot robot) throws Exception {
        Namespaces.assumeUsable();
        Path cache = SharedData.require("data/guix-cache");
        List<DataServiceStub.Package> packages = packages(cache);
        WindowPage page = new WindowPage(robot, window);
        try (DataServiceStub service = DataServiceStub.start();
                CacheServer server = CacheServer.serving(cache)) {
            service.commit(FIRST, "2025-06-12 08:00:00", packages.stream()
                    .filter(one -> !one.name().equals("fortune"))
                    .toList());
            page.section(KeyCode.DIGIT7).click("#add-source").click("#add-kind-service");
            type(robot, "#add-name", "guix");
            type(robot, "#add-service", service.address().toString());
            page.click("#add-confirm").awaitText("#source-guix", "Commit a1b2c3d of 12 June 2025, branch master");

            page.section(KeyCode.DIGIT1).search("hello").openFirst("hello");
            page.awaitText("#offer", "no server of substitutes is known").click("#offer-servers");
            type(robot, "#server-address", server.url());
            page.click("#server-add").click(".server-key").awaitText("#add-key-fingerprint", "21CB 5797");
            page.click("#add-key-confirm").awaitText("#trust-keys", "127.0.0.1");

            page.section(KeyCode.DIGIT1).awaitText("#meaning", "prebuilt").awaitHidden("#offer");
            page.awaitText("#facts", "With all it needs").click("#details-install");
            page.awaitText("#preview-fetched", "that others have built").apply().awaitGeneration(1);
            page.awaitText("#run", "cairn run hello");
            assertThat(window.profile().installed().entries()).extracting(ManifestEntry::name).containsExactly("hello");
            page.section(KeyCode.DIGIT8).awaitText("#trust-keys", "Signed what was last seen of " + server.url());

            service.commit(SECOND, "2025-06-13 20:16:26", packages);
            page.section(KeyCode.DIGIT7).click("#source-refresh-guix").awaitText("#source-guix", "Commit 3f2b1c0");
            page.awaitIdle().click("#revisions-guix .button").click("#revision-look-1").awaitText("#past", "a1b2c3d");
            page.section(KeyCode.DIGIT1).search("fortune").awaitText("#no-match", "fortune");
            page.click("#past-end").awaitHidden("#past").awaitText("#packages", "fortune");
        }
    }

    @Test
    void addsWhatAListOfChannelsNames(FxRobot robot) throws Exception {
        Path list = home.resolve("channels.scm");
        Files.writeString(list, "(map channel '())\n");
        WindowPage page = new WindowPage(robot, window);
        try (DataServiceStub service = DataServiceStub.start()) {
            service.commit(FIRST, "2025-06-12 08:00:00", List.of(GuixPackages.simple("hello", "2.10")));
            service.commit(SECOND, "2025-06-13 20:16:26", List.of(GuixPackages.simple("hello", "2.12")));
            page.section(KeyCode.DIGIT7).click("#add-source").click("#add-kind-file");
            type(robot, "#add-name", "fork");
            type(robot, "#add-file", home.resolve("none").toString());
            page.awaitText("#add-file-problem", "there is no such file");
            type(robot, "#add-file", list.toString());
            page.awaitText("#add-file-problem", "without running it").awaitHidden("#add-file-found");

            Files.writeString(list, """
                    (list (channel (name 'mine) (url "https://example.org/mine.git"))
                          (channel (name 'guix) (url "https://example.org/fork.git") (commit "%s")
                            (introduction (make-channel-introduction "%s"
                              (openpgp-fingerprint "0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567")))))
                    """.formatted(FIRST, SECOND));
            type(robot, "#add-service", service.address().toString());
            page.awaitText("#listed-url", "https://example.org/fork.git")
                    .awaitText("#listed-commit", FIRST)
                    .awaitText("#listed-introduction", SECOND)
                    .awaitText("#add-file-found", "mine.git")
                    .awaitHidden("#add-file-problem");
            assertThat(service.asked()).isEmpty();
            page.click("#add-confirm").awaitText("#source-fork", "Commit a1b2c3d of 12 June 2025, branch master");
        }
    }

    /** The packages of the cache that are not parts of others, as the service lists them. */
    private static List<DataServiceStub.Package> packages(Path cache) throws Exception {
        List<DataServiceStub.Package> packages = new ArrayList<>();
        for (String line : Files.readAllLines(cache.resolve("items.tsv"))) {
            String[] fields = line.split("\t");
            int dash = fields[0].lastIndexOf('-');
            if (fields[1].equals("out") && List.of("hello", "fortune").contains(fields[0].substring(0, dash))) {
                packages.add(GuixPackages.with(
                        fields[0].substring(0, dash),
                        fields[0].substring(dash + 1),
                        new TreeMap<>(Map.of("out", fields[2]))));
            }
        }
        assertThat(packages).hasSize(2);
        return packages;
    }

    private void type(FxRobot robot, String selector, String text) {
        robot.interact(() -> {
            Node field = window.stage().getScene().lookup(selector);
            ((TextInputControl) field).setText(text);
        });
    }
}
