// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.channel.SourceStatus;
import dev.cairn.error.FormatException;
import dev.cairn.fs.AtomicFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a revision's {@code revision.json} says: a JSON object with {@code format} (1), {@code made} and {@code checked}
 * (ISO 8601), {@code architecture}, {@code indices} and {@code sources} with the fields of {@link FetchedIndex} and
 * {@link SourceStatus}. Names of files are relative to the revision's folder {@code lists}; {@code size} is that of
 * the packages, in octets, by which files that a failing machine cut off are known; what is empty is left out.
 *
 * @param architecture the machine's own
 * @param made when the revision was fetched
 * @param checked when it was last found to be what the sources have
 */
record RevisionRecord(
        List<FetchedIndex> indices, List<SourceStatus> sources, String architecture, Instant made, Instant checked) {
    private static final int FORMAT = 1;
    private static final int MAX_SIZE = 16 * 1024 * 1024;

    RevisionRecord {
        indices = List.copyOf(indices);
        sources = List.copyOf(sources);
    }

    /** As fetching gave it. */
    FetchReport report() {
        return new FetchReport(indices, sources, false);
    }

    void write(Revisions.Revision revision) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", FORMAT);
        fields.put("made", made.toString());
        fields.put("checked", checked.toString());
        fields.put("architecture", architecture);
        List<Map<String, Object>> written = new ArrayList<>();
        for (FetchedIndex index : indices) {
            written.add(fields(index, revision.lists()));
        }
        fields.put("indices", written);
        fields.put("sources", sources.stream().map(RevisionRecord::fields).toList());
        AtomicFiles.write(revision.record(), JsonMapper.shared().writeValueAsBytes(fields));
    }

    private static Map<String, Object> fields(FetchedIndex index, Path lists) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("archive", index.archive().toString());
        fields.put("suite", index.suite());
        fields.put("component", index.component());
        fields.put("architecture", index.architecture());
        fields.put("packages", lists.relativize(index.packages()).toString());
        fields.put("size", Files.size(index.packages()));
        index.translation().ifPresent(file -> fields.put("translation", lists.relativize(file).toString()));
        fields.put("origin", index.origin());
        if (index.standing() != Standing.USUAL) {
            fields.put("standing", index.standing().name().toLowerCase(Locale.ROOT));
        }
        return fields;
    }

    private static Map<String, Object> fields(SourceStatus source) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("label", source.label());
        fields.put("origin", source.origin());
        source.date().ifPresent(date -> fields.put("date", date.toString()));
        source.validUntil().ifPresent(date -> fields.put("validUntil", date.toString()));
        fields.put("signers", source.signers());
        fields.put("relaxed", source.relaxed());
        source.problem().ifPresent(problem -> fields.put("problem", problem));
        source.hint().ifPresent(hint -> fields.put("hint", hint));
        return fields;
    }

    /**
     * Reads the record of a revision.
     *
     * @throws FormatException when it is damaged
     */
    static RevisionRecord read(Revisions.Revision revision) throws IOException, FormatException {
        if (Files.size(revision.record()) > MAX_SIZE) {
            throw problem(revision, "too long");
        }
        try {
            JsonNode node = JsonMapper.shared().readTree(Files.readAllBytes(revision.record()));
            if (node.path("format").asInt(0) != FORMAT) {
                throw problem(revision, "format " + node.path("format") + " is not known");
            }
            List<FetchedIndex> indices = new ArrayList<>();
            for (JsonNode index : node.path("indices")) {
                indices.add(index(index, revision));
            }
            List<SourceStatus> sources = new ArrayList<>();
            for (JsonNode source : node.path("sources")) {
                sources.add(source(source));
            }
            return new RevisionRecord(
                    indices,
                    sources,
                    node.path("architecture").asString(""),
                    Instant.parse(node.path("made").asString("")),
                    Instant.parse(node.path("checked").asString("")));
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            throw problem(revision, String.valueOf(e.getMessage()));
        }
    }

    private static FetchedIndex index(JsonNode node, Revisions.Revision revision)
            throws IOException, FormatException {
        Path packages = file(node.path("packages").asString(""), revision);
        if (Files.size(packages) != node.path("size").asLong(-1)) {
            throw problem(revision, "'" + packages.getFileName() + "' has another size than when it was fetched");
        }
        return new FetchedIndex(
                URI.create(node.path("archive").asString("")),
                node.path("suite").asString(""),
                node.path("component").asString(""),
                node.path("architecture").asString(""),
                packages,
                node.has("translation")
                        ? Optional.of(file(node.path("translation").asString(""), revision))
                        : Optional.empty(),
                node.path("origin").asString(""),
                standing(node.path("standing")));
    }

    private static Standing standing(JsonNode node) {
        return node.isMissingNode() ? Standing.USUAL : Standing.valueOf(node.asString("").toUpperCase(Locale.ROOT));
    }

    private static Path file(String name, Revisions.Revision revision) throws FormatException {
        Path file = revision.lists().resolve(name).normalize();
        if (name.isEmpty() || !file.startsWith(revision.lists())) {
            throw problem(revision, "it names a file '" + name + "'");
        }
        return file;
    }

    private static SourceStatus source(JsonNode node) {
        return new SourceStatus(
                node.path("label").asString(""),
                node.path("origin").asString(""),
                text(node.path("date")).map(Instant::parse),
                text(node.path("validUntil")).map(Instant::parse),
                texts(node.path("signers")),
                texts(node.path("relaxed")),
                text(node.path("problem")),
                text(node.path("hint")));
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asString("")).filter(text -> !text.isEmpty());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asString("")));
        return texts;
    }

    private static FormatException problem(Revisions.Revision revision, String problem) {
        return new FormatException("record of a revision", "'" + revision.record() + "': " + problem);
    }
}
