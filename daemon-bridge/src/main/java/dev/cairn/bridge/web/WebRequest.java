// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.web;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asks for.
 *
 * @param method in the client's letters, {@code GET} for instance
 * @param path as it was sent, percent-encoded, from its first slash up to the query
 * @param fields values by names in small letters; where a name came several times, joined by commas
 * @param http11 whether the client speaks HTTP/1.1 rather than 1.0
 */
public record WebRequest(String method, String path, Map<String, String> fields, boolean http11) {
    public WebRequest {
        fields = Map.copyOf(fields);
    }

    /** The value of a header field. */
    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Whether only the head of the answer is wanted. */
    public boolean isHead() {
        return method.equals("HEAD");
    }

    /** Whether something follows the head; nobody here reads that. */
    boolean hasBody() {
        return field("transfer-encoding").isPresent()
                || field("content-length").filter(length -> !length.equals("0")).isPresent();
    }

    /** Whether the client would like to ask for more over the same connection. */
    boolean wantsToStay() {
        String wish = field("connection").orElse("").toLowerCase(Locale.ROOT);
        return http11 && !wish.contains("close");
    }
}
