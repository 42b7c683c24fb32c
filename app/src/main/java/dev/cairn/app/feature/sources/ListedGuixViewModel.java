// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.sources;

import dev.cairn.app.channel.ChannelsModel;
import dev.cairn.app.channel.ListedGuix;
import dev.cairn.app.task.Failure;
import dev.cairn.app.task.Latest;
import dev.cairn.app.task.Tasks;
import dev.cairn.channel.guix.definition.ChannelDefinition;
import dev.cairn.channel.guix.definition.Introduction;
import dev.cairn.ui.l10n.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** The list of channels that the user names, and what it says: read anew whenever the user names another. */
final class ListedGuixViewModel {
    private static final Messages TEXTS = Messages.of("sources");

    private final ChannelsModel channels;
    private final StringProperty service;
    private final Latest reading;
    private final StringProperty file = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Optional<ListedGuix>> listed = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");

    /** @param service the address of the service that is to be asked for what the list names */
    ListedGuixViewModel(ChannelsModel channels, StringProperty service, Tasks tasks) {
        this.channels = channels;
        this.service = service;
        this.reading = new Latest(tasks);
        file.subscribe(this::read);
        service.subscribe(this::read);
    }

    /** A line of what is shown of it. @param id such as {@code commit} */
    record Fact(String id, String label, String value) {}

    /** The name of the file; empty where none was chosen. */
    StringProperty fileProperty() {
        return file;
    }

    /** What the list says, once it could be read. */
    ReadOnlyObjectProperty<Optional<ListedGuix>> listedProperty() {
        return listed.getReadOnlyProperty();
    }

    /** Why it cannot be used, and what to do; empty while nothing is known to be wrong. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    private void read() {
        reading.forget();
        problem.set("");
        listed.set(Optional.empty());
        String name = file.get().strip();
        String from = service.get().strip();
        if (name.isEmpty() || from.isEmpty()) {
            return;
        }
        reading.run(
                () -> channels.readList(name, from),
                found -> listed.set(Optional.of(found)),
                exception -> {
                    Failure failure = Failure.of(exception);
                    problem.set(Failure.sentences(failure.message(), failure.hint()));
                });
    }

    /** What would be added, line by line. */
    static List<Fact> facts(ListedGuix listed) {
        ChannelDefinition guix = listed.guix();
        List<Fact> facts = new ArrayList<>();
        facts.add(fact("name", guix.name()));
        facts.add(fact("url", guix.url()));
        facts.add(fact("branch", guix.branch().orElseGet(() -> TEXTS.text("listed.branch.none"))));
        facts.add(fact(
                "commit",
                guix.commit().orElseGet(() -> TEXTS.text("listed.commit.none", listed.source().branch()))));
        facts.add(fact(
                "introduction",
                guix.introduction()
                        .map(ListedGuixViewModel::text)
                        .orElseGet(() -> TEXTS.text("listed.introduction.none"))));
        return facts;
    }

    private static Fact fact(String id, String value) {
        return new Fact(id, TEXTS.text("listed." + id), value);
    }

    private static String text(Introduction introduction) {
        return TEXTS.text("listed.introduction.of", introduction.commit(), introduction.signer().toString());
    }

    /** What of the list is left out. */
    static List<String> leftOut(ListedGuix listed) {
        return listed.others().stream()
                .map(other -> TEXTS.text("listed.other", other.name(), other.url()))
                .toList();
    }
}
