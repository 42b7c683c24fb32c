// SPDX-License-Identifier: Apache-2.0
package dev.cairn.trust;

import dev.cairn.fs.AtomicFiles;
import dev.cairn.layout.StoreLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What somebody calls keys, to recognise them: Guix's have no names of their own. A file of lines {@code FINGERPRINT
 * NAME}, in UTF-8. Nothing follows from a name. Safe for use by several threads; of two that name keys at the same
 * time, the later may undo what the earlier did.
 */
public final class KeyNames {
    /** Characters of a name. */
    public static final int MAX_NAME = 120;

    private static final int MAX_FILE = 1 << 20;
    private static final Pattern LINE = Pattern.compile("([0-9A-F]{64}) (\\S.*)");

    private final Path file;

    /** Those of the keys of a store. */
    public static KeyNames of(StoreLayout layout) {
        return new KeyNames(layout.configuration().resolveSibling("cairn").resolve("key-names"));
    }

    /** @param file its folder is made when something is written */
    public KeyNames(Path file) {
        this.file = file;
    }

    /** Names by fingerprint; lines of another form mean nothing. */
    public Map<String, String> read() throws IOException {
        Map<String, String> names = new TreeMap<>();
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MAX_FILE), StandardCharsets.UTF_8);
            for (String line : text.split("\n")) {
                Matcher matcher = LINE.matcher(line.strip());
                if (matcher.matches()) {
                    names.put(matcher.group(1), clean(matcher.group(2)));
                }
            }
        } catch (NoSuchFileException _) {
            // Nobody named any.
        }
        return Collections.unmodifiableMap(names);
    }

    /** Gives a key a name, or takes it away where {@code name} is blank. */
    public void name(String fingerprint, String name) throws IOException {
        Map<String, String> names = new TreeMap<>(read());
        String cleaned = clean(name);
        String before = cleaned.isEmpty() ? names.remove(fingerprint) : names.put(fingerprint, cleaned);
        if (cleaned.equals(before == null ? "" : before)) {
            return;
        }
        String text = names.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                .collect(Collectors.joining());
        Files.createDirectories(file.toAbsolutePath().getParent());
        AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** On one line, without characters that cannot be seen. */
    private static String clean(String name) {
        String line = name.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cf}]+", " ").strip();
        return line.length() <= MAX_NAME ? line : line.substring(0, line.offsetByCodePoints(0, MAX_NAME / 2));
    }
}
