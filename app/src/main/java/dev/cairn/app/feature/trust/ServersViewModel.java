// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.trust;

import dev.cairn.app.task.Failure;
import dev.cairn.app.task.Tasks;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.SubstituteUrls;
import dev.cairn.ui.l10n.Messages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** The servers of substitutes in their order, and how they answered when the user had them asked. */
final class ServersViewModel {
    private static final Messages TEXTS = Messages.of("trust");

    private final TrustViewModel trust;
    private final TrustActions actions;
    private final Tasks tasks;
    private final Map<String, Health> health = new HashMap<>();
    private final ReadOnlyObjectWrapper<List<Row>> rows = new ReadOnlyObjectWrapper<>(List.of());
    private final StringProperty address = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");

    ServersViewModel(TrustViewModel trust, TrustActions actions, Tasks tasks) {
        this.trust = trust;
        this.actions = actions;
        this.tasks = tasks;
        trust.shownProperty().subscribe(this::publish);
        address.subscribe(() -> problem.set(""));
    }

    /** How a server does. */
    enum State {
        UNKNOWN,
        ASKING,
        FINE,
        PROBLEM
    }

    /** What is known of it. @param about a sentence on it; may be empty */
    private record Health(State state, String about) {
        static final Health UNKNOWN = new Health(State.UNKNOWN, "");
    }

    /**
     * A server.
     *
     * @param keys what the keys are called that signed its items, as far as that is known
     */
    record Row(String url, State state, String about, List<String> keys, boolean first, boolean last) {}

    ReadOnlyObjectProperty<List<Row>> rowsProperty() {
        return rows.getReadOnlyProperty();
    }

    /** The address of one to be added. */
    StringProperty addressProperty() {
        return address;
    }

    /** Why it cannot be added; empty while nothing is known to be wrong. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Adds the server whose address was typed, as the last one. */
    void add() {
        String typed = address.get();
        String url = typed.strip().replaceFirst("/+$", "");
        Optional<String> wrong = wrong(url);
        if (wrong.isPresent()) {
            problem.set(wrong.get());
            return;
        }
        List<String> urls = new ArrayList<>(urls());
        urls.add(url);
        trust.change(
                () -> actions.setServers(urls),
                () -> {
                    // Unless something else was typed meanwhile.
                    if (address.get().equals(typed)) {
                        address.set("");
                    }
                },
                failure -> problem.set(Failure.sentences(failure.message(), failure.hint())));
    }

    private Optional<String> wrong(String url) {
        try {
            return SubstituteUrls.lists(urls(), SubstituteUrls.address(url))
                    ? Optional.of(TEXTS.text("server.problem.twice"))
                    : Optional.empty();
        } catch (DaemonException e) {
            return Optional.of(Failure.sentences(e.getMessage(), e.hint()));
        }
    }

    /** Takes a server off the list; can be undone. */
    void remove(Row row) {
        List<String> before = urls();
        List<String> after = before.stream().filter(url -> !url.equals(row.url())).toList();
        set(after, () -> trust.say(TEXTS.text("toast.server.removed", row.url()), () -> set(before, () -> {})));
    }

    /** Has it asked earlier, or later. */
    void move(Row row, int by) {
        List<String> urls = new ArrayList<>(urls());
        int from = urls.indexOf(row.url());
        int to = from + by;
        if (from >= 0 && to >= 0 && to < urls.size()) {
            Collections.swap(urls, from, to);
            set(urls, () -> {});
        }
    }

    private void set(List<String> urls, Runnable done) {
        trust.change(() -> actions.setServers(urls), done, failure -> trust.warn("problem.servers", failure));
    }

    /** Asks it whether it is there. */
    void check(Row row) {
        String url = row.url();
        know(url, new Health(State.ASKING, ""));
        tasks.run(
                () -> actions.ask(url),
                answer -> know(
                        url,
                        answer.usable()
                                ? new Health(State.FINE, TEXTS.text("server.fine"))
                                : new Health(State.PROBLEM, TEXTS.text("server.other", answer.says()))),
                exception -> {
                    Failure failure = Failure.of(exception);
                    know(url, new Health(State.PROBLEM, Failure.sentences(failure.message(), failure.hint())));
                });
    }

    /** Asks it for its key, and offers to believe that. */
    void offerKey(Row row) {
        trust.addKeyOf(row.url());
    }

    private void know(String url, Health found) {
        health.put(url, found);
        publish();
    }

    private List<String> urls() {
        return trust.shownProperty().get().flatMap(TrustSnapshot::servers).orElse(List.of());
    }

    private void publish() {
        List<String> urls = urls();
        List<Row> all = new ArrayList<>();
        for (int i = 0; i < urls.size(); i++) {
            String url = urls.get(i);
            Health known = health.getOrDefault(url, Health.UNKNOWN);
            all.add(new Row(url, known.state(), known.about(), keys(url), i == 0, i == urls.size() - 1));
        }
        rows.set(List.copyOf(all));
    }

    private List<String> keys(String url) {
        return trust.shownProperty().get().flatMap(TrustSnapshot::keys).orElse(List.of()).stream()
                .filter(believed -> believed.servers().contains(url))
                .map(believed -> TrustViewModel.called(believed.key(), believed.name()))
                .toList();
    }
}
