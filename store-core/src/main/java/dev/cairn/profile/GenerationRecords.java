// SPDX-License-Identifier: Apache-2.0
package dev.cairn.profile;

import dev.cairn.error.FormatException;
import dev.cairn.fs.AtomicFiles;
import dev.cairn.path.StoreDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The records of a profile's generations: one small JSON file each in the folder {@code .PROFILE.records} beside it,
 * {@code N.json} with {@code item}, {@code time} (milliseconds since 1970), {@code parent}, {@code cause}, what the
 * user put on it ({@code label}, {@code pinned}) and, while the generation is being made, {@code pending}. Other
 * programs need not know of them: neither names of generations nor roots look like this. A record that is missing or
 * damaged is as good as none.
 */
final class GenerationRecords {
    private static final int MAX_SIZE = 64 * 1024;

    private final StoreDirectory store;
    private final Path folder;

    GenerationRecords(StoreDirectory store, Path profile) {
        this.store = store;
        this.folder = profile.resolveSibling("." + profile.getFileName() + ".records");
    }

    Optional<GenerationRecord> read(int number) throws IOException {
        Path file = file(number);
        byte[] text;
        try {
            if (Files.size(file) > MAX_SIZE) {
                return Optional.empty();
            }
            text = Files.readAllBytes(file);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
        try {
            JsonNode node = JsonMapper.shared().readTree(text);
            JsonNode parent = node.path("parent");
            return Optional.of(new GenerationRecord(
                    store.parse(node.path("item").asString("")),
                    Instant.ofEpochMilli(node.path("time").asLong(0)),
                    parent.isInt() ? OptionalInt.of(parent.asInt()) : OptionalInt.empty(),
                    Optional.of(node.path("cause").asString("")).filter(cause -> !cause.isEmpty()),
                    GenerationTag.lenient(
                            node.path("label").asString(""), node.path("pinned").asBoolean(false)),
                    node.path("pending").asBoolean(false)));
        } catch (JacksonException | FormatException _) {
            return Optional.empty();
        }
    }

    /** Writes a record so that it survives a crash, before what it is about can be seen. */
    void write(int number, GenerationRecord record) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            AtomicFiles.syncDirectory(folder.toAbsolutePath().getParent());
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("item", record.item().toString());
        fields.put("time", record.time().toEpochMilli());
        record.parent().ifPresent(parent -> fields.put("parent", parent));
        record.cause().ifPresent(cause -> fields.put("cause", cause));
        record.tag().label().ifPresent(label -> fields.put("label", label));
        if (record.tag().pinned()) {
            fields.put("pinned", true);
        }
        if (record.pending()) {
            fields.put("pending", true);
        }
        AtomicFiles.write(file(number), JsonMapper.shared().writeValueAsBytes(fields));
    }

    void delete(int number) throws IOException {
        Files.deleteIfExists(file(number));
    }

    private Path file(int number) {
        return folder.resolve(number + ".json");
    }
}
