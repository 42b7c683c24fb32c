// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.tour;

import dev.cairn.app.shell.Theme;
import dev.cairn.app.shell.WindowState;
import dev.cairn.error.FormatException;
import dev.cairn.signature.SecretKey;
import dev.cairn.signature.SexpReader;
import java.util.List;
import javafx.scene.input.KeyCode;

/** The steps of the tour, in order: what a newcomer does in the first ten minutes. */
final class Itinerary {
    private static final String FIRST = "fortune";
    private static final String SECOND = "hello";

    private final Guide guide;

    Itinerary(Guide guide) {
        this.guide = guide;
    }

    void walk() throws InterruptedException {
        guide.waitForText("#packages", "Install");
        guide.waitForText("#fetch-offer", "debian");
        guide.picture("first-start");
        guide.click("#fetch-offer-later");
        guide.picture("packages");
        search();
        install();
        graph();
        secondInstall();
        marks();
        removal();
        timeline();
        storage();
        sources();
        trust();
        looks();
        smallest();
    }

    private void search() throws InterruptedException {
        guide.click("#search");
        guide.type(FIRST);
        guide.waitForText("#packages", FIRST);
        guide.press(KeyCode.ENTER);
        guide.waitForText("#details", FIRST);
        guide.picture("search-and-details");
    }

    private void install() throws InterruptedException {
        guide.click("#details-install");
        guide.waitFor("the preview", () -> guide.isShown("#preview-apply"));
        guide.picture("install-preview");
        guide.click("#preview-apply");
        guide.waitFor("the installation to begin", () -> !guide.window().operations().all().isEmpty());
        guide.click("#activity-toggle");
        guide.picture("install-progress");
        quiet();
        guide.waitForText("#run", FIRST);
        guide.picture("installed");
        guide.click("#activity-toggle");
    }

    private void graph() throws InterruptedException {
        guide.click("#details-show-graph");
        guide.waitFor("the graph", () -> guide.isShown(".graph-canvas"));
        guide.picture("graph");
        guide.click("#graph-outline");
        guide.waitForText("#graph-outline-tree", FIRST);
        guide.click("#graph-outline-tree .tree-cell");
        for (int i = 0; i < 3; i++) {
            guide.press(KeyCode.DOWN);
        }
        guide.press(KeyCode.W);
        guide.waitFor("the reason", () -> guide.isShown("#graph-why"));
        guide.picture("graph-outline");
        guide.click("#graph-outline");
        guide.picture("graph-why");
        guide.click("#graph-inspector-focus");
        guide.waitFor("the graph around it", () -> !guide.isShown("#graph-inspector-focus"));
        guide.picture("graph-of-many");
        guide.click("#graph-back");
        guide.click("#graph-mode-items");
        guide.picture("graph-of-store-items");
    }

    private void secondInstall() throws InterruptedException {
        guide.click("#rail-packages");
        guide.pressWithControl(KeyCode.K);
        guide.type(SECOND);
        guide.waitForText("#packages", SECOND);
        guide.press(KeyCode.ENTER);
        guide.waitForText("#details", SECOND);
        guide.click("#details-install");
        guide.click("#preview-apply");
        quiet();
        guide.waitForText("#run", SECOND);
        guide.picture("second-install");
    }

    private void marks() throws InterruptedException {
        guide.pressWithControl(KeyCode.K);
        guide.type("text");
        guide.waitForText("#packages", "textstat");
        for (int marked = 1; marked <= 2; marked++) {
            guide.press(KeyCode.DOWN);
            guide.press(KeyCode.SPACE);
            guide.waitForText("#marked", marked + " marked");
        }
        guide.picture("marked");
        guide.click("#marked .button");
    }

    private void removal() throws InterruptedException {
        guide.click("#rail-installed");
        guide.waitForText("#installed", FIRST);
        guide.picture("installed-packages");
        guide.click("#remove-" + FIRST);
        guide.waitFor("the preview", () -> guide.isShown("#preview-apply"));
        guide.picture("remove-preview");
        guide.click("#preview-apply");
        quiet();
        guide.click("#rail-updates");
        guide.picture("updates");
    }

    private void timeline() throws InterruptedException {
        guide.click("#rail-timeline");
        guide.waitForText("#generations", SECOND);
        guide.picture("timeline");
        guide.enter("#generation-label", "before the clean-up");
        guide.click("#generation-label-save");
        guide.waitForText("#generations", "before the clean-up");
        guide.click("#generation-pin");
        guide.waitForText("#generation-pin", "Unpin");
        guide.picture("timeline-named");
        guide.onFx(() -> {
            guide.window().stage().getScene().lookup("#generations").requestFocus();
            return null;
        });
        guide.pressWithShift(KeyCode.DOWN);
        guide.pressWithShift(KeyCode.DOWN);
        guide.waitForText("#difference-size", "with all");
        guide.picture("timeline-compared");
        guide.click("#compare-end");
        guide.click("#roll-back");
        quiet();
        guide.waitFor("the roll-back", () -> guide.window().profile().installed().generation() == 2);
        guide.picture("rolled-back");
    }

