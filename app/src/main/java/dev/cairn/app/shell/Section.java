// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import java.util.Optional;
import javafx.scene.Parent;
import org.kordamp.ikonli.Ikon;

/** A part of the window with an entry in the navigation rail. For use on the JavaFX application thread. */
public interface Section {
    SectionId id();

    /** The icon in the rail. */
    Ikon icon();

    /** Makes the view; called once, when the section is first shown. */
    Parent createView();

    /** The section became visible. */
    default void shown() {}

    /** The user wants to see how things are now. */
    default void refresh() {}

    /** Another section asks to show something; the section has just become visible. */
    default void open(Intent intent) {}

    /** Puts the keyboard into the section's search field, if it has one. @return whether it has */
    default boolean search() {
        return false;
    }

    /** Takes back what was begun here and has not happened yet, if there is such. @return whether there was */
    default boolean undo() {
        return false;
    }

    /** The command line that does or shows what is selected here. */
    default Optional<String> command() {
        return Optional.empty();
    }
}
