// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.shell.Theme;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;

class SettingsViewModelTest {
    private static final String SOCKET = "/var/guix/daemon-socket/socket";

    private static final class FakeChoice implements DaemonChoice {
        private final Optional<String> used;
        private Optional<String> next = Optional.empty();

        private FakeChoice(Optional<String> used) {
            this.used = used;
        }

        @Override
        public Optional<String> inUse() {
            return used;
        }

        @Override
        public Optional<String> chosen() {
            return next;
        }

        @Override
        public void choose(Optional<String> address) throws CairnException {
            if (address.filter(text -> text.contains("?")).isPresent()) {
                throw new FormatException("daemon address", "it has a question mark");
            }
            next = address;
        }
    }

    @Test
    void saysWhatIsUsedNowAndWhatFromTheNextStartOn() {
        SettingsViewModel model = model(new FakeChoice(Optional.empty()));
        assertThat(note(model)).isEqualTo("This window works with your own store.");
        assertThat(model.daemonPendingProperty().get()).isFalse();
        model.daemonProperty().set(" " + SOCKET + " ");
        model.chooseDaemon();
        assertThat(note(model))
                .startsWith("This window works with your own store. Remembered: from the next start on")
                .contains(SOCKET);
        assertThat(model.daemonPendingProperty().get()).isTrue();
        model.daemonProperty().set("");
        model.chooseDaemon();
        assertThat(note(model)).contains("Remembered: it stays at that");
        assertThat(model.daemonPendingProperty().get()).isFalse();
    }

    @Test
    void remembersThatAnotherChoiceWaits() {
        FakeChoice choice = new FakeChoice(Optional.of("/run/other"));
        choice.next = Optional.of(SOCKET);
        SettingsViewModel model = model(choice);
        assertThat(note(model)).contains("works with the daemon at /run/other").contains("next start on").contains(SOCKET);
        assertThat(model.daemonPendingProperty().get()).isTrue();
    }

    @Test
    void saysWhatIsWrongWithAnAddress() {
        SettingsViewModel model = model(new FakeChoice(Optional.empty()));
        model.daemonProperty().set("what?");
        model.chooseDaemon();
        assertThat(note(model)).contains("it has a question mark");
    }

    private static SettingsViewModel model(DaemonChoice choice) {
        return new SettingsViewModel(new SimpleObjectProperty<>(Theme.SYSTEM), Path.of("/store"), choice);
    }

    private static String note(SettingsViewModel model) {
        return model.daemonNoteProperty().get();
    }
}
