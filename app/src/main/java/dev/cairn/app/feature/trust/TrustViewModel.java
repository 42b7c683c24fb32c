// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.trust;

import dev.cairn.app.shell.ToastsViewModel;
import dev.cairn.app.task.Failure;
import dev.cairn.app.task.Latest;
import dev.cairn.app.task.Tasks;
import dev.cairn.app.task.Work;
import dev.cairn.error.CairnException;
import dev.cairn.ui.l10n.Messages;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;

/** Whose signatures are believed, and what can be done about that. Lives on the user interface's thread. */
public final class TrustViewModel {
    private static final Messages TEXTS = Messages.of("trust");

    private final TrustActions actions;
    private final ToastsViewModel toasts;
    private final Tasks tasks;
    private final Latest reading;
    private final ServersViewModel servers;
    private final AddKeyViewModel adding;
    private final ReadOnlyObjectWrapper<Optional<TrustSnapshot>> shown =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Failure>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper(true);
    private final ReadOnlyBooleanWrapper writable = new ReadOnlyBooleanWrapper(false);
    private final List<Runnable> whenChanged = new ArrayList<>();
    private final BooleanProperty addOpen = new SimpleBooleanProperty(false);

    public TrustViewModel(TrustActions actions, ToastsViewModel toasts, Tasks tasks) {
        this.actions = actions;
        this.toasts = toasts;
        this.tasks = tasks;
        this.reading = new Latest(tasks);
        this.servers = new ServersViewModel(this, actions, tasks);
        this.adding = new AddKeyViewModel(this, actions, tasks);
    }

    /** Adds somebody to be told when others are believed, or other servers are asked, than before. */
    public void whenChanged(Runnable listener) {
        whenChanged.add(listener);
    }

    /** How things are, as last read. */
    ReadOnlyObjectProperty<Optional<TrustSnapshot>> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    /** How many keys and servers there are. */
    public ReadOnlyStringProperty subtitleProperty() {
        return subtitle.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /** Whether anything can be changed here. */
    public ReadOnlyBooleanProperty writableProperty() {
        return writable.getReadOnlyProperty();
    }

    /** Whether the sheet for adding a key is open. */
    public BooleanProperty addingProperty() {
        return addOpen;
    }

    public AddKeyViewModel adding() {
        return adding;
    }

    ServersViewModel servers() {
        return servers;
    }

    /** Reads how things are now. */
    public void reload() {
        reading.run(actions::read, this::show, this::failed);
    }

    void add() {
        adding.begin();
        addOpen.set(true);
    }

    /** Asks a server for its key, and offers to believe it. */
    void addKeyOf(String server) {
        adding.beginWith(server);
        addOpen.set(true);
    }

    boolean isBelieved(SignerKey key) {
        return shown.get()
                .flatMap(TrustSnapshot::keys)
                .filter(keys -> keys.stream().anyMatch(believed -> believed.key().equals(key)))
                .isPresent();
    }

    void believe(SignerKey key, String name, Runnable done, Consumer<Failure> refused) {
        change(
                () -> actions.believe(key, name),
                () -> {
                    done.run();
                    addOpen.set(false);
                    toasts.say(
                            TEXTS.text("toast.believed", called(key, name)),
                            List.of(new ToastsViewModel.Action(TEXTS.text("undo"), () -> revokeAgain(key))));
                },
                refused);
    }

    /** Believes a key no more; can be undone. */
    void revoke(TrustSnapshot.Believed believed) {
        SignerKey key = believed.key();
        change(
                () -> actions.revoke(key),
                () -> toasts.say(
                        TEXTS.text("toast.revoked", called(key, believed.name())),
                        List.of(new ToastsViewModel.Action(
                                TEXTS.text("undo"), () -> believeAgain(key, believed.name())))),
                problem -> warn("problem.revoke", problem));
    }

    private void revokeAgain(SignerKey key) {
        change(() -> actions.revoke(key), () -> {}, problem -> warn("problem.revoke", problem));
    }

    private void believeAgain(SignerKey key, String name) {
        change(() -> actions.believe(key, name), () -> {}, problem -> warn("problem.believe", problem));
    }

    void makeOwnKey() {
        change(
                actions::makeOwnKey,
                () -> toasts.say(TEXTS.text("toast.made")),
                problem -> warn("problem.make", problem));
    }

    /** One change. */
    @FunctionalInterface
    interface Change {
        void apply() throws CairnException;
    }

    /** Makes a change and shows what came of it. */
    void change(Change change, Runnable done, Consumer<Failure> refused) {
        Work<TrustSnapshot> work = () -> {
            change.apply();
            return actions.read();
        };
        tasks.run(
                work,
                snapshot -> {
                    // What was read meanwhile may be from before.
                    reading.forget();
                    show(snapshot);
                    whenChanged.forEach(Runnable::run);
                    done.run();
                },
                exception -> refused.accept(Failure.of(exception)));
    }

    void warn(String key, Failure problem) {
        toasts.warn(TEXTS.text(key), Failure.sentences(problem.message(), problem.hint()), List.of());
    }

    void say(String text, Runnable undo) {
        toasts.say(text, List.of(new ToastsViewModel.Action(TEXTS.text("undo"), undo)));
    }

    /** How a key is called where there is no room for its fingerprint. */
    static String called(SignerKey key, String name) {
        if (!name.isBlank()) {
            return name.strip();
        }
        return key.name().isEmpty() ? TEXTS.text("key.short", key.fingerprint().substring(0, 8)) : key.name();
    }

    /** Who a server is, without how it is reached. */
    static String host(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getHost()).orElse(url);
        } catch (IllegalArgumentException _) {
            return url;
        }
    }

    private void show(TrustSnapshot snapshot) {
        loading.set(false);
        failure.set(Optional.empty());
        writable.set(snapshot.access() instanceof TrustSnapshot.Access.Writable);
        subtitle.set(snapshot.keys()
                .map(keys -> TEXTS.text("subtitle", keys.size()))
                .orElse(TEXTS.text("subtitle.unknown")));
        shown.set(Optional.of(snapshot));
    }

    private void failed(CairnException exception) {
        loading.set(false);
        shown.set(Optional.empty());
        subtitle.set("");
        writable.set(false);
        failure.set(Optional.of(Failure.of(exception)));
    }
}
