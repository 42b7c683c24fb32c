// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.error.CairnException;
import java.util.Optional;

/** Why nothing new is taken from a source; what there was of it before stays. */
final class FetchProblem extends CairnException {
    FetchProblem(String message, String hint) {
        super(message, Optional.of(hint), Optional.empty());
    }

    FetchProblem(String message, Optional<String> hint) {
        super(message, hint, Optional.empty());
    }
}
