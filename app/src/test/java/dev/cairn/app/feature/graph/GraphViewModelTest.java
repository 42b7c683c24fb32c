// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.fake.FakeCatalog;
import dev.cairn.app.task.ManualTasks;
import dev.cairn.daemon.DaemonException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GraphViewModelTest {
    private final ManualTasks tasks = new ManualTasks();
    private final FakeCatalog catalog = FakeCatalog.sample();
    private final GraphViewModel model = new GraphViewModel(
            () -> catalog,
            () -> {
                throw new DaemonException.StoreIo("no store here", Optional.empty(), Optional.empty());
            },
            tasks);

    private void focus(String name) {
        model.focusPackage(name, Optional.empty());
        tasks.runAll();
    }

    private List<String> titles() {
        return model.pictureProperty().get().orElseThrow().nodes().stream()
                .map(placed -> placed.node().title())
                .sorted()
                .toList();
    }

    private GraphNode node(String title) {
        return model.pictureProperty().get().orElseThrow().nodes().stream()
                .map(GraphPicture.Placed::node)
                .filter(node -> node.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void showsWhatAPackageNeedsDirectly() {
        focus("hello");

        assertThat(titles()).containsExactly("greeting-text", "hello", "shell-kit");
        assertThat(model.focusedPackage()).contains("hello@2.12");
        assertThat(model.chosenProperty().get()).map(GraphNode::title).contains("hello");
    }

    @Test
    void goesBackAndForthThroughWhatWasFocused() {
        focus("hello");
        model.focus(node("shell-kit"));
        tasks.runAll();
        assertThat(titles()).contains("cowsay", "fortune");
        assertThat(model.canGoBackProperty().get()).isTrue();

        model.goBack();
        tasks.runAll();
        assertThat(model.focusedPackage()).contains("hello@2.12");
        assertThat(model.canGoForwardProperty().get()).isTrue();

        model.goForward();
        tasks.runAll();
        assertThat(model.focusedPackage()).contains("shell-kit@0.9");
    }

    @Test
    void depthStaysBetweenOneAndFive() {
        for (int i = 0; i < 9; i++) {
            model.deeper();
        }
        assertThat(model.depthProperty().get()).isEqualTo(5);
        for (int i = 0; i < 9; i++) {
            model.shallower();
        }
        assertThat(model.depthProperty().get()).isEqualTo(1);
    }

    @Test
    void explainsWhyOneNeedsTheOther() {
        focus("hello");
        model.choose(node("shell-kit"));
        model.explain();
        tasks.runAll();

        assertThat(model.whyProperty().get()).extracting(GraphNode::title).containsExactly("hello", "shell-kit");
    }

    @Test
    void offersPackagesWhileTyping() {
        model.offer("fortune", 5);
        tasks.runAll();

        assertThat(model.offersProperty().get()).extracting(hit -> hit.key().name()).containsExactly("fortune");
    }

    @Test
    void aStoreThatCannotBeReadIsSaidSo() {
        focus("hello");
        model.modeProperty().set(GraphViewModel.Mode.STORE_ITEMS);
        tasks.runAll();

        assertThat(model.failureProperty().get()).map(failure -> failure.message()).contains("No store here");
    }

    @Test
    void returnsToThePackageFromAStoreWithNothingToShow() {
        focus("hello");
        model.modeProperty().set(GraphViewModel.Mode.STORE_ITEMS);
        tasks.runAll();
        model.modeProperty().set(GraphViewModel.Mode.PACKAGES_AND_BUILD);
        tasks.runAll();

        assertThat(model.failureProperty().get()).isEmpty();
        assertThat(model.focusedPackage()).contains("hello@2.12");
        assertThat(titles()).contains("hello", "shell-kit");
    }

    @Test
    void whatTheUserAskedForWinsOverTheInitialFocus() {
        model.focusPackage("hello", Optional.empty());
        model.focusInitially();
        tasks.runAll();

        assertThat(model.focusedPackage()).contains("hello@2.12");
    }
}
