// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a server answered to a question for a small file.
 *
 * @param address where the answer came from, which is where it was asked for unless that pointed elsewhere
 * @param headers by names in lower case
 * @param body empty when it was longer than it may be
 */
public record BatchReply(URI address, int status, Map<String, String> headers, Optional<byte[]> body) {
    public BatchReply {
        headers = Map.copyOf(headers);
    }

    /** The value of a header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** About how many octets this holds. */
    long size() {
        long heads = headers.entrySet().stream()
                .mapToLong(header -> header.getKey().length() + header.getValue().length())
                .sum();
        return heads + body.map(octets -> octets.length).orElse(0);
    }

    boolean isRedirect() {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> header("Location").isPresent();
            default -> false;
        };
    }
}
