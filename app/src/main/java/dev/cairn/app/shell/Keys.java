// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** The keys that work everywhere in the window. */
final class Keys {
    private final Scene scene;
    private final ShellViewModel model;
    private final SheetHost sheets;

    private Keys(Scene scene, ShellViewModel model, SheetHost sheets) {
        this.scene = scene;
        this.model = model;
        this.sheets = sheets;
    }

    static void install(Scene scene, ShellViewModel model, SheetHost sheets) {
        Keys keys = new Keys(scene, model, sheets);
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (keys.pressed(event)) {
                event.consume();
            }
        });
        scene.addEventFilter(KeyEvent.KEY_TYPED, event -> {
            if (keys.typed(event)) {
                event.consume();
            }
        });
    }

    private boolean pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            return escape();
        }
        if (event.getCode() == KeyCode.F5) {
            model.refresh();
            return true;
        }
        if (!event.isShortcutDown() || event.isAltDown()) {
            return false;
        }
        if (event.isShiftDown()) {
            return event.getCode() == KeyCode.C && copyCommand();
        }
        return withControl(event.getCode());
    }

    private boolean withControl(KeyCode code) {
        switch (code) {
            case K -> model.search();
            case J -> model.toggleDrawer();
            case Z -> {
                if (typing()) {
                    return false;
                }
                model.undo();
            }
            default -> {
                int section = code.ordinal() - KeyCode.DIGIT1.ordinal();
                if (section < 0 || section >= SectionId.values().length) {
                    return false;
                }
                model.show(SectionId.values()[section]);
            }
        }
        return true;
    }

    private boolean typed(KeyEvent event) {
        if (typing() || event.isShortcutDown() || sheets.isVisible()) {
            return false;
        }
        switch (event.getCharacter()) {
            case "/" -> model.search();
            case "?" -> model.shortcutsProperty().set(!model.shortcutsProperty().get());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean escape() {
        if (model.shortcutsProperty().get()) {
            model.shortcutsProperty().set(false);
            return true;
        }
        return sheets.closeFront();
    }

    private boolean copyCommand() {
        model.copyCommand().ifPresent(command -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(command);
            Clipboard.getSystemClipboard().setContent(content);
        });
        return true;
    }

    private boolean typing() {
        return scene.getFocusOwner() instanceof TextInputControl field && field.isEditable();
    }
}