    private void storage() throws InterruptedException {
        guide.click("#rail-storage");
        guide.waitForText("#live-items", "live");
        guide.click("#storage-map");
        guide.waitForText("#storage-chosen", "needed by");
        if (guide.isShown(".toasts .icon-button")) {
            guide.click(".toasts .icon-button");
        }
        guide.picture("storage");
        guide.click("#items-all");
        guide.picture("storage-items");
        guide.click("#items-map");
        guide.click("#collect-garbage");
        guide.waitFor("the preview of the collection", () -> guide.isShown("#confirm-collection"));
        guide.picture("collection-preview");
        guide.click("#confirm-collection");
        guide.waitForText("#storage-waiting", "seconds");
        guide.picture("collection-waiting");
        guide.click("#collect-now");
        quiet();
        guide.waitForText("#storage-outcome", "Freed");
        guide.picture("collected");
    }

    private void sources() throws InterruptedException {
        guide.click("#rail-sources");
        guide.waitForText("#sources", "debian");
        guide.picture("sources");
        guide.click("#add-source");
        guide.waitFor("the sheet to add a channel", () -> guide.isShown("#add-name"));
        guide.picture("add-source");
        guide.click("#add-kind-guix");
        guide.waitFor("the fields of Guix", () -> guide.isShown("#add-farms"));
        guide.picture("add-guix");
        guide.press(KeyCode.ESCAPE);
        guide.waitFor("the sheet to close", () -> !guide.isShown("#add-name"));
    }

    private void trust() throws InterruptedException {
        guide.click("#rail-trust");
        guide.waitForText("#trust-keys", "No key");
        guide.picture("trust-nobody");
        guide.click("#trust-add");
        guide.enter("#add-key-text", "(public-key (ecc (curve Ed25519) (q #C9253D#)))");
        guide.waitForText("#add-key", "cannot be checked");
        guide.picture("trust-wrong-key");
        guide.enter("#add-key-text", key());
        guide.enter("#add-key-name", "Build farm of the example project");
        guide.picture("trust-add-key");
        guide.click("#add-key-confirm");
        guide.waitForText("#trust-keys", "Build farm");
        for (String server : List.of("https://substitutes.example.org", "file:///srv/mirror/cache")) {
            guide.enter("#server-address", server);
            guide.press("#server-add");
            guide.waitForText("#trust-server-rows", server);
        }
        guide.press("#trust-make-key");
        guide.waitForText("#trust-own", "Public key");
        guide.scrollUp("#trust-scroll");
        guide.picture("trust");
    }

    /** Of nobody. */
    private static String key() {
        try {
            return SecretKey.generate(SexpReader.read(SecretKey.DEFAULT_PARAMETERS)).publicKey().toString();
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    private void looks() throws InterruptedException {
        guide.click("#rail-settings");
        guide.picture("settings");
        guide.onFx(() -> {
            guide.window().shell().themeProperty().set(Theme.DARK);
            return null;
        });
        guide.click("#rail-packages");
        guide.picture("packages-dark");
        guide.click("#rail-timeline");
        guide.picture("timeline-dark");
        guide.click("#rail-storage");
        guide.picture("storage-dark");
        guide.click("#rail-sources");
        guide.picture("sources-dark");
        guide.click("#rail-trust");
        guide.picture("trust-dark");
    }

    /** The smallest window: nothing may be cut off in it. */
    private void smallest() throws InterruptedException {
        guide.resize(WindowState.MIN_WIDTH, WindowState.MIN_HEIGHT);
        for (String section :
                List.of("packages", "installed", "graph", "timeline", "storage", "sources", "trust", "settings")) {
            guide.click("#rail-" + section);
            guide.picture(section + "-smallest");
        }
    }

    /** Waits until nothing is running any more. */
    private void quiet() throws InterruptedException {
        guide.waitFor(
                "operations to end",
                () -> guide.window().operations().all().stream().allMatch(operation -> {
                    if (operation.failureProperty().get().isPresent()) {
                        throw new TourException(
                                operation.title() + ": " + operation.failureProperty().get().get().message());
                    }
                    return operation.state().ended();
                }));
    }
}
