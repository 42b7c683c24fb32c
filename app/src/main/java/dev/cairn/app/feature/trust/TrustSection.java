// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.trust;

import dev.cairn.app.shell.Section;
import dev.cairn.app.shell.SectionId;
import java.util.Optional;
import javafx.scene.Parent;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/** The section on whose signatures are believed. */
public final class TrustSection implements Section {
    private final TrustViewModel model;

    public TrustSection(TrustViewModel model) {
        this.model = model;
    }

    @Override
    public SectionId id() {
        return SectionId.TRUST;
    }

    @Override
    public Ikon icon() {
        return Feather.SHIELD;
    }

    @Override
    public Parent createView() {
        return new TrustView(model);
    }

    @Override
    public void shown() {
        model.reload();
    }

    @Override
    public void refresh() {
        model.reload();
    }

    @Override
    public Optional<String> command() {
        return Optional.of("cairn archive --authorize");
    }
}
