// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.installed;

import dev.cairn.app.shell.Section;
import dev.cairn.app.shell.SectionId;
import java.util.Optional;
import javafx.scene.Parent;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/** The section with what the profile holds. */
public final class InstalledSection implements Section {
    private final InstalledViewModel model;

    public InstalledSection(InstalledViewModel model) {
        this.model = model;
    }

    @Override
    public SectionId id() {
        return SectionId.INSTALLED;
    }

    @Override
    public Ikon icon() {
        return Feather.CHECK_SQUARE;
    }

    @Override
    public Parent createView() {
        return new InstalledView(model);
    }

    @Override
    public Optional<String> command() {
        return Optional.of("cairn list");
    }
}
