// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.definition;

import dev.cairn.git.Commits;

/**
 * From where on a channel's commits are authenticated.
 *
 * @param commit the first one that is, 40 hexadecimal digits
 * @param signer whose key signed it
 */
public record Introduction(String commit, Fingerprint signer) {
    /** @throws IllegalArgumentException when the commit is none */
    public Introduction {
        if (!Commits.isFull(commit)) {
            throw new IllegalArgumentException("no commit");
        }
    }
}
