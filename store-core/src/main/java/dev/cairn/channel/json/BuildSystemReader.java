// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.json;

import dev.cairn.channel.json.JsonValue.Member;
import dev.cairn.packages.BuildSystem;
import dev.cairn.packages.FileEntry;
import dev.cairn.packages.PackageNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the field {@code arguments} by the rules of the field {@code build-system}. */
final class BuildSystemReader {
    private static final List<String> KNOWN = List.of("files", "archive", "script");
    private static final int MAX_LINES = 100_000;

    private final List<String> outputs;
    private final boolean hasSource;
    private final boolean hasLocalSource;

    /**
     * @param outputs of the package
     * @param hasSource whether the definition has the field {@code source}
     * @param hasLocalSource whether that is, as far as can be told, a file of the channel
     */
    BuildSystemReader(List<String> outputs, boolean hasSource, boolean hasLocalSource) {
        this.outputs = outputs;
        this.hasSource = hasSource;
        this.hasLocalSource = hasLocalSource;
    }

    /** The build system; empty, and reported, when it is wrong. */
    Optional<BuildSystem> read(Fields definition) {
        String name = definition.requiredText(
                "build-system", "one of " + String.join(", ", KNOWN), KNOWN::contains);
        return switch (name) {
            case "files" -> arguments(definition).map(this::files);
            case "archive" -> Optional.of(archive(definition));
            case "script" -> arguments(definition).map(this::script);
            // The value was wrong and has been reported.
            default -> Optional.empty();
        };
    }

    private static Optional<Fields> arguments(Fields definition) {
        if (!definition.has("arguments")) {
            definition.missing("arguments", "the arguments of the build system");
        }
        return definition.object("arguments");
    }

    private BuildSystem archive(Fields definition) {
        if (!hasSource) {
            definition.missing("source", "the archive to unpack");
        }
        if (!outputs.equals(List.of("out"))) {
            definition.problems().add(definition.value("outputs").orElseThrow(), definition.field("outputs"),
                    "only 'out', as an archive is unpacked as a whole");
        }
        return new BuildSystem.Archive(definition.object("arguments")
                .map(fields -> fields.allow(Set.of("strip")).integer("strip", 0, 32, 0))
                .orElse(0));
    }

    private BuildSystem script(Fields fields) {
        fields.allow(Set.of("script", "host-tools", "shell", "environment"));
        if (!fields.has("script")) {
            fields.missing("script", "a string or an array of lines");
        }
        boolean hostTools = fields.bool("host-tools");
        Optional<String> shell = fields.text("shell", "a program of an input, such as '#$busybox/bin/sh'",
                text -> text.length() <= 1024 && text.matches("#\\$[A-Za-z0-9].*"));
        if (!hostTools && !fields.has("shell")) {
            fields.missing("shell", "a program of an input that runs the script, or \"host-tools\": true");
        }
        SortedMap<String, String> environment = fields.textMap(
                "environment",
                "a variable name that is no output, not PATH, src or hostTools, and does not begin with NIX_",
                this::isFreeVariable);
        return new BuildSystem.Script(textOrLines(fields, "script"), hostTools, shell, environment);
    }

    private boolean isFreeVariable(String name) {
        return PackageNames.isVariable(name)
                && !Set.of("PATH", "src", "hostTools").contains(name)
                && !outputs.contains(name)
                && !name.startsWith("NIX_");
    }

    private BuildSystem files(Fields fields) {
        fields.allow(Set.of("files"));
        if (!fields.has("files")) {
            fields.missing("files", "an object with the files of each output");
        }
        SortedMap<String, SortedMap<String, FileEntry>> files = new TreeMap<>();
        fields.object("files").ifPresent(byOutput -> {
            for (Member member : byOutput.members(PackageNames.MAX_OUTPUT)) {
                if (!outputs.contains(member.name())) {
                    fields.problems().add(member.place(), byOutput.field(member.name()),
                            "the output " + JsonValue.quote(member.name()), "one of " + String.join(", ", outputs));
                }
                byOutput.object(member.value(), byOutput.field(member.name()))
                        .ifPresent(entries -> files.put(member.name(), entries(entries)));
            }
            for (String output : outputs) {
                if (!byOutput.has(output)) {
                    byOutput.missing(output, "the files of the output '" + output + "'");
                }
            }
        });
        return new BuildSystem.Files(files);
    }

