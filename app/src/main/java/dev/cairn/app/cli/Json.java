// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Answers for scripts. A streaming generator alone, as binding objects would cost more than most commands take. */
final class Json {
    private Json() {}

    /** Writes one JSON value. */
    @FunctionalInterface
    interface Content {
        void write(JsonGenerator json);
    }

    /** Prints what {@code content} writes, and a line end. */
    static void print(Output out, Content content) throws IOException {
        try (JsonGenerator json = new JsonFactory()
                .rebuild()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build()
                .createGenerator(ObjectWriteContext.empty(), out.stream(), JsonEncoding.UTF8)) {
            content.write(json);
        } catch (JacksonException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getOriginalMessage(), e);
        }
        out.line("");
    }

    static void strings(JsonGenerator json, String name, Collection<?> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(value -> json.writeString(value.toString()));
        json.writeEndArray();
    }

    static void map(JsonGenerator json, String name, Map<String, ?> values) {
        json.writeObjectPropertyStart(name);
        values.forEach((key, value) -> json.writeStringProperty(key, value.toString()));
        json.writeEndObject();
    }

    /** A property that is {@code null} where there is no value. */
    static void optional(JsonGenerator json, String name, Optional<?> value) {
        if (value.isPresent()) {
            json.writeStringProperty(name, value.get().toString());
        } else {
            json.writeNullProperty(name);
        }
    }
}
