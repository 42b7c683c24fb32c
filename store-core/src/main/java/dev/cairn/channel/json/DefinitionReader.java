// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.json;

import dev.cairn.error.FormatException;
import dev.cairn.manifest.SearchPathSpecification;
import dev.cairn.packages.BuildSystem;
import dev.cairn.packages.PackageDefinition;
import dev.cairn.packages.PackageNames;
import dev.cairn.packages.Source;
import dev.cairn.packages.Specification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads files of package definitions. A definition with anything wrong in it is left out and everything that is wrong
 * with it reported; those before a syntax error and those without errors are kept.
 */
final class DefinitionReader {
    private static final Set<String> FIELDS = Set.of(
            "name", "version", "source", "build-system", "arguments", "inputs", "native-inputs", "propagated-inputs",
            "outputs", "native-search-paths", "synopsis", "description", "license", "home-page", "properties");
    private static final int MAX_LINE = 250;
    private static final int MAX_PACKAGES = 100_000;

    private final Problems problems;
    private final SourceReader sources;

    /** @param folder of the channel, in which sources are looked for */
    DefinitionReader(Path folder, Problems problems) {
        this.problems = problems;
        this.sources = new SourceReader(folder);
    }

    /** The sound definitions in {@code text}, in its order. */
    List<PackageDefinition> read(String text) {
        List<PackageDefinition> definitions = new ArrayList<>();
        try (JsonTreeReader reader = new JsonTreeReader(text)) {
            Optional<JsonValue> value = reader.nextItem();
            for (int count = 0; value.isPresent(); count++) {
                if (count == MAX_PACKAGES) {
                    problems.addWhole("more than " + MAX_PACKAGES + " packages", "fewer");
                    break;
                }
                definition(value.get()).ifPresent(definitions::add);
                value = reader.nextItem();
            }
        } catch (JsonTreeReader.SyntaxException e) {
            problems.add(e.place(), "", e.getMessage(), "JSON: a package object or an array of them");
        }
        return definitions;
    }

    private Optional<PackageDefinition> definition(JsonValue value) {
        if (!(value instanceof JsonValue.Object object)) {
            problems.add(value, "", "a package object");
            return Optional.empty();
        }
        int before = problems.count();
        PackageDefinition definition = read(new Fields(object, path(object), problems).allow(FIELDS), object);
        return problems.count() == before ? Optional.of(definition) : Optional.empty();
    }

    /** Messages call fields by the package's name, where it has one. */
    private static String path(JsonValue.Object object) {
        return object.members().stream()
                .filter(member -> member.name().equals("name"))
                .map(JsonValue.Member::value)
                .filter(value -> value instanceof JsonValue.Text(_, String name) && PackageNames.isName(name))
                .map(value -> ((JsonValue.Text) value).value())
                .findFirst()
                .orElse("");
    }

    private PackageDefinition read(Fields fields, JsonValue.Object object) {
        String name = fields.requiredText("name",
                "a name of up to 128 letters, digits and + - . _ ? =, beginning with a letter, a digit or _",
                PackageNames::isName);
        String version = fields.requiredText("version",
                "a version of up to 64 letters, digits and + - . _ ? =, beginning with a letter, a digit or _",
                PackageNames::isVersion);
        String synopsis = fields.requiredText("synopsis", "one line of up to 250 characters", isLine());
        List<String> outputs = outputs(fields);
        Optional<Source> source = fields.object("source").flatMap(sources::read);
        boolean local = source.map(s -> s instanceof Source.Local)
                .orElseGet(() -> !isDownload(fields));
        Optional<BuildSystem> system =
                new BuildSystemReader(outputs, fields.has("source"), local).read(fields);
        return new PackageDefinition(
                name,
                version,
                source,
                // An absent build system has been reported: this definition goes no further.
                system.orElse(new BuildSystem.Archive(0)),
                specifications(fields, "inputs"),
                specifications(fields, "native-inputs"),
                specifications(fields, "propagated-inputs"),
                outputs,
                searchPaths(fields),
                synopsis,
                String.join("\n\n", fields.oneOrMore("description", 100, "a paragraph",
                        text -> text.length() <= Fields.MAX_TEXT)),
                fields.oneOrMore("license", 100, "the name of a licence", isLine()),
                homePage(fields),
                fields.textMap("properties", "a name of up to 250 characters",
                        key -> !key.isEmpty() && key.length() <= MAX_LINE),
                problems.file(),
                object.place().line(),
                object.place().column());
    }

