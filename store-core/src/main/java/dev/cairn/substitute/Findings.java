// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.path.StorePath;
import java.util.List;

/**
 * What servers say of one item.
 *
 * @param offers those that may be used, in the order of the servers
 * @param objections why the others may not
 */
public record Findings(StorePath path, List<Offer> offers, List<Objection> objections) {
    public Findings {
        offers = List.copyOf(offers);
        objections = List.copyOf(objections);
    }
}
