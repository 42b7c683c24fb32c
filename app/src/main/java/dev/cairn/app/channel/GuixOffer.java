// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.channel;

import java.util.List;

/**
 * GNU Guix as its project serves it, for users to choose.
 *
 * @param name what the channel is called
 * @param service the address of its Data Service
 * @param branch that is usually followed
 * @param farms that build its packages
 */
public record GuixOffer(String name, String service, String branch, List<Farm> farms) {
    public GuixOffer {
        farms = List.copyOf(farms);
    }

    /** A server of substitutes. @param fingerprint of the key that its operators publish, as people compare it */
    public record Farm(String url, String fingerprint) {}
}
