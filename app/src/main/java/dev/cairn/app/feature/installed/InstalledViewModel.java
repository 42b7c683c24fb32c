// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.installed;

import dev.cairn.app.feature.preview.PreviewViewModel;
import dev.cairn.app.profile.Installed;
import dev.cairn.app.profile.ProfileModel;
import dev.cairn.app.profile.UpgradesModel;
import dev.cairn.app.shell.Intent;
import dev.cairn.app.shell.Navigator;
import dev.cairn.app.shell.SectionId;
import dev.cairn.app.task.Failure;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.ui.l10n.Messages;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** The packages of the profile by name, each with its outputs and what upgrading would make of it. */
public final class InstalledViewModel {
    private static final Messages TEXTS = Messages.of("installed");

    private final ProfileModel profile;
    private final UpgradesModel upgrades;
    private final PreviewViewModel preview;
    private final Navigator navigator;
    private final ReadOnlyObjectWrapper<List<Row>> rows = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper(true);

    public InstalledViewModel(
            ProfileModel profile, UpgradesModel upgrades, PreviewViewModel preview, Navigator navigator) {
        this.profile = profile;
        this.upgrades = upgrades;
        this.preview = preview;
        this.navigator = navigator;
        profile.installedProperty().subscribe(this::publish);
        profile.knownProperty().subscribe(this::publish);
        profile.failureProperty().subscribe(this::publish);
        upgrades.upgradesProperty().subscribe(this::publish);
        profile.pendingProperty().subscribe(this::publish);
        publish();
    }

    /**
     * An installed package.
     *
     * @param outputs joined by commas, when there is more than {@code out}; else empty
     * @param newer the version that upgrading gives
     * @param changing whether something is being done to it now
     */
    record Row(String name, String version, String outputs, Optional<String> newer, boolean changing) {}

    ReadOnlyObjectProperty<List<Row>> rowsProperty() {
        return rows.getReadOnlyProperty();
    }

    /** How many packages there are, and in which generation. */
    public ReadOnlyStringProperty subtitleProperty() {
        return subtitle.getReadOnlyProperty();
    }

    /** Whether it is known that nothing is installed. */
    public ReadOnlyBooleanProperty emptyProperty() {
        return empty.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
        return profile.failureProperty();
    }

    void refresh() {
        profile.refresh();
    }

    void remove(Row row) {
        if (!row.changing()) {
            preview.remove(row.name());
        }
    }

    void upgrade(Row row) {
        if (!row.changing()) {
            preview.upgrade(row.name());
        }
    }

    void open(Row row) {
        navigator.show(new Intent.ShowPackage(row.name()));
    }

    void findPackages() {
        navigator.show(SectionId.PACKAGES);
    }

    private void publish() {
        Installed installed = profile.installed();
        boolean failed = profile.failureProperty().get().isPresent();
        TreeMap<String, List<ManifestEntry>> byName = installed.entries().stream()
                .collect(Collectors.groupingBy(
                        ManifestEntry::name,
                        () -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER.thenComparing(String::compareTo)),
                        Collectors.toList()));
        rows.set(byName.entrySet().stream().map(e -> row(e.getKey(), e.getValue())).toList());
        loading.set(!profile.knownProperty().get() && !failed);
        empty.set(profile.knownProperty().get() && !failed && byName.isEmpty());
        subtitle.set(byName.isEmpty()
                ? ""
                : TEXTS.text("subtitle", byName.size(), Integer.toString(installed.generation())));
    }

    private Row row(String name, List<ManifestEntry> entries) {
        String outputs = entries.stream().map(ManifestEntry::output).sorted().collect(Collectors.joining(", "));
        return new Row(
                name,
                entries.getFirst().version(),
                outputs.equals("out") ? "" : outputs,
                upgrades.of(name).map(change -> change.entry().version()),
                profile.pending(name).isPresent());
    }
}
