// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.updates;

import dev.cairn.app.feature.preview.PreviewViewModel;
import dev.cairn.app.format.RelativeTimes;
import dev.cairn.app.profile.ProfileModel;
import dev.cairn.app.profile.UpgradesModel;
import dev.cairn.app.shell.Intent;
import dev.cairn.app.shell.Navigator;
import dev.cairn.app.task.Failure;
import dev.cairn.transaction.Change;
import dev.cairn.ui.l10n.Messages;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** What upgrading would change, package by package. */
public final class UpdatesViewModel {
    private static final Messages TEXTS = Messages.of("updates");

    private final ProfileModel profile;
    private final UpgradesModel upgrades;
    private final PreviewViewModel preview;
    private final Navigator navigator;
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<List<Row>> rows = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper upToDate = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper(true);

    public UpdatesViewModel(
            ProfileModel profile,
            UpgradesModel upgrades,
            PreviewViewModel preview,
            Navigator navigator,
            InstantSource clock) {
        this.profile = profile;
        this.upgrades = upgrades;
        this.preview = preview;
        this.navigator = navigator;
        this.clock = clock;
        upgrades.upgradesProperty().subscribe(this::publish);
        upgrades.alongProperty().subscribe(this::publish);
        upgrades.checkedProperty().subscribe(this::publish);
        upgrades.busyProperty().subscribe(this::publish);
        upgrades.failureProperty().subscribe(this::publish);
        profile.pendingProperty().subscribe(this::publish);
        publish();
    }

    /**
     * A package that upgrading would change.
     *
     * @param change both versions, or that it is built anew
     * @param own whether it can be upgraded by itself; what comes along cannot
     * @param changing whether something is being done to it now
     */
    record Row(String name, String change, boolean own, boolean changing) {}

    ReadOnlyObjectProperty<List<Row>> rowsProperty() {
        return rows.getReadOnlyProperty();
    }

    /** How many there are and when that was found out. */
    public ReadOnlyStringProperty subtitleProperty() {
        return subtitle.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty upToDateProperty() {
        return upToDate.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
        return upgrades.failureProperty();
    }

    void check() {
        upgrades.check();
    }

    /** Brings the time since the last check up to date. */
    void shown() {
        publish();
    }

    void upgradeAll() {
        preview.upgradeAll();
    }

    void upgrade(Row row) {
        preview.upgrade(row.name());
    }

    void open(Row row) {
        navigator.show(new Intent.ShowPackage(row.name()));
    }

    private void publish() {
        List<Row> all = new ArrayList<>();
        upgrades.upgradesProperty()
                .get()
                .forEach(change -> all.add(row(change.entry().name(), change(change), true)));
        UpgradesModel.Along along = upgrades.alongProperty().get();
        along.upgraded().forEach(change -> all.add(row(
                change.entry().name(), TEXTS.text("row.along", change(change), change.reason()), false)));
        if (all.isEmpty()) {
            // Else what changes is named already, and that these are made again follows from it.
            along.rebuilt().forEach(name -> all.add(row(name, TEXTS.text("row.again"), false)));
        }
        rows.set(List.copyOf(all));
        boolean failed = upgrades.failureProperty().get().isPresent();
        boolean checked = upgrades.checkedProperty().get().isPresent();
        loading.set(!failed && !checked);
        upToDate.set(checked && !failed && rows.get().isEmpty());
        subtitle.set(upgrades.busyProperty().get()
                ? TEXTS.text("checking")
                : upgrades.checkedProperty()
                        .get()
                        .map(time -> TEXTS.text(
                                "subtitle", rows.get().size(), RelativeTimes.text(time, clock.instant())))
                        .orElse(""));
    }

    private Row row(String name, String change, boolean own) {
        return new Row(name, change, own, profile.pending(name).isPresent());
    }

    private static String change(Change.Upgraded change) {
        String before = change.before().version();
        String after = change.entry().version();
        return before.equals(after) ? TEXTS.text("row.rebuilt", after) : TEXTS.text("row.change", before, after);
    }
}
