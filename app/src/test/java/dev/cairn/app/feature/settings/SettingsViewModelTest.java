// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.shell.Theme;
import dev.cairn.app.task.ManualTasks;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;

class SettingsViewModelTest {
    private static final String SOCKET = "/var/guix/daemon-socket/socket";

    private final ManualTasks tasks = new ManualTasks();
    private final ObjectProperty<Optional<String>> busy = new SimpleObjectProperty<>(Optional.empty());
    private final FakeChoice choice = new FakeChoice();

    /** Reaches every daemon whose address has no question mark, and writes down what becomes of it. */
    private static final class FakeChoice implements DaemonChoice {
        private final List<String> happened = new ArrayList<>();
        private Optional<String> used = Optional.empty();
        private Optional<String> variable = Optional.empty();
        private boolean forgetful;

        @Override
        public Optional<String> inUse() {
            return used;
        }

        @Override
        public Optional<String> overruling() {
            return variable;
        }

        @Override
        public Reached reach(Optional<String> address) throws CairnException {
            String name = address.orElse("own");
            if (name.contains("?")) {
                throw new DaemonException.Unavailable(
                        name,
                        DaemonException.Unavailable.Reason.ABSENT,
                        "nobody listens there",
                        "Start it.",
                        Optional.empty());
            }
            happened.add("reached " + name);
            return new Reached() {
                @Override
                public void remember() throws CairnException {
                    if (forgetful) {
                        throw new DaemonException.Refused("the folder is not yours", Optional.empty());
                    }
                    happened.add("remembered " + name);
                }

                @Override
                public void use() {
                    happened.add("used " + name);
                }

                @Override
                public void close() {
                    happened.add("closed " + name);
                }
            };
        }
    }

    @Test
    void saysWhatIsUsedAndWhatDecidesAtTheNextStart() {
        assertThat(note(model())).isEqualTo("This window works with your own store.");
        choice.used = Optional.of(SOCKET);
        choice.variable = Optional.of("CAIRN_DAEMON");
        SettingsViewModel model = model();
        assertThat(note(model)).contains("works with the daemon at " + SOCKET).contains("CAIRN_DAEMON decides");
        assertThat(model.daemonProperty().get()).isEqualTo(SOCKET);
    }

    @Test
    void triesADaemonThenRemembersAndUsesIt() {
        SettingsViewModel model = model();
        choose(model, " " + SOCKET + " ");
        assertThat(model.attemptProperty().get()).isEqualTo(SettingsViewModel.Attempt.TRYING);
        assertThat(note(model)).contains("Trying").contains(SOCKET);
        model.chooseDaemon();
        tasks.runAll();
        assertThat(choice.happened).containsExactly("reached " + SOCKET, "remembered " + SOCKET, "used " + SOCKET);
    }

    @Test
    void returnsToTheOwnStore() {
        choice.used = Optional.of(SOCKET);
        choose(model(), "");
        tasks.runAll();
        assertThat(choice.happened).containsExactly("reached own", "remembered own", "used own");
    }

    @Test
    void staysWithWhatThereIsWhenTheDaemonCannotBeReached() {
        SettingsViewModel model = model();
        choose(model, "/what?");
        tasks.runAll();
        assertThat(model.attemptProperty().get()).isEqualTo(SettingsViewModel.Attempt.FAILED);
        assertThat(note(model))
                .isEqualTo("Nobody listens there. Start it. This window works with your own store.");
        assertThat(choice.happened).isEmpty();
        assertThat(model.changingProperty().get()).isFalse();
    }

    @Test
    void waitsForWhatRuns() {
        busy.set(Optional.of("Install hello"));
        SettingsViewModel model = model();
        choose(model, SOCKET);
        tasks.runAll();
        assertThat(model.attemptProperty().get()).isEqualTo(SettingsViewModel.Attempt.WAITING);
        assertThat(note(model)).contains("as soon as this has ended: Install hello");

        // From one operation to the next there is a moment in which none runs.
        busy.set(Optional.empty());
        busy.set(Optional.of("Install fortune"));
        tasks.pass(Duration.ofMillis(1));
        assertThat(note(model)).contains("Install fortune");
        assertThat(choice.happened).containsExactly("reached " + SOCKET);

        busy.set(Optional.empty());
        tasks.pass(Duration.ofMillis(1));
        assertThat(choice.happened).endsWith("remembered " + SOCKET, "used " + SOCKET);
    }

    @Test
    void isTakenBackWhileItWaits() {
        busy.set(Optional.of("Install hello"));
        SettingsViewModel model = model();
        choose(model, SOCKET);
        tasks.runAll();
        model.keepDaemon();
        busy.set(Optional.empty());
        tasks.pass(Duration.ofMillis(1));
        tasks.runAll();
        assertThat(choice.happened).containsExactly("reached " + SOCKET, "closed " + SOCKET);
        assertThat(note(model)).isEqualTo("This window works with your own store.");
    }

    @Test
    void isTakenBackWhileItIsTried() {
        SettingsViewModel model = model();
        choose(model, SOCKET);
        model.keepDaemon();
        tasks.runAll();
        assertThat(choice.happened).isEmpty();
        assertThat(model.attemptProperty().get()).isEqualTo(SettingsViewModel.Attempt.NONE);
    }

    @Test
    void changesNothingThatItCannotRemember() {
        choice.forgetful = true;
        SettingsViewModel model = model();
        choose(model, SOCKET);
        tasks.runAll();
        assertThat(note(model)).contains("The folder is not yours");
        assertThat(choice.happened).containsExactly("reached " + SOCKET, "closed " + SOCKET);
    }

    private SettingsViewModel model() {
        return new SettingsViewModel(
                new SimpleObjectProperty<>(Theme.SYSTEM), Path.of("/store"), choice, busy, tasks);
    }

    private static void choose(SettingsViewModel model, String address) {
        model.daemonProperty().set(address);
        model.chooseDaemon();
    }

    private static String note(SettingsViewModel model) {
        return model.daemonNoteProperty().get();
    }
}
