// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which octets of a body are sent.
 *
 * @param start of the first one
 * @param length how many; 0 when none of those asked for are there
 */
record Part(long start, long length) {
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /**
     * Reads the value of a field {@code Range}.
     *
     * @param size octets of the whole
     * @return empty when it is none that is understood, several ranges at once among them, so that all is to be sent
     */
    static Optional<Part> of(String range, long size) {
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches() || range.equals("bytes=-")) {
            return Optional.empty();
        }
        if (matcher.group(1).isEmpty()) {
            long length = Math.min(Long.parseLong(matcher.group(2)), size);
            return Optional.of(new Part(size - length, length));
        }
        long start = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(matcher.group(2));
        if (last < start) {
            return Optional.empty();
        }
        return Optional.of(new Part(start, Math.max(0, Math.min(last, size - 1) - start + 1)));
    }

    /** Whether nothing that was asked for is there. */
    boolean isOutside() {
        return length == 0;
    }

    /** The value of a field {@code Content-Range}. */
    String contentRange(long size) {
        return isOutside() ? "bytes */" + size : "bytes " + start + "-" + (start + length - 1) + "/" + size;
    }
}
