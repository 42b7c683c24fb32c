// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.shell.Intent;
import dev.cairn.app.shell.Navigator;
import dev.cairn.app.shell.SectionId;
import java.util.Optional;

/** Stands for the shell while the sections that need it, and that it needs, are being made. */
final class LateNavigator implements Navigator {
    private Optional<Navigator> target = Optional.empty();

    void set(Navigator navigator) {
        target = Optional.of(navigator);
    }

    @Override
    public boolean has(SectionId section) {
        return target.filter(navigator -> navigator.has(section)).isPresent();
    }

    @Override
    public void show(SectionId section) {
        target.ifPresent(navigator -> navigator.show(section));
    }

    @Override
    public void show(Intent intent) {
        target.ifPresent(navigator -> navigator.show(intent));
    }
}
