// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.sources;

import dev.cairn.app.channel.ChannelsModel;
import dev.cairn.app.channel.GuixOffer;
import dev.cairn.app.channel.GuixWish;
import dev.cairn.app.operation.Operation;
import dev.cairn.app.task.Failure;
import dev.cairn.app.task.Tasks;
import dev.cairn.channel.guix.GuixSource;
import dev.cairn.ui.l10n.Messages;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** What the user types to add a channel, and what is wrong with it. */
public final class AddSourceViewModel {
    private static final Messages TEXTS = Messages.of("sources");

    private final ChannelsModel channels;
    private final BooleanProperty open;
    private final ObjectProperty<Kind> kind = new SimpleObjectProperty<>(Kind.ARCHIVE);
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty source = new SimpleStringProperty("");
    private final StringProperty service = new SimpleStringProperty("");
    private final StringProperty branch = new SimpleStringProperty("");
    private final StringProperty commit = new SimpleStringProperty("");
    private final BooleanProperty farms = new SimpleBooleanProperty(false);
    private final ListedGuixViewModel list;
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final BooleanBinding complete;

    /** Where packages come from. */
    enum Kind {
        /** An archive of Debian's kind, or a folder. */
        ARCHIVE,
        /** GNU Guix as its project serves it. */
        GUIX,
        /** Guix's packages, as another service lists them. */
        SERVICE,
        /** Guix's packages, as a list of channels names them. */
        FILE
    }

    /** @param open whether the sheet is open; closed here once the channel is added */
    public AddSourceViewModel(ChannelsModel channels, BooleanProperty open, Tasks tasks) {
        this.channels = channels;
        this.open = open;
        this.list = new ListedGuixViewModel(channels, service, tasks);
        this.complete = Bindings.createBooleanBinding(
                this::isComplete, kind, name, source, service, branch, list.listedProperty());
        open.subscribe(now -> {
            if (now) {
                begin();
            }
        });
        for (StringProperty text : new StringProperty[] {name, source, service, branch, commit}) {
            text.subscribe(() -> problem.set(""));
        }
        farms.subscribe(() -> problem.set(""));
        list.fileProperty().subscribe(() -> problem.set(""));
        kind.subscribe(this::chosen);
    }

    private void begin() {
        kind.set(Kind.ARCHIVE);
        name.set("");
        source.set("");
        service.set("");
        branch.set("");
        commit.set("");
        list.fileProperty().set("");
        farms.set(false);
        problem.set("");
    }

    private void chosen(Kind now) {
        GuixOffer offer = offer();
        problem.set("");
        if (now == Kind.GUIX || now == Kind.FILE && service.get().isBlank()) {
            service.set(offer.service());
        } else if (now == Kind.SERVICE && service.get().equals(offer.service())) {
            service.set("");
        }
        if (now != Kind.ARCHIVE && branch.get().isBlank()) {
            branch.set(offer.branch());
        }
        if ((now == Kind.GUIX || now == Kind.FILE) && name.get().isBlank()) {
            name.set(offer.name());
        }
    }

    /** What can be offered of GNU Guix. */
    GuixOffer offer() {
        return channels.guixOffer();
    }

    ObjectProperty<Kind> kindProperty() {
        return kind;
    }

    StringProperty nameProperty() {
        return name;
    }

    StringProperty sourceProperty() {
        return source;
    }

    /** The address of a Data Service. */
    StringProperty serviceProperty() {
        return service;
    }

    StringProperty branchProperty() {
        return branch;
    }

    /** The commit to stay at; empty to follow the branch. */
    StringProperty commitProperty() {
        return commit;
    }

    /** The list of channels to add from. */
    ListedGuixViewModel list() {
        return list;
    }

    /** Whether the service is that of Guix's project, whose farms are known. */
    BooleanBinding knownServiceProperty() {
        return Bindings.createBooleanBinding(() -> service.get().strip().equals(offer().service()), service);
    }

    /** Whether the farms that build Guix's packages are to be asked and believed, too. */
    BooleanProperty farmsProperty() {
        return farms;
    }

    /** Why it cannot be added, and what to do; empty while nothing is known to be wrong. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Whether there is something in every field that needs it. */
    BooleanBinding completeProperty() {
        return complete;
    }

    private boolean isComplete() {
        return !name.get().isBlank()
                && switch (kind.get()) {
                    case ARCHIVE -> !source.get().isBlank();
                    case GUIX, SERVICE -> !service.get().isBlank() && !branch.get().isBlank();
                    case FILE -> list.listedProperty().get().isPresent();
                };
    }

    void cancel() {
        open.set(false);
    }

    /** Adds the channel and fetches it; the sheet stays open, with the reason, where it cannot be added. */
    void add() {
        if (!complete.get()) {
            return;
        }
        String wanted = name.get().strip();
        Operation adding = channels.change(TEXTS.text("operation.add", wanted), change(wanted));
        boolean folder = kind.get() == Kind.ARCHIVE && source.get().strip().startsWith("/");
        adding.stateProperty().subscribe(state -> {
            if (state == Operation.State.SUCCEEDED) {
                open.set(false);
                if (!folder) {
                    channels.fetch(TEXTS.text("operation.fetch", wanted), Optional.of(wanted));
                }
            } else if (state == Operation.State.FAILED) {
                adding.failureProperty()
                        .get()
                        .ifPresent(failure -> problem.set(Failure.sentences(failure.message(), failure.hint())));
            }
        });
    }

    /** The change that adds just what is shown now. */
    private ChannelsModel.Change change(String wanted) {
        return switch (kind.get()) {
            case ARCHIVE -> {
                String from = source.get().strip();
                yield actions -> actions.add(wanted, from);
            }
            case GUIX, SERVICE -> {
                GuixWish wish = wish();
                yield actions -> actions.addGuix(wanted, wish);
            }
            case FILE -> {
                GuixSource listed = list.listedProperty().get().orElseThrow().source();
                boolean believed = knownServiceProperty().get() && farms.get();
                yield actions -> actions.addListed(wanted, listed, believed);
            }
        };
    }

    private GuixWish wish() {
        return new GuixWish(
                service.get().strip(),
                branch.get().strip(),
                Optional.of(commit.get().strip()).filter(text -> !text.isEmpty()),
                kind.get() == Kind.GUIX && farms.get());
    }
}
