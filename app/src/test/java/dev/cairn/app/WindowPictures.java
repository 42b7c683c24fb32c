// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.tour.PngWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.Scene;

/** Pictures of a scene, for looking at a test's window when one wants to. */
public final class WindowPictures {
    private WindowPictures() {}

    /** Writes what a scene shows now; on the JavaFX application thread. */
    public static void write(Scene scene, Path file) {
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        try (OutputStream out = Files.newOutputStream(file)) {
            PngWriter.write(scene.snapshot(null), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
