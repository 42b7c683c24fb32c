// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.InstalledDetails;
import dev.cairn.app.format.ByteSizes;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.packages.Specification;
import dev.cairn.packages.VersionScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** A package as a record of fields (GNU recutils), which is what Guix shows, and as JSON. */
final class PackageRecord {
    private static final int COLUMNS = 78;
    private static final Map<String, String> OUTPUTS = Map.of(
            "bin", "executable programs and scripts",
            "debug", "debug information",
            "doc", "documentation",
            "lib", "shared libraries",
            "static", "static libraries");

    private PackageRecord() {}

    /**
     * @param installed what is known because it is installed
     * @param sizes what is known of packages that are fetched as they are
     */
    static String text(CatalogPackage one, Optional<InstalledDetails> installed, Optional<PackageSizes> sizes) {
        StringBuilder text = new StringBuilder();
        field(text, "name", one.name());
        field(text, "version", one.version());
        text.append("outputs:\n");
        outputs(one).forEach(output -> text.append("+ ").append(output).append('\n'));
        field(text, "channel", one.key().channel());
        // Of packages that are fetched as they are, the channel does not say what they were built from.
        if (sizes.isEmpty() || !dependencies(one).isEmpty()) {
            field(text, "dependencies", dependencies(one));
        }
        field(text, "location", one.location().orElse("unknown"));
        field(text, "impure", one.impure() ? "yes" : "no");
        one.homePage().ifPresent(address -> field(text, "homepage", address));
        archiveFields(text, one);
        sizes.ifPresent(known -> {
            known.download().ifPresent(size -> field(text, "download_size", ByteSizes.text(size)));
            known.installed().ifPresent(size -> field(text, "installed_size", ByteSizes.text(size)));
            known.closure().ifPresent(size -> field(text, "closure_size", ByteSizes.text(size)));
        });
        List<String> licenses = one.licenses().isEmpty()
                ? installed.map(InstalledDetails::licences).orElse(List.of())
                : one.licenses();
        field(text, "license", licenses.isEmpty() ? "unknown" : String.join(", ", licenses));
        field(text, "synopsis", one.synopsis());
        field(text, "description", one.description());
        installed.map(InstalledDetails::notes).orElse(List.of()).forEach(note -> field(text, "note", note));
        return text.append('\n').toString();
    }

    /** What indices of archives say besides. */
    private static void archiveFields(StringBuilder text, CatalogPackage one) {
        for (String name : List.of("architecture", "section", "maintainer", "source")) {
            value(one, name).ifPresent(value -> field(text, name, value));
        }
        size(one, "size").ifPresent(value -> field(text, "download_size", value));
        size(one, "installed-size").ifPresent(value -> field(text, "installed_size", value));
    }

    private static Optional<String> value(CatalogPackage one, String name) {
        return Optional.ofNullable(one.properties().get(name)).filter(_ -> isOfArchive(one));
    }

    static boolean isOfArchive(CatalogPackage one) {
        return VersionScheme.of(one.properties()) == VersionScheme.DEBIAN;
    }

    private static Optional<String> size(CatalogPackage one, String name) {
        return value(one, name).filter(value -> value.matches("[0-9]{1,18}"))
                .map(value -> ByteSizes.text(Long.parseLong(value)));
    }

    private static List<String> outputs(CatalogPackage one) {
        List<String> lines = new ArrayList<>();
        for (String output : one.outputs()) {
            if (!output.equals("out")) {
                lines.add(output + ": " + OUTPUTS.getOrDefault(output, "[description missing]"));
            }
        }
        lines.add(one.outputs().size() == 1 ? "out: everything" : "out: everything else");
        return lines;
    }

    private static String dependencies(CatalogPackage one) {
        return String.join(" ", Stream.of(one.inputs(), one.nativeInputs(), one.propagatedInputs())
                .flatMap(List::stream)
                .map(Specification::toString)
                .sorted()
                .distinct()
                .toList());
    }

    /** {@code NAME: VALUE}, filled; continuation lines start with a plus sign. */
    private static void field(StringBuilder text, String name, String value) {
        int column = 0;
        text.append(name).append(':');
        column = name.length() + 1;
        boolean firstParagraph = true;
        for (String paragraph : value.split("\n\\s*\n")) {
            if (!firstParagraph) {
                text.append("\n+\n+");
                column = 1;
            }
            firstParagraph = false;
            for (String word : paragraph.strip().split("\\s+")) {
                if (column + 1 + word.length() > COLUMNS && column > 1) {
                    text.append("\n+");
                    column = 1;
                }
                text.append(' ').append(word);
                column += 1 + word.length();
            }
        }
        text.append('\n');
    }

    static void json(
            JsonGenerator json,
            CatalogPackage one,
            Optional<InstalledDetails> installed,
            Optional<PackageSizes> sizes) {
        json.writeStartObject();
        json.writeStringProperty("name", one.name());
        json.writeStringProperty("version", one.version());
        Json.strings(json, "outputs", one.outputs());
        json.writeStringProperty("channel", one.key().channel());
        json.writeStringProperty("synopsis", one.synopsis());
        json.writeStringProperty("description", one.description());
        Json.strings(
                json,
                "license",
                one.licenses().isEmpty()
                        ? installed.map(InstalledDetails::licences).orElse(List.of())
                        : one.licenses());
        Json.optional(json, "homePage", one.homePage());
        Json.optional(json, "location", one.location());
        Json.strings(json, "inputs", one.inputs());
        Json.strings(json, "nativeInputs", one.nativeInputs());
        Json.strings(json, "propagatedInputs", one.propagatedInputs());
        json.writeBooleanProperty("impure", one.impure());
        Json.map(json, "properties", one.properties());
        if (sizes.isPresent()) {
            sizes.get().download().ifPresent(size -> json.writeNumberProperty("downloadSize", size));
            sizes.get().installed().ifPresent(size -> json.writeNumberProperty("installedSize", size));
            sizes.get().closure().ifPresent(size -> json.writeNumberProperty("closureSize", size));
        }
        Json.strings(json, "notes", installed.map(InstalledDetails::notes).orElse(List.of()));
        json.writeEndObject();
    }
}
