// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.signature.PublicKey;
import java.util.Optional;

/**
 * Why an item does not come from a server.
 *
 * @param reason as the end of a sentence that begins with the server
 * @param unknownKey the key that would have to be authorised, where only that is missing
 * @param hint what to do about it
 */
public record Objection(
        SubstituteServer server, String reason, Optional<PublicKey> unknownKey, Optional<String> hint) {
    /** {@code URL: REASON (HINT)}. */
    @Override
    public String toString() {
        return server + ": " + reason + hint.map(text -> " (" + text + ")").orElse("");
    }
}
