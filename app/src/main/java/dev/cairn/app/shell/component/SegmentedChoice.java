// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell.component;

import javafx.beans.property.Property;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import org.controlsfx.control.SegmentedButton;

/**
 * A choice among a few values: buttons side by side, of which exactly one is on.
 *
 * @param <T> what is chosen
 */
public final class SegmentedChoice<T> extends SegmentedButton {
    private final Property<T> value;

    /** @param value set by the buttons, and followed by them */
    public SegmentedChoice(Property<T> value) {
        this.value = value;
        setMinWidth(USE_PREF_SIZE);
        setMaxWidth(USE_PREF_SIZE);
    }

    /** Adds a button for one value. @return this */
    public SegmentedChoice<T> option(T choice, String id, String text) {
        return add(choice, id, new ToggleButton(text));
    }

    /** Adds a button for one value, explained when the mouse rests on it. @return this */
    public SegmentedChoice<T> option(T choice, String id, String text, String explanation) {
        ToggleButton button = new ToggleButton(text);
        button.setTooltip(new Tooltip(explanation));
        return add(choice, id, button);
    }

    private SegmentedChoice<T> add(T choice, String id, ToggleButton button) {
        button.setId(id);
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(_ -> {
            // A toggle that is clicked again would go off; the choice stays.
            button.setSelected(true);
            value.setValue(choice);
        });
        getButtons().add(button);
        value.subscribe(now -> button.setSelected(choice.equals(now)));
        return this;
    }
}
