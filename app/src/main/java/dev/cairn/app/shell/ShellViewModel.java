// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import dev.cairn.app.channel.ChannelsModel;
import dev.cairn.app.operation.Operation;
import dev.cairn.app.operation.Operations;
import dev.cairn.app.profile.ProfileModel;
import dev.cairn.ui.l10n.Messages;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;

/** The window without its looks: which section is shown, whether the drawer is open, what is told to the user. */
public final class ShellViewModel implements Navigator {
    /** Below this width the rail shows icons only. */
    public static final double NARROW = 1000;

    private static final Messages TEXTS = Messages.of("shell");

    private final List<Section> sections;
    private final Operations operations;
    private final ProfileModel profile;
    private final ChannelsModel channels;
    private final ReadOnlyObjectWrapper<Section> current;
    private final BooleanProperty drawer = new SimpleBooleanProperty();
    private final DoubleProperty drawerHeight = new SimpleDoubleProperty();
    private final BooleanProperty shortcuts = new SimpleBooleanProperty();
    private final BooleanProperty closing = new SimpleBooleanProperty();
    private Runnable whenClosed = () -> {};
    private final ObjectProperty<Theme> theme;
    private final ToastsViewModel toasts;

    /** @param sections at least one */
    public ShellViewModel(
            List<Section> sections,
            Operations operations,
            ProfileModel profile,
            ChannelsModel channels,
            ToastsViewModel toasts,
            ObjectProperty<Theme> theme,
            WindowState state) {
        this.sections = sections.stream()
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
        this.operations = operations;
        this.profile = profile;
        this.channels = channels;
        this.toasts = toasts;
        this.theme = theme;
        this.current = new ReadOnlyObjectWrapper<>(find(state.section()).orElse(this.sections.getFirst()));
        drawer.set(state.drawer());
        drawerHeight.set(state.drawerHeight());
        profile.whenChanged(this::changed);
        operations.whenFailed(this::failed);
        // There is nothing left to ask about once it has ended.
        operations.currentProperty().subscribe(current -> closing.set(closing.get() && current.isPresent()));
    }

    /** In the order of the rail. */
    public List<Section> sections() {
        return sections;
    }

    public Operations operations() {
        return operations;
    }

    public ToastsViewModel toasts() {
        return toasts;
    }

    public ReadOnlyObjectProperty<Section> currentProperty() {
        return current.getReadOnlyProperty();
    }

    /** Whether the activity drawer is open. */
    public BooleanProperty drawerProperty() {
        return drawer;
    }

    public DoubleProperty drawerHeightProperty() {
        return drawerHeight;
    }

    /** Whether the overview of keys is open. */
    public BooleanProperty shortcutsProperty() {
        return shortcuts;
    }

    public ObjectProperty<Theme> themeProperty() {
        return theme;
    }

    @Override
    public boolean has(SectionId section) {
        return find(section).isPresent();
    }

    @Override
    public void show(SectionId section) {
        find(section).ifPresent(found -> {
            current.set(found);
            found.shown();
        });
    }

    @Override
    public void show(Intent intent) {
        find(intent.section()).ifPresent(found -> {
            show(found.id());
            found.open(intent);
        });
    }

    /** Puts the keyboard into the search field, that of the packages where the section has none. */
    public void search() {
        if (!current.get().search() && has(SectionId.PACKAGES)) {
            show(SectionId.PACKAGES);
            current.get().search();
        }
    }

    /** Reads everything again that somebody else may have changed: the profile, channels, what the section shows. */
    public void refresh() {
        profile.refresh();
        channels.reread();
        current.get().refresh();
    }

    /** Whether the window is asking whether to close although something runs. */
    public BooleanProperty closingProperty() {
        return closing;
    }

    /** Whether the window may close at once; where something runs, it asks first. */
    public boolean mayClose() {
        closing.set(operations.currentProperty().get().isPresent());
        return !closing.get();
    }

    /** What closes the window. */
    public void whenClosed(Runnable action) {
        whenClosed = action;
    }

    /** Closes the window; what runs is cancelled with it. */
    void closeAnyway() {
        closing.set(false);
        whenClosed.run();
    }

    public void toggleDrawer() {
        drawer.set(!drawer.get());
    }

    /** Takes back what the section is about to do, else switches back to the generation before the last change. */
    public void undo() {
        if (!current.get().undo()) {
            undoChange();
        }
    }

    private void undoChange() {
        if (profile.canUndo()) {
            profile.undo(TEXTS.text("undo.title"), TEXTS.text("undo.done"));
        } else {
            toasts.say(TEXTS.text("toast.nothing.to.undo"));
        }
    }

    /** The command line that does what is selected, after telling that it was copied. */
    public Optional<String> copyCommand() {
        Optional<String> command = current.get().command();
        command.ifPresent(text -> toasts.say(TEXTS.text("toast.copied", text)));
        return command;
    }

    private void changed(ProfileModel.Done done) {
        String text = TEXTS.text("toast.changed", done.what(), Integer.toString(done.after()));
        toasts.say(
                text,
                done.before() == done.after()
                        ? List.of()
                        : List.of(new ToastsViewModel.Action(TEXTS.text("toast.undo"), this::undoChange)));
        current.get().shown();
    }

    private void failed(Operation operation) {
        toasts.warn(
                TEXTS.text("toast.failed", operation.title()),
                operation.failureProperty().get().map(failure -> failure.message()).orElse(""),
                List.of(
                        new ToastsViewModel.Action(TEXTS.text("toast.log"), () -> drawer.set(true)),
                        new ToastsViewModel.Action(TEXTS.text("activity.retry"), operation::retry)));
    }

    private Optional<Section> find(SectionId id) {
        return sections.stream().filter(section -> section.id() == id).findFirst();
    }
}
