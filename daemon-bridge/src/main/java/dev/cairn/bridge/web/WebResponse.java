// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.web;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * An answer as its author gives it; the server turns it into one without body, or with a part of it, where the client
 * has asked for that.
 *
 * @param status such as 200
 * @param fields in the order in which they are sent; those on length, connection, date, ranges and validators are the
 *     server's
 * @param entityTag with its quotes, weak ones with their {@code W/}, by which clients recognise what they have
 * @param modified since when it is as it is, by which they recognise it, too
 * @param partial whether parts of it may be asked for; needs a known length
 */
public record WebResponse(
        int status,
        SequencedMap<String, String> fields,
        Body body,
        Optional<String> entityTag,
        Optional<Instant> modified,
        boolean partial) {
    public WebResponse {
        fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
    }

    /** An answer with nothing said of it but of which type it is. */
    public static WebResponse of(int status, String type, Body body) {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        fields.put("Content-Type", type);
        return new WebResponse(status, fields, body, Optional.empty(), Optional.empty(), false);
    }

    /** The same with another field. */
    public WebResponse with(String name, String value) {
        SequencedMap<String, String> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new WebResponse(status, more, body, entityTag, modified, partial);
    }

    /** The same, to be recognised by a tag. */
    public WebResponse tagged(String tag) {
        return new WebResponse(status, fields, body, Optional.of(tag), modified, partial);
    }

    /** The same, to be recognised by its date. */
    public WebResponse modified(Instant since) {
        return new WebResponse(status, fields, body, entityTag, Optional.of(since), partial);
    }

    /** The same, also in parts. */
    public WebResponse inParts() {
        return new WebResponse(status, fields, body, entityTag, modified, true);
    }
}
