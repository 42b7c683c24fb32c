// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import dev.cairn.hash.Hash;

/** A narinfo that is ready to be sent. @param octets not to be changed any more */
record Page(byte[] octets, String tag) {
    private static final int TAG_LENGTH = 32;

    static Page of(byte[] octets) {
        return new Page(octets, '"' + Hash.sha256(octets).hex().substring(0, TAG_LENGTH) + '"');
    }
}
