// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.wire;

import java.io.IOException;

/**
 * The other end sent something that the protocol does not allow. What it meant cannot be known any more, so the
 * connection is of no further use. The message is guix-daemon's own where it has one (daemon, sections 1 to 3).
 */
public final class WireException extends IOException {
    public WireException(String message) {
        super(message);
    }

    /** A text that should have been the name of an item of the store. */
    public static WireException notInStore(String text) {
        return new WireException(WireText.notInStore(text));
    }
}
