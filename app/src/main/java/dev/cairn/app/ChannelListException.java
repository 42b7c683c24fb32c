// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.error.CairnException;
import java.util.Optional;

/** A change of the list of channels that cannot be made. */
public final class ChannelListException extends CairnException {
    public ChannelListException(String message, String hint) {
        super(message, Optional.of(hint), Optional.empty());
    }
}
