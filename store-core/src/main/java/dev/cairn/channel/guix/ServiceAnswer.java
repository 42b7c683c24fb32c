// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.error.CairnException;
import java.io.IOException;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON answer as it comes. Names of members are compared with underscores in place of hyphens, since services
 * write both, here and nowhere else. Values of another type than is asked for count as absent, numbers and their
 * decimal texts as the same; unknown members are passed over.
 */
final class ServiceAnswer implements AutoCloseable {
    /** Most characters of one text. */
    static final int MAX_TEXT = 1 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(2048)
                    .maxNumberLength(64)
                    .build())
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    private final JsonParser parser;

    /** Takes the members of an object; each call may read the member's value, once. */
    @FunctionalInterface
    interface Members {
        /** @param name with underscores in place of hyphens */
        void member(String name, ServiceAnswer value) throws IOException, CairnException;
    }

    /** Takes the items of an array; each call may read the item, once. */
    @FunctionalInterface
    interface Items {
        void item(ServiceAnswer value) throws IOException, CairnException;
    }

    /** The text is not JSON, or exceeds a bound. */
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1L;

        private SyntaxException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private ServiceAnswer(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads a whole answer, which must be an object.
     *
     * @throws IOException when it ends too early, or cannot be read
     */
    static void read(InputStream body, Members members) throws IOException, SyntaxException, CairnException {
        try (ServiceAnswer answer = new ServiceAnswer(FACTORY.createParser(ObjectReadContext.empty(), body))) {
            JsonToken first = answer.parser.nextToken();
            if (first == null) {
                throw new IOException("the answer is empty");
            }
            if (first != JsonToken.START_OBJECT) {
                throw new SyntaxException("it is no JSON object", null);
            }
            answer.object(members);
            if (answer.parser.nextToken() != null) {
                throw new SyntaxException("something follows the end of the JSON object", null);
            }
        } catch (UnexpectedEndOfInputException e) {
            throw new IOException("the answer ended too early", e);
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            String what = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new SyntaxException("it is not JSON (" + what + ")", e);
        }
    }

    /** The value's members; none if it is no object. */
    void object(Members members) throws IOException, CairnException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName().replace('-', '_');
            parser.nextToken();
            members.member(name, this);
            // Whatever was not read of it; on the last token of what was, this does nothing.
            parser.skipChildren();
        }
    }

    /** The value's items; none if it is no array. */
    void array(Items items) throws IOException, CairnException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.item(this);
            parser.skipChildren();
        }
    }

    /** A text, or a number as one; empty if the value is neither. */
    String text() {
        return switch (parser.currentToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getString();
            case null, default -> "";
        };
    }

    /** A whole number that is not negative, or the decimal text of one; {@code otherwise} if the value is neither. */
    int number(int otherwise) {
        String text = text();
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : otherwise;
    }

    /** Whether the value is {@code true}. */
    boolean flag() {
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    @Override
    public void close() {
        parser.close();
    }
}