    private static boolean isDownload(Fields fields) {
        return fields.value("source").orElse(null) instanceof JsonValue.Object source
                && source.members().stream().anyMatch(member -> member.name().equals("uri"));
    }

    private static Predicate<String> isLine() {
        return text -> !text.isBlank()
                && text.length() <= MAX_LINE
                && text.chars().noneMatch(c -> c == '\n' || c == '\r');
    }

    static Optional<String> homePage(Fields fields) {
        return fields.text("home-page", "an http or https address",
                text -> text.length() <= 2048 && text.matches("https?://\\S*"));
    }

    private List<String> outputs(Fields fields) {
        if (!fields.has("outputs")) {
            return List.of("out");
        }
        List<String> given = fields.texts("outputs", 16,
                "a name of up to 16 lower-case letters, digits and _, beginning with a letter", PackageNames::isOutput);
        List<String> outputs = new ArrayList<>(given);
        if (!outputs.remove("out")) {
            problems.add(fields.value("outputs").orElseThrow(), fields.field("outputs"), "'out' among the outputs");
        }
        if (Set.copyOf(given).size() != given.size()) {
            problems.add(fields.value("outputs").orElseThrow(), fields.field("outputs"), "every output once");
        }
        outputs.addFirst("out");
        return outputs;
    }

    private List<Specification> specifications(Fields fields, String name) {
        List<Specification> specifications = new ArrayList<>();
        String expected = "NAME, NAME@VERSION, NAME:OUTPUT or NAME@VERSION:OUTPUT";
        for (String text : fields.texts(name, 1000, expected, text -> parse(text).isPresent())) {
            parse(text).ifPresent(specifications::add);
        }
        return specifications;
    }

    private static Optional<Specification> parse(String text) {
        try {
            return Optional.of(Specification.parse(text)).filter(PackageNames::isSpecification);
        } catch (FormatException _) {
            return Optional.empty();
        }
    }

    private List<SearchPathSpecification> searchPaths(Fields fields) {
        List<SearchPathSpecification> paths = new ArrayList<>();
        fields.value("native-search-paths").ifPresent(value -> {
            String field = fields.field("native-search-paths");
            List<JsonValue> items = fields.items(value, field, 100, "an array of search paths");
            for (int i = 0; i < items.size(); i++) {
                fields.object(items.get(i), field + "[" + i + "]").map(this::searchPath).ifPresent(paths::add);
            }
        });
        return paths;
    }

    private SearchPathSpecification searchPath(Fields fields) {
        fields.allow(Set.of("variable", "files", "separator", "file-type", "file-pattern"));
        String variable = fields.requiredText("variable", "the name of an environment variable",
                PackageNames::isVariable);
        if (!fields.has("files")) {
            fields.missing("files", "an array of paths below the profile");
        } else if (fields.value("files").orElseThrow() instanceof JsonValue.Array array && array.items().isEmpty()) {
            problems.add(array, fields.field("files"), "at least one path");
        }
        List<String> files = fields.texts("files", 100, "a path below the profile, without '..'",
                PackageNames::isRelativePath);
        Optional<String> separator = fields.has("separator")
                ? nullable(fields, "separator", "a string of 1 to 8 characters, or null", 8)
                : Optional.of(":");
        Set<String> types = Set.of("directory", "regular", "symlink");
        String type = fields.text("file-type", "directory, regular or symlink", types::contains).orElse("directory");
        return new SearchPathSpecification(variable, files, separator, type,
                nullable(fields, "file-pattern", "a regular expression of up to 250 characters, or null", MAX_LINE));
    }

    private static Optional<String> nullable(Fields fields, String name, String expected, int longest) {
        return fields.value(name).orElse(null) instanceof JsonValue.Null
                ? Optional.empty()
                : fields.text(name, expected, text -> !text.isEmpty() && text.length() <= longest);
    }
}
