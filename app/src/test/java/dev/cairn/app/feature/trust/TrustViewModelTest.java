// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.shell.ToastsViewModel;
import dev.cairn.app.task.ManualTasks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrustViewModelTest {
    private static final String FARM = "https://farm.example.org";
    private static final String OTHER = "http://other.example.org:8080/cache";

    private final ManualTasks tasks = new ManualTasks();
    private final ToastsViewModel toasts = new ToastsViewModel(tasks);
    private final SignerKey farm = FakeTrust.newKey();
    private final FakeTrust actions = new FakeTrust().with("The farm", farm, FARM).asking(FARM, OTHER);
    private final TrustViewModel model = new TrustViewModel(actions, toasts, tasks);

    @BeforeEach
    void show() {
        model.reload();
        tasks.runAll();
    }

    @Test
    void showsKeysAndServers() {
        assertThat(model.subtitleProperty().get()).isEqualTo("1 key is believed");
        assertThat(model.loadingProperty().get()).isFalse();
        assertThat(model.servers().rowsProperty().get()).containsExactly(
                new ServersViewModel.Row(FARM, ServersViewModel.State.UNKNOWN, "", List.of("The farm"), true, false),
                new ServersViewModel.Row(OTHER, ServersViewModel.State.UNKNOWN, "", List.of(), false, true));
    }

    @Test
    void tellsWhyKeysCannotBeRead() {
        actions.failNext(FakeTrust.denied());
        model.reload();
        tasks.runAll();
        assertThat(model.failureProperty().get().orElseThrow().message()).isEqualTo("No permission for 'acl'");
        assertThat(model.shownProperty().get()).isEmpty();
        model.reload();
        tasks.runAll();
        assertThat(model.failureProperty().get()).isEmpty();
        assertThat(keys()).hasSize(1);
    }

    @Test
    void saysThatNothingCanBeChangedHere() {
        actions.locked("They are root's.", false);
        model.reload();
        tasks.runAll();
        assertThat(model.writableProperty().get()).isFalse();
        assertThat(model.subtitleProperty().get()).isEqualTo("The keys cannot be read");
        assertThat(model.shownProperty().get().orElseThrow().keys()).isEmpty();
    }

    @Test
    void revokesAndUndoes() {
        model.revoke(keys().getFirst());
        tasks.runAll();
        assertThat(keys()).isEmpty();
        ToastsViewModel.Toast toast = toasts.shown().getFirst();
        assertThat(toast.text()).contains("The farm").contains("stays");
        toast.actions().getFirst().run().run();
        tasks.runAll();
        assertThat(keys()).singleElement().satisfies(believed -> {
            assertThat(believed.key()).isEqualTo(farm);
            assertThat(believed.name()).isEqualTo("The farm");
        });
    }

    @Test
    void warnsWhenAKeyCouldNotBeRevoked() {
        actions.failNext(FakeTrust.denied());
        model.revoke(keys().getFirst());
        tasks.runAll();
        assertThat(toasts.shown()).singleElement().satisfies(toast -> {
            assertThat(toast.warning()).isTrue();
            assertThat(toast.detail()).isEqualTo("No permission for 'acl'. Ask root.");
        });
        assertThat(keys()).hasSize(1);
    }

    @Test
    void addsAPastedKeyAndUndoes() {
        SignerKey key = FakeTrust.newKey();
        model.add();
        AddKeyViewModel adding = model.adding();
        adding.textProperty().set("(public-key");
        assertThat(adding.problemProperty().get()).contains("cannot be read").contains("first parenthesis");
        assertThat(adding.keyProperty().get()).isEmpty();
        adding.confirm();
        assertThat(tasks.waiting()).isZero();
        adding.textProperty().set(key.text());
        assertThat(adding.problemProperty().get()).isEmpty();
        assertThat(adding.keyProperty().get()).contains(key);
        adding.nameProperty().set(" mine ");
        adding.confirm();
        assertThat(adding.busyProperty().get()).isTrue();
        tasks.runAll();
        assertThat(model.addingProperty().get()).isFalse();
        assertThat(keys().getFirst().name()).isEqualTo("mine");
        toasts.shown().getFirst().actions().getFirst().run().run();
        tasks.runAll();
        assertThat(keys()).extracting(TrustSnapshot.Believed::key).containsExactly(farm);
    }

    @Test
    void keepsTheSheetOpenWithTheReasonWhenAKeyCannotBeAdded() {
        model.add();
        model.adding().textProperty().set(FakeTrust.newKey().text());
        actions.failNext(FakeTrust.denied());
        model.adding().confirm();
        tasks.runAll();
        assertThat(model.addingProperty().get()).isTrue();
        assertThat(model.adding().problemProperty().get()).contains("Ask root.");
        assertThat(model.adding().busyProperty().get()).isFalse();
    }

    @Test
    void saysThatAKeyIsBelievedAlready() {
        model.add();
        model.adding().textProperty().set(farm.text());
        assertThat(model.adding().noteProperty().get()).contains("already");
    }

    @Test
    void takesTheTextOfAFile() {
        model.add();
        model.adding().load(Path.of("/some/where.pub"));
        tasks.runAll();
        assertThat(model.adding().textProperty().get()).isEqualTo("from /some/where.pub");
        assertThat(model.adding().problemProperty().get()).contains("no public key");
        actions.failNext(FakeTrust.denied());
        model.adding().load(Path.of("/secret"));
        tasks.runAll();
        assertThat(model.adding().problemProperty().get()).contains("No permission");
    }

    @Test
    void offersTheKeyThatAServerTells() {
        SignerKey key = FakeTrust.newKey();
        actions.offered.put(OTHER, key);
        model.servers().offerKey(model.servers().rowsProperty().get().getLast());
        assertThat(model.addingProperty().get()).isTrue();
        assertThat(model.adding().server()).contains(OTHER);
        assertThat(model.adding().busyProperty().get()).isTrue();
        tasks.runAll();
        assertThat(model.adding().keyProperty().get()).contains(key);
        assertThat(model.adding().nameProperty().get()).isEqualTo("other.example.org");
        assertThat(keys()).as("nothing is believed before the user says so").hasSize(1);
        model.adding().confirm();
        tasks.runAll();
        assertThat(keys()).hasSize(2);
    }

    @Test
    void saysThatAServerTellsNoKey() {
        model.servers().offerKey(model.servers().rowsProperty().get().getFirst());
        tasks.runAll();
        assertThat(model.adding().problemProperty().get()).contains("does not tell its key").contains("paste");
    }

    @Test
    void dropsTheAnswerOfAServerWhoseSheetWasClosed() {
        actions.offered.put(OTHER, FakeTrust.newKey());
        model.servers().offerKey(model.servers().rowsProperty().get().getLast());
        model.adding().cancel();
        model.add();
        tasks.runAll();
        assertThat(model.adding().textProperty().get()).isEmpty();
        assertThat(model.adding().server()).isEmpty();
    }

    @Test
    void makesTheStoresOwnKey() {
        model.makeOwnKey();
        tasks.runAll();
        assertThat(model.shownProperty().get().orElseThrow().own()).isPresent();
        actions.failNext(FakeTrust.denied());
        model.makeOwnKey();
        tasks.runAll();
        assertThat(toasts.shown().getLast().text()).isEqualTo("No key was made");
    }

    @Test
    void addsMovesAndRemovesServers() {
        ServersViewModel servers = model.servers();
        servers.addressProperty().set(" file:///srv/cache/ ");
        servers.add();
        tasks.runAll();
        assertThat(urls()).containsExactly(FARM, OTHER, "file:///srv/cache");
        assertThat(servers.addressProperty().get()).isEmpty();
        servers.move(servers.rowsProperty().get().getLast(), -1);
        tasks.runAll();
        assertThat(urls()).containsExactly(FARM, "file:///srv/cache", OTHER);
        servers.move(servers.rowsProperty().get().getFirst(), -1);
        tasks.runAll();
        assertThat(urls()).first().isEqualTo(FARM);
        servers.remove(servers.rowsProperty().get().getFirst());
        tasks.runAll();
        assertThat(urls()).containsExactly("file:///srv/cache", OTHER);
        toasts.shown().getFirst().actions().getFirst().run().run();
        tasks.runAll();
        assertThat(urls()).containsExactly(FARM, "file:///srv/cache", OTHER);
    }

    @Test
    void refusesWhatIsNoAddressOrThereAlready() {
        for (String bad : List.of("farm", "ftp://x.org", "http://", "https://x.org/?q", "file:relative", "http://a b",
                "http://me:secret@x.org", "https://x.org/#a", "file://host/folder")) {
            model.servers().addressProperty().set(bad);
            model.servers().add();
            assertThat(model.servers().problemProperty().get()).as(bad).contains("no address of a server");
        }
        for (String known : List.of(FARM + "/", FARM + "?priority=3", FARM + "/?priority=3")) {
            model.servers().addressProperty().set(known);
            model.servers().add();
            assertThat(model.servers().problemProperty().get()).as(known).contains("on the list already");
        }
        model.servers().addressProperty().set("http://x");
        assertThat(model.servers().problemProperty().get()).isEmpty();
        assertThat(tasks.waiting()).isZero();
    }

    @Test
    void asksAServerOnlyWhenTold() {
        actions.asking(FARM, "http://nix.example.org", "http://down.example.org");
        model.reload();
        tasks.runAll();
        ServersViewModel servers = model.servers();
        servers.rowsProperty().get().forEach(servers::check);
        assertThat(servers.rowsProperty().get()).allMatch(row -> row.state() == ServersViewModel.State.ASKING);
        tasks.runAll();
        assertThat(servers.rowsProperty().get()).extracting(ServersViewModel.Row::state).containsExactly(
                ServersViewModel.State.FINE, ServersViewModel.State.PROBLEM, ServersViewModel.State.PROBLEM);
        assertThat(servers.rowsProperty().get().get(1).about()).contains("/nix/store");
        assertThat(servers.rowsProperty().get().get(2).about()).contains("nobody listens there");
    }

    private List<TrustSnapshot.Believed> keys() {
        return model.shownProperty().get().flatMap(TrustSnapshot::keys).orElse(List.of());
    }

    private List<String> urls() {
        return model.servers().rowsProperty().get().stream().map(ServersViewModel.Row::url).toList();
    }
}
