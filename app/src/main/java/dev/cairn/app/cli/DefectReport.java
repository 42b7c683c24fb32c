// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** What a developer needs to find a defect, in a file, so that the screen stays calm. */
final class DefectReport {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private DefectReport() {}

    /**
     * Writes a report to the folder {@code reports} in {@code state}.
     *
     * @return the file; empty when it could not be written, which must not hide the defect
     */
    static Optional<Path> write(Path state, Throwable defect, List<String> arguments) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        Instant now = Instant.now();
        writer.println("Cairn " + Version.number() + " at " + now);
        writer.println("Command: cairn " + String.join(" ", arguments));
        writer.println("Java: " + System.getProperty("java.vendor.version") + " " + Runtime.version());
        writer.println("System: " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        writer.println();
        defect.printStackTrace(writer);
        Path file = state.resolve("reports").resolve("report-" + STAMP.format(now) + ".txt");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.toString());
            return Optional.of(file);
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