    private SortedMap<String, FileEntry> entries(Fields fields) {
        SortedMap<String, FileEntry> entries = new TreeMap<>();
        List<Member> members = fields.members(10_000);
        if (members.isEmpty()) {
            fields.problems().add(fields.place(), fields.field("").replaceFirst("\\.$", ""), "no files", "some");
        }
        for (Member member : members) {
            String path = member.name();
            if (!PackageNames.isRelativePath(path)) {
                fields.problems().add(member.place(), fields.field(path), "the path " + JsonValue.quote(path),
                        "a path below the output, without '..'");
            }
            fields.object(member.value(), fields.field(path))
                    .flatMap(this::entry)
                    .ifPresent(entry -> entries.put(path, entry));
        }
        for (Member member : members) {
            parents(member.name()).filter(parent -> isNoFolder(entries.get(parent))).findFirst().ifPresent(parent ->
                    fields.problems().add(member.place(), fields.field(member.name()),
                            "a path below '" + parent + "', which is no new folder", "another path"));
        }
        return entries;
    }

    private static boolean isNoFolder(@Nullable FileEntry entry) {
        return entry != null && !(entry instanceof FileEntry.Folder);
    }

    private static Stream<String> parents(String path) {
        return Stream.iterate(
                path.lastIndexOf('/'), slash -> slash > 0, slash -> path.lastIndexOf('/', slash - 1))
                .map(slash -> path.substring(0, slash));
    }

    private Optional<FileEntry> entry(Fields fields) {
        if (fields.has("text")) {
            fields.allow(Set.of("text", "executable"));
            return Optional.of(new FileEntry.Text(textOrLines(fields, "text"), fields.bool("executable")));
        }
        if (fields.has("from")) {
            fields.allow(Set.of("from", "executable", "substitute"));
            return copy(fields);
        }
        if (fields.has("symlink")) {
            fields.allow(Set.of("symlink"));
            return fields.text("symlink", "the target of the link",
                            text -> !text.isEmpty() && text.length() <= 1024 && text.indexOf('\0') < 0)
                    .map(FileEntry.Link::new);
        }
        if (fields.has("directory")) {
            fields.allow(Set.of("directory"));
            if (!fields.bool("directory")) {
                fields.problems().add(fields.place(), fields.field("directory"), "false", "true");
            }
            return Optional.of(new FileEntry.Folder());
        }
        fields.missing("text", "one of text, from, symlink, directory");
        return Optional.empty();
    }

    private Optional<FileEntry> copy(Fields fields) {
        Optional<String> from = fields.text("from", "a path inside the source, or '.'",
                text -> text.equals(".") || PackageNames.isRelativePath(text));
        boolean substitute = fields.bool("substitute");
        if (!hasSource) {
            fields.problems().add(fields.place(), fields.field("from"), "a file of the source, but no source",
                    "a package with the field 'source'");
        } else if (substitute && !hasLocalSource) {
            fields.problems().add(fields.place(), fields.field("substitute"), "true, but a source that is downloaded",
                    "a source that is a file of the channel");
        }
        boolean executable = fields.bool("executable");
        return from.map(path -> new FileEntry.Copy(path, executable, substitute));
    }

    /** A string as it is, or lines that are each ended by a newline. */
    private static String textOrLines(Fields fields, String name) {
        Optional<JsonValue> value = fields.value(name);
        if (value.isEmpty()) {
            return "";
        }
        String expected = "a string or an array of lines";
        if (value.get() instanceof JsonValue.Array) {
            List<String> lines = fields.texts(name, MAX_LINES, "a line without line end",
                    line -> line.length() <= Fields.MAX_TEXT && line.indexOf('\n') < 0);
            String text = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
            if (text.length() > JsonTreeReader.MAX_STRING) {
                fields.problems().add(value.get().place(), fields.field(name), text.length() + " characters",
                        "at most " + JsonTreeReader.MAX_STRING);
            }
            return text;
        }
        return fields.text(name, expected, _ -> true).orElse("");
    }
}
