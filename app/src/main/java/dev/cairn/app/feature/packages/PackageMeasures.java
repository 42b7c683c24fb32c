// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import dev.cairn.app.format.ByteSizes;
import dev.cairn.app.profile.PackageSizes;
import dev.cairn.app.profile.ProfileActions;
import dev.cairn.app.task.Latest;
import dev.cairn.app.task.Tasks;
import dev.cairn.app.task.Work;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.path.StorePath;
import dev.cairn.transaction.Plan;
import dev.cairn.ui.l10n.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** How much of one package is to be downloaded, and how much room it takes, as far as that is known yet. */
final class PackageMeasures {
    private static final Messages TEXTS = Messages.of("packages");

    private final ProfileActions actions;
    private final Latest measuring;
    private final ReadOnlyObjectWrapper<List<Fact>> facts = new ReadOnlyObjectWrapper<>(List.of());
    private Optional<StorePath> measured = Optional.empty();

    PackageMeasures(ProfileActions actions, Tasks tasks) {
        this.actions = actions;
        this.measuring = new Latest(tasks);
    }

    /** A size, or why it is not known. @param key of what it is the size of */
    record Fact(String key, String text) {}

    ReadOnlyObjectProperty<List<Fact>> factsProperty() {
        return facts.getReadOnlyProperty();
    }

    /** Shows nothing. */
    void clear() {
        stop();
        facts.set(List.of());
    }

    /** Gives up what is being found out; what is shown stays until there is something else. */
    void stop() {
        measured = Optional.empty();
        measuring.forget();
    }

    /** Shows what a plan tells of a package that it brings, then what takes longer to find out. */
    void measure(Plan plan, ManifestEntry entry) {
        if (!plan.toBuild().isEmpty()) {
            facts.set(List.of(new Fact("installed-size", TEXTS.text("size.unbuilt"))));
            return;
        }
        Fact download = new Fact("download", plan.downloadSize().isEmpty()
                ? TEXTS.text("size.unknown")
                : plan.downloadSize().getAsLong() == 0
                        ? TEXTS.text("size.nothing")
                        : ByteSizes.text(plan.downloadSize().getAsLong()));
        measure(List.of(download), () -> actions.sizes(plan, entry));
    }

    /** Measures an installed package: once for an item, which does not change. */
    void measure(ManifestEntry entry) {
        if (!measured.equals(Optional.of(entry.item()))) {
            measured = Optional.of(entry.item());
            measure(List.of(), () -> actions.sizes(entry));
        }
    }

    /** @param known what is shown before the rest */
    private void measure(List<Fact> known, Work<PackageSizes> work) {
        show(known, TEXTS.text("size.busy"), TEXTS.text("size.busy"));
        measuring.run(
                work,
                found -> show(known, text(found.own()), text(found.closure())),
                _ -> show(known, TEXTS.text("size.unknown"), TEXTS.text("size.unknown")));
    }

    private void show(List<Fact> known, String own, String closure) {
        List<Fact> all = new ArrayList<>(known);
        all.add(new Fact("installed-size", own));
        all.add(new Fact("closure-size", closure));
        facts.set(List.copyOf(all));
    }

    private static String text(OptionalLong size) {
        return size.isPresent() ? ByteSizes.text(size.getAsLong()) : TEXTS.text("size.unknown");
    }
}
