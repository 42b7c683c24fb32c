// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import dev.cairn.app.format.ByteSizes;
import dev.cairn.app.shell.component.ErrorState;
import dev.cairn.app.shell.component.Folded;
import dev.cairn.app.shell.component.Skeleton;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.transaction.Change;
import dev.cairn.transaction.Comparison;
import dev.cairn.ui.l10n.Messages;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** How two generations differ: sizes, then packages by what became of them; those that stayed only as a number. */
final class DifferencePane extends VBox {
    private static final int MOST_ALONG = 4;

    private final Messages texts = Messages.of("timeline");
    private final TimelineViewModel model;
    private final VBox changes = new VBox(12);
    private final Label size = Texts.wrapped("", "muted");

    DifferencePane(TimelineViewModel model) {
        super(12);
        this.model = model;
        setId("difference");
        size.setId("difference-size");
        size.visibleProperty().bind(size.textProperty().isNotEmpty());
        size.managedProperty().bind(size.visibleProperty());
        Skeleton skeleton = new Skeleton(Bindings.createBooleanBinding(
                () -> model.busyProperty().get() && model.detailsProperty().get().isEmpty(),
                model.busyProperty(),
                model.detailsProperty()));
        getChildren().addAll(size, changes, skeleton, new ErrorState(model.troubleProperty(), model::compare));
        model.detailsProperty().subscribe(_ -> show());
        model.selectedProperty().subscribe(_ -> show());
        model.comparedProperty().subscribe(_ -> show());
        model.sizesProperty().subscribe(this::showSize);
    }

    private void show() {
        changes.getChildren().clear();
        Optional<TimelineRow> chosen = model.selectedProperty().get();
        Optional<TimelineRow> second = model.comparedProperty().get();
        if (chosen.isEmpty()) {
            return;
        }
        Optional<TimelineRow> gone = chosen.filter(TimelineRow::gone).or(() -> second.filter(TimelineRow::gone));
        if (gone.isPresent()) {
            say(second.isEmpty() ? texts.text("details.gone") : texts.text("compare.gone", gone.get().number()));
        } else if (second.isEmpty() && chosen.get().isCurrent()) {
            say(texts.text("details.current"));
        } else {
            model.detailsProperty().get().ifPresent(details -> show(details, second.isPresent()));
        }
    }

    private void show(GenerationDetails details, boolean two) {
        Comparison comparison = details.comparison();
        if (comparison.changes().isEmpty()) {
            int before = details.pair().before().number();
            say(texts.text(two ? "compare.same" : "details.same", before));
        } else if (!two) {
            say(texts.text("details.intro", details.pair().before().number()));
        }
        group("upgraded", comparison.upgraded());
        group("downgraded", comparison.downgraded());
        group("added", comparison.added());
        group("removed", comparison.removed());
        if (!comparison.unchanged().isEmpty()) {
            String title = texts.text("details.unchanged", comparison.unchanged().size());
            Folded<ManifestEntry> unchanged =
                    new Folded<>(title, comparison.unchanged(), entry -> row(entry, entry.version()));
            unchanged.setId("difference-unchanged");
            changes.getChildren().add(unchanged);
        }
    }

    private void say(String text) {
        changes.getChildren().add(Texts.wrapped(text));
    }

    private void showSize(Optional<ClosureSizes> sizes) {
        Optional<GenerationPair> pair = model.detailsProperty().get().map(GenerationDetails::pair);
        size.setText(sizes.flatMap(two -> pair.map(shown -> text(two, shown))).orElse(""));
    }

    private String text(ClosureSizes sizes, GenerationPair pair) {
        long more = sizes.after() - sizes.before();
        return texts.text(
                more == 0 ? "size.same" : more > 0 ? "size.more" : "size.less",
                pair.after().number(),
                ByteSizes.text(sizes.after()),
                ByteSizes.text(Math.abs(more)),
                pair.before().number());
    }

    private void group(String key, List<Change> group) {
        if (group.isEmpty()) {
            return;
        }
        List<Change> along = group.stream().filter(change -> !change.reason().isEmpty()).toList();
        boolean many = along.size() > MOST_ALONG;
        VBox rows = new VBox(4, Texts.heading(texts.text("details." + key)));
        for (Change change : group) {
            if (!many || change.reason().isEmpty()) {
                rows.getChildren().add(row(change));
            }
        }
        if (many) {
            rows.getChildren().add(new Folded<>(texts.text("details.along", along.size()), along, this::row));
        }
        changes.getChildren().add(rows);
    }

    private Node row(Change change) {
        String version = change.entry().version();
        if (!(change instanceof Change.Upgraded upgraded)) {
            return row(change.entry(), version);
        }
        String before = upgraded.before().version();
        return row(
                change.entry(),
                before.equals(version)
                        ? texts.text("details.rebuilt", version)
                        : texts.text("details.versions", before, version));
    }

    private static Node row(ManifestEntry entry, String versions) {
        String output = entry.output().equals("out") ? "" : ":" + entry.output();
        Label name = Texts.wrapped(entry.name() + output, "row-title");
        name.setMinWidth(USE_PREF_SIZE);
        HBox row = new HBox(8, name, Texts.wrapped(versions, "row-detail"));
        row.getStyleClass().add("change-row");
        return row;
    }
}
