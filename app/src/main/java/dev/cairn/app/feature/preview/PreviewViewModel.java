// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.preview;

import dev.cairn.app.profile.ProfileModel;
import dev.cairn.app.task.Failure;
import dev.cairn.app.task.Latest;
import dev.cairn.app.task.Tasks;
import dev.cairn.packages.Specification;
import dev.cairn.transaction.Plan;
import dev.cairn.transaction.Request;
import dev.cairn.ui.l10n.Messages;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;

/** A change that the user thinks about: it is planned when proposed, shown, and applied or dropped. */
public final class PreviewViewModel {
    private static final Messages TEXTS = Messages.of("preview");

    private final ProfileModel profile;
    private final Latest planning;
    private final BooleanProperty open = new SimpleBooleanProperty();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper action = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Optional<PreviewContents>> contents =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Failure>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private List<Request> requests = List.of();
    private Optional<Plan> plan = Optional.empty();

    public PreviewViewModel(ProfileModel profile, Tasks tasks) {
        this.profile = profile;
        this.planning = new Latest(tasks);
        open.subscribe(now -> {
            if (!now) {
                planning.forget();
            }
        });
    }

    /** Whether the sheet is shown. */
    public BooleanProperty openProperty() {
        return open;
    }

    /** Whether the plan is being made. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Such as {@code Install hello}. */
    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /** What the button that applies says. */
    public ReadOnlyStringProperty actionProperty() {
        return action.getReadOnlyProperty();
    }

    /** What would happen, once it is planned. */
    public ReadOnlyObjectProperty<Optional<PreviewContents>> contentsProperty() {
        return contents.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /** Shows what installing, or bringing to this version, would do. */
    public void install(Specification specification) {
        propose("install", specification.toString(), new Request.Install(specification));
    }

    /** Shows what removing all outputs of a package would do. */
    public void remove(String name) {
        propose("remove", name, new Request.Remove(named(name)));
    }

    /** Shows what upgrading one package would do. */
    public void upgrade(String name) {
        propose("upgrade", name, new Request.Upgrade(Optional.of(named(name))));
    }

    /** Shows what upgrading everything would do. */
    public void upgradeAll() {
        propose("upgrade", TEXTS.text("everything"), new Request.Upgrade(Optional.empty()));
    }

    /** Shows what several requests together would do. */
    public void change(List<Request> several) {
        propose("change", Integer.toString(several.size()), several);
    }

    /** Plans the same with or without what the package recommends; the choice is remembered with it. */
    public void setRecommended(boolean wanted) {
        requests = requests.stream()
                .<Request>map(request -> request instanceof Request.Install(Specification specification, _)
                        ? new Request.Install(specification, Optional.of(wanted))
                        : request)
                .toList();
        plan();
    }

    /** Plans the same once more. */
    public void retry() {
        plan();
    }

    /** Does what is shown, as an operation, and closes the sheet. */
    public void apply() {
        plan.filter(ready -> !ready.isEmpty()).ifPresent(ready -> {
            open.set(false);
            profile.apply(title.get(), ready);
        });
    }

    public void cancel() {
        open.set(false);
    }

    private void propose(String verb, String what, Request request) {
        propose(verb, what, List.of(request));
    }

    private void propose(String verb, String what, List<Request> wanted) {
        requests = List.copyOf(wanted);
        title.set(TEXTS.text(verb + ".title", what));
        action.set(TEXTS.text(verb + ".action"));
        open.set(true);
        plan();
    }

    private void plan() {
        List<Request> wanted = requests;
        plan = Optional.empty();
        contents.set(Optional.empty());
        failure.set(Optional.empty());
        busy.set(true);
        planning.run(
                () -> profile.actions().plan(wanted),
                made -> {
                    busy.set(false);
                    plan = Optional.of(made);
                    contents.set(Optional.of(PreviewContents.of(made)));
                },
                exception -> {
                    busy.set(false);
                    failure.set(Optional.of(Failure.of(exception)));
                });
    }

    private static Specification named(String name) {
        return new Specification(name, Optional.empty(), Optional.empty());
    }
}
