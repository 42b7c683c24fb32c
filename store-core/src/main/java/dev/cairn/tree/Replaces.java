// SPDX-License-Identifier: Apache-2.0
package dev.cairn.tree;

import dev.cairn.debian.Relation;
import dev.cairn.debian.RelationParser;
import dev.cairn.error.FormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whose files a package may replace.
 *
 * @param relations its {@code Replaces}
 */
record Replaces(String name, String version, List<Relation> relations) {
    /** Reads the control file of a package; only when two packages have the same name is it needed. */
    static Replaces read(Part part) throws IOException {
        Path control = part.contents().resolve("control/control");
        String name = "";
        String version = "";
        StringBuilder replaces = new StringBuilder();
        try (BufferedReader lines = Files.newBufferedReader(control, StandardCharsets.ISO_8859_1)) {
            String field = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                boolean continued = line.startsWith(" ") || line.startsWith("\t");
                int colon = line.indexOf(':');
                field = continued || colon < 0 ? field : line.substring(0, colon);
                String value = continued || colon < 0 ? line : line.substring(colon + 1).strip();
                switch (field) {
                    case "Package" -> name = value;
                    case "Version" -> version = value;
                    case "Replaces" -> replaces.append(value);
                    default -> { }
                }
            }
            return new Replaces(name, version, RelationParser.relations("Replaces", replaces.toString()));
        } catch (FormatException e) {
            throw new IOException("the control file of '" + part.name() + "' cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether this package's files win over those of another. */
    boolean replaces(Replaces other) {
        return relations.stream()
                .anyMatch(relation -> relation.name().equals(other.name)
                        && relation.bound().map(bound -> bound.admits(other.version)).orElse(true));
    }
}
