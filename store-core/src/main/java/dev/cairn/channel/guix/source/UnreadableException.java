// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.error.CairnException;
import dev.cairn.scheme.code.Place;
import java.util.Optional;

/** Code whose value cannot be told without running it. */
final class UnreadableException extends CairnException {
    /** @param what a clause that says what cannot be read, where, and why */
    UnreadableException(String what) {
        super(what, Optional.empty(), Optional.empty());
    }

    /** @param what a clause that says what cannot be read, and why */
    UnreadableException(String what, String file, Place place) {
        super(what + " (" + file + ":" + place + ")", Optional.empty(), Optional.empty());
    }
}
