// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import dev.cairn.fs.AtomicFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The window's state on disk: a flat JSON object. It is a convenience, so a file that is missing, unreadable or damaged
 * stands for the initial state and is written anew, and a failure to write is logged and no more. Read with a bare
 * tokenizer because it happens before the first frame.
 */
public final class WindowStateFile {
    private static final Logger LOG = LoggerFactory.getLogger(WindowStateFile.class);
    private static final long MAX_SIZE = 64 * 1024;
    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;

    public WindowStateFile(Path file) {
        this.file = file;
    }

    /** {@code $XDG_STATE_HOME/cairn/window.json}, by default below {@code ~/.local/state}. */
    public static WindowStateFile of(Map<String, String> environment) {
        String stateHome = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base = stateHome.startsWith("/")
                ? Path.of(stateHome)
                : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".local", "state");
        return new WindowStateFile(base.resolve("cairn").resolve("window.json"));
    }

    public WindowState read() {
        try {
            if (Files.size(file) > MAX_SIZE) {
                return WindowState.INITIAL;
            }
            return state(values(Files.readAllBytes(file)));
        } catch (NoSuchFileException _) {
            return WindowState.INITIAL;
        } catch (IOException | JacksonException | NumberFormatException e) {
            LOG.warn("cannot read the window's state from '{}', starting afresh: {}", file, e.toString());
            return WindowState.INITIAL;
        }
    }

    public void write(WindowState state) {
        try {
            Files.createDirectories(file.getParent());
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
                json.writeStartObject();
                json.writeNumberProperty("width", state.width());
                json.writeNumberProperty("height", state.height());
                json.writeBooleanProperty("maximized", state.maximized());
                json.writeStringProperty("theme", state.theme().key());
                json.writeStringProperty("section", state.section().key());
                json.writeBooleanProperty("drawer", state.drawer());
                json.writeNumberProperty("drawerHeight", state.drawerHeight());
                json.writeEndObject();
            }
            AtomicFiles.write(file, text.toByteArray());
        } catch (IOException | JacksonException e) {
            LOG.warn("cannot save the window's state in '{}': {}", file, e.toString());
        }
    }

    private static Map<String, String> values(byte[] bytes) {
        Map<String, String> values = new HashMap<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            String name = "";
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME) {
                    name = json.getString();
                } else if (token.isScalarValue()) {
                    values.put(name, json.getString());
                }
            }
        }
        return values;
    }

    private static WindowState state(Map<String, String> values) {
        WindowState initial = WindowState.INITIAL;
        return new WindowState(
                number(values, "width", initial.width()),
                number(values, "height", initial.height()),
                Boolean.parseBoolean(values.get("maximized")),
                choice(Theme.values(), values.get("theme")).orElse(initial.theme()),
                choice(SectionId.values(), values.get("section")).orElse(initial.section()),
                Boolean.parseBoolean(values.get("drawer")),
                number(values, "drawerHeight", initial.drawerHeight()));
    }

    private static double number(Map<String, String> values, String name, double otherwise) {
        return values.containsKey(name) ? Double.parseDouble(values.get(name)) : otherwise;
    }

    private static <E extends Enum<E>> Optional<E> choice(E[] choices, String name) {
        return Arrays.stream(choices)
                .filter(choice -> choice.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
