// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import dev.cairn.encoding.Utf8;
import dev.cairn.fs.Interrupts;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code builtin:write-files} writes files that its specification lists. The variable {@code specification} names a
 * text item, JSON: output name, then relative file name ({@code .} for the output itself), then one of
 *
 * <ul>
 *   <li>{@code {"text": "...", "executable": true}}
 *   <li>{@code {"symlink": "target"}}
 *   <li>{@code {"copy": "/gnu/store/ITEM/PATH", "executable": true, "substitute": {"FROM": "TO"}}}, a file or tree;
 *       with {@code substitute} a UTF-8 file of at most 1 MiB in which each FROM is replaced, longer ones first
 *   <li>{@code {"directory": true}}
 * </ul>
 *
 * <p>In every text, link target and TO, {@code #$output} and {@code #$output:NAME} become the logical paths of the
 * output {@code out} (of the file's own output where there is no {@code out}) and NAME.
 */
public final class WriteFilesBuilder implements Builtin {
    private static final long MAX_SPECIFICATION = 64L << 20;
    private static final long MAX_SUBSTITUTED = 1L << 20;
    private static final String OWN = "#$output";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    @Override
    public String name() {
        return "write-files";
    }

    @Override
    public boolean needsTemporaryFolder() {
        return false;
    }

    @Override
    public void build(Context context) throws BuiltinException, IOException {
        Path file = BuiltinInputs.file(context.layout(), BuiltinInputs.variable(context, "specification"));
        if (Files.size(file) > MAX_SPECIFICATION) {
            throw new BuiltinException("the specification has more than " + MAX_SPECIFICATION + " octets");
        }
        JsonNode specification;
        try {
            specification = JSON.readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw new BuiltinException("the specification is not JSON: " + e.getOriginalMessage(), e);
        }
        requireObject(specification, "the specification");
        for (Map.Entry<String, JsonNode> output : specification.properties()) {
            Path root = context.outputs().get(output.getKey());
            if (root == null) {
                throw new BuiltinException("the specification names '" + output.getKey() + "', which is no output");
            }
            requireObject(output.getValue(), "output '" + output.getKey() + "'");
            new OutputWriter(context, output.getKey(), new OutputTree(root)).write(output.getValue());
        }
    }

    private static void requireObject(JsonNode node, String what) throws BuiltinException {
        if (!node.isObject()) {
            throw new BuiltinException(what + " must be a JSON object");
        }
    }

    /** Writes one output. */
    private record OutputWriter(Context context, String output, OutputTree tree) {
        private static final Set<String> FIELDS =
                Set.of("text", "symlink", "copy", "directory", "executable", "substitute");

        void write(JsonNode files) throws BuiltinException, IOException {
            // The names' own order, so that a tree comes before what is added to it.
            Map<String, JsonNode> sorted = new TreeMap<>();
            files.properties().forEach(file -> sorted.put(file.getKey(), file.getValue()));
            for (Map.Entry<String, JsonNode> file : sorted.entrySet()) {
                Interrupts.check();
                requireObject(file.getValue(), "'" + file.getKey() + "'");
                entry(file.getKey(), file.getValue());
            }
        }

        private void entry(String name, JsonNode entry) throws BuiltinException, IOException {
            for (String field : entry.propertyNames()) {
                if (!FIELDS.contains(field)) {
                    throw new BuiltinException("'" + name + "' has the unknown field '" + field + "'");
                }
            }
            List<String> path = OutputTree.components(name);
            Optional<Boolean> executable = flag(name, entry, "executable");
            Optional<String> text = text(name, entry, "text");
            Optional<String> target = text(name, entry, "symlink");
            Optional<String> copy = text(name, entry, "copy");
            boolean directory = flag(name, entry, "directory").orElse(false);
            long kinds = List.of(text.isPresent(), target.isPresent(), copy.isPresent(), directory).stream()
                    .filter(given -> given)
                    .count();
            if (kinds != 1) {
                throw new BuiltinException("'" + name + "' must be one of text, symlink, copy and directory");
            }
            if (text.isPresent()) {
                byte[] contents = own(text.get()).getBytes(StandardCharsets.UTF_8);
                tree.file(path, executable.orElse(false), out -> out.write(contents));
            } else if (target.isPresent()) {
                tree.symlink(path, own(target.get()));
            } else if (copy.isPresent()) {
                copy(name, path, copy.get(), executable, entry.get("substitute"));
            } else {
                tree.directory(path);
            }
        }

        private void copy(
                String name,
                List<String> path,
                String from,
                Optional<Boolean> executable,
                @Nullable JsonNode substitute)
                throws BuiltinException, IOException {
            Path source = BuiltinInputs.file(context.layout(), from);
            boolean file = Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS);
            boolean mode = executable.orElse(file && Files.isExecutable(source));
            if (substitute != null) {
                requireObject(substitute, "'substitute' of '" + name + "'");
                if (!file || Files.size(source) > MAX_SUBSTITUTED) {
                    throw new BuiltinException("'" + from + "' is no file of at most " + MAX_SUBSTITUTED
                            + " octets, so nothing can be replaced in it");
                }
                byte[] contents =
                        substituted(name, text(from, source), substitute).getBytes(StandardCharsets.UTF_8);
                tree.file(path, mode, out -> out.write(contents));
            } else if (file) {
                tree.copyFile(path, source, mode);
            } else {
                tree.copy(path, source);
            }
        }

        private static String text(String name, Path file) throws BuiltinException, IOException {
            try {
                return Utf8.decode(Files.readAllBytes(file));
            } catch (CharacterCodingException e) {
                throw new BuiltinException("'" + name + "' is not UTF-8, so nothing can be replaced in it", e);
            }
        }

        private String substituted(String name, String text, JsonNode substitute) throws BuiltinException {
            Map<String, String> replacements = new HashMap<>();
            for (Map.Entry<String, JsonNode> one : substitute.properties()) {
                if (one.getKey().isEmpty() || !one.getValue().isString()) {
                    throw new BuiltinException("'substitute' of '" + name + "' must map texts to texts");
                }
                replacements.put(one.getKey(), own(one.getValue().stringValue()));
            }
            return Replacements.in(text, replacements);
        }

        private String own(String text) {
            if (!text.contains(OWN)) {
                return text;
            }
            Map<String, String> replacements = new HashMap<>();
            context.derivation().outputs().forEach((name, made) ->
                    replacements.put(OWN + ":" + name, made.path().map(StorePath::toString).orElseThrow()));
            String main = context.derivation().outputs().containsKey("out") ? "out" : output;
            replacements.put(OWN, context.derivation().outputs().get(main).path().orElseThrow().toString());
            return Replacements.in(text, replacements);
        }

        private static Optional<String> text(String name, JsonNode entry, String field) throws BuiltinException {
            JsonNode value = entry.get(field);
            if (value == null) {
                return Optional.empty();
            }
            if (!value.isString()) {
                throw new BuiltinException("'" + field + "' of '" + name + "' must be a text");
            }
            return Optional.of(value.stringValue());
        }

        private static Optional<Boolean> flag(String name, JsonNode entry, String field) throws BuiltinException {
            JsonNode value = entry.get(field);
            if (value == null) {
                return Optional.empty();
            }
            if (!value.isBoolean()) {
                throw new BuiltinException("'" + field + "' of '" + name + "' must be true or false");
            }
            return Optional.of(value.booleanValue());
        }
    }
}
