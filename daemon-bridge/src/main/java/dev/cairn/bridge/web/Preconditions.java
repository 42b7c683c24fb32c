// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.web;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/** What a client says it has already (RFC 9110, section 13). */
final class Preconditions {
    private Preconditions() {}

    /** Whether the client has what it would be sent, so that saying so is enough. */
    static boolean isKnown(WebRequest request, WebResponse response) {
        Optional<String> tags = request.field("if-none-match");
        if (tags.isPresent()) {
            return response.entityTag().filter(tag -> matches(tags.get(), tag)).isPresent();
        }
        Optional<Instant> since = request.field("if-modified-since").flatMap(HttpDates::parse);
        return since.isPresent()
                && response.modified().filter(time -> !seconds(time).isAfter(since.get())).isPresent();
    }

    private static boolean matches(String tags, String tag) {
        return tags.equals("*")
                || Arrays.stream(tags.split(",")).anyMatch(other -> strong(other.strip()).equals(strong(tag)));
    }

    private static String strong(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    /** Whether a part may be sent to a client that wants the whole in case it has changed. */
    static boolean allowsPart(WebRequest request, WebResponse response) {
        Optional<String> condition = request.field("if-range");
        if (condition.isEmpty()) {
            return true;
        }
        if (condition.get().startsWith("\"")) {
            return response.entityTag().equals(condition);
        }
        Optional<Instant> date = HttpDates.parse(condition.get());
        return date.isPresent() && response.modified().map(Preconditions::seconds).equals(date);
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
