// SPDX-License-Identifier: Apache-2.0
package dev.cairn.tree;

import dev.cairn.debian.ControlReader;
import dev.cairn.debian.Paragraph;
import dev.cairn.debian.Relation;
import dev.cairn.debian.RelationParser;
import dev.cairn.error.FormatException;
import java.io.IOException;
import java.io.InputStream;
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
        Path file = part.contents().resolve("control/control");
        try (InputStream in = Files.newInputStream(file)) {
            Paragraph control = new ControlReader("control", in)
                    .next()
                    .orElseThrow(() -> new FormatException("control", "no fields"));
            return new Replaces(
                    control.getOrEmpty("Package"),
                    control.getOrEmpty("Version"),
                    RelationParser.relations("Replaces", control.getOrEmpty("Replaces")));
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
