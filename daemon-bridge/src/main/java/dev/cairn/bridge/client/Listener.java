// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.bridge.wire.Activity;

/** Hears what a daemon tells while it works on a request. For one request, on the thread that made it. */
interface Listener {
    /** Forgets everything. */
    Listener NONE = new Listener() {
        @Override
        public void text(byte[] octets) {}

        @Override
        public void activity(Activity activity) {}
    };

    /** Some text: part of a line, several lines, or octets of a builder (daemon, section 6). */
    void text(byte[] octets);

    /** What only daemons of Nix's tell. */
    void activity(Activity activity);
}
