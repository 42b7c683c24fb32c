// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.http.Patience;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What fetching takes from its surroundings.
 *
 * @param trust apt's own folder, with {@code trusted.gpg} and {@code trusted.gpg.d}
 * @param now what dates are compared with
 */
record FetchOptions(Path trust, Patience patience, Instant now) {
    static FetchOptions usual() {
        return new FetchOptions(Path.of("/etc/apt"), Patience.BRISK, Instant.now());
    }
}
