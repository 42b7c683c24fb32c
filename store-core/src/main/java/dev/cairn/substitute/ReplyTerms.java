// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.http.BatchReply;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long answers count (formats, section 6.5). */
final class ReplyTerms {
    /** For answers that are no answers. */
    static final Duration OTHER = Duration.ofMinutes(1);

    private static final Duration POSITIVE = Duration.ofHours(36);
    private static final Duration NEGATIVE = Duration.ofMinutes(2);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Pattern MAX_AGE = Pattern.compile("(?:.*[, ])?max-age=([0-9]{1,9})(?:[^0-9].*)?");

    private ReplyTerms() {}

    static Duration positive(BatchReply reply) {
        return maxAge(reply).orElse(POSITIVE);
    }

    static Duration negative(BatchReply reply) {
        return maxAge(reply).orElse(NEGATIVE);
    }

    private static Optional<Duration> maxAge(BatchReply reply) {
        return reply.header("Cache-Control")
                .map(MAX_AGE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Duration.ofSeconds(Long.parseLong(matcher.group(1))));
    }

    /** How long a server wants to be left alone, as a number of seconds or until a time. */
    static Duration retryAfter(BatchReply reply, Instant now) {
        String text = reply.header("Retry-After").orElse("");
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant time = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
            return time.isAfter(now) ? Duration.between(now, time) : Duration.ZERO;
        } catch (DateTimeException _) {
            return RETRY;
        }
    }
}
