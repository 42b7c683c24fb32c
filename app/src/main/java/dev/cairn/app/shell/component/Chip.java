// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell.component;

import java.util.Locale;
import javafx.scene.control.Label;

/** A short word in a rounded box that says what state something is in. */
public final class Chip extends Label {
    /** What the colour means. */
    public enum Tone {
        NEUTRAL,
        ACCENT,
        SUCCESS,
        WARNING,
        DANGER
    }

    public Chip(String text, Tone tone) {
        super(text);
        getStyleClass().addAll("chip", "chip-" + tone.name().toLowerCase(Locale.ROOT));
        setMinWidth(USE_PREF_SIZE);
    }
}
