// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.profile;

import dev.cairn.app.task.Failure;
import dev.cairn.app.task.Latest;
import dev.cairn.app.task.Running;
import dev.cairn.app.task.Tasks;
import dev.cairn.transaction.Change;
import dev.cairn.transaction.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * Which installed packages can be upgraded: looked for anew after each change of the profile, without asking any
 * server. Lives on the user interface's thread.
 */
public final class UpgradesModel {
    /** So that the first frame and the first search do not wait for it. */
    private static final Duration DELAY = Duration.ofMillis(400);

    private final ProfileModel profile;
    private final Tasks tasks;
    private final InstantSource clock;
    private final Latest looking;
    private final ReadOnlyObjectWrapper<List<Change.Upgraded>> upgrades = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Along> along = new ReadOnlyObjectWrapper<>(Along.NOTHING);
    private final ReadOnlyObjectWrapper<Optional<Instant>> checked = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Failure>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(false);
    private Running soon = Running.NOTHING;

    /**
     * What changes because of others.
     *
     * @param upgraded packages that come along in another version
     * @param rebuilt names of installed packages that stay in their version but are made again
     */
    public record Along(List<Change.Upgraded> upgraded, List<String> rebuilt) {
        static final Along NOTHING = new Along(List.of(), List.of());

        public Along {
            upgraded = List.copyOf(upgraded);
            rebuilt = List.copyOf(rebuilt);
        }
    }

    public UpgradesModel(ProfileModel profile, Tasks tasks, InstantSource clock) {
        this.profile = profile;
        this.tasks = tasks;
        this.clock = clock;
        this.looking = new Latest(tasks);
        profile.installedProperty().subscribe((_, _) -> checkSoon());
        // An empty profile is no change from the one that is assumed before the first reading.
        profile.knownProperty().subscribe((_, _) -> checkSoon());
    }

    /** Top-level packages that would change, in the order of a plan. */
    public ReadOnlyObjectProperty<List<Change.Upgraded>> upgradesProperty() {
        return upgrades.getReadOnlyProperty();
    }

    /** What else would change, such as a library that several of them need; it cannot be upgraded by itself. */
    public ReadOnlyObjectProperty<Along> alongProperty() {
        return along.getReadOnlyProperty();
    }

    /** When that was found out; empty before the first time. */
    public ReadOnlyObjectProperty<Optional<Instant>> checkedProperty() {
        return checked.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** What a package would become. */
    public Optional<Change.Upgraded> of(String name) {
        return upgrades.get().stream()
                .filter(change -> change.entry().name().equals(name))
                .findFirst();
    }

    /** Asks now. */
    public void check() {
        if (profile.installed().entries().isEmpty()) {
            looking.forget();
            busy.set(false);
            found(List.of(), Along.NOTHING);
            return;
        }
        busy.set(true);
        looking.run(
                profile.actions()::upgrades,
                outlook -> {
                    busy.set(false);
                    found(upgraded(outlook, false), new Along(upgraded(outlook, true), outlook.rebuilt()));
                },
                exception -> {
                    busy.set(false);
                    failure.set(Optional.of(Failure.of(exception)));
                });
    }

    private void checkSoon() {
        soon.cancel();
        soon = tasks.after(DELAY, this::check);
    }

    private static List<Change.Upgraded> upgraded(Outlook outlook, boolean along) {
        return outlook.changes().stream()
                .filter(change -> change.reason().isEmpty() != along)
                .filter(Change.Upgraded.class::isInstance)
                .map(Change.Upgraded.class::cast)
                .toList();
    }

    private void found(List<Change.Upgraded> asked, Along others) {
        failure.set(Optional.empty());
        along.set(others);
        upgrades.set(asked);
        checked.set(Optional.of(clock.instant()));
    }
}
